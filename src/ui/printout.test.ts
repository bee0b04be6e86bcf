import { expect, test } from 'vitest';
import { arrange, STANDARD_ARRANGEMENT, STANDARD_SCALE } from '../paper';
import { ENGLISH } from '../words';
import { NO_FILTER } from './display-filter';
import { printout } from './printout';

const lead = { name: 'II', lead: 'II', unit: 'mV', derived: false } as const;
const sheet = arrange([lead], STANDARD_ARRANGEMENT, { startS: 0, durationS: 10 }, STANDARD_SCALE);
const plain = { startS: 0, durationS: 10, simulated: false, filter: NO_FILTER, deviceFilter: null };

test('speed, gain and filter stand on the paper', () => {
  expect(printout(ENGLISH, sheet, plain)).toEqual({
    left: '25 mm/s   10 mm/mV   as recorded, no filter',
    right: '10 s',
    caution: '',
  });
  const deviceFilter = { highPassHz: 0.05, lowPassHz: 150, notchHz: 50 };
  expect(printout(ENGLISH, sheet, { ...plain, deviceFilter }).left).toContain(
    'as recorded, device filter 0.05–150 Hz, notch 50 Hz',
  );
});

test('a filter that harms what is read is told', () => {
  const of = (filter: Partial<typeof NO_FILTER>) =>
    printout(ENGLISH, sheet, { ...plain, filter: { ...NO_FILTER, ...filter } });
  expect(of({ highPassHz: 0.5 })).toMatchObject({
    left: expect.stringContaining('display filter from 0.5 Hz'),
    caution: 'monitor filter, ST not diagnostic',
  });
  expect(of({ lowPassHz: 40 }).caution).toBe('40 Hz reduces R, Q and pacing spikes');
  expect(of({ highPassHz: 0.05, lowPassHz: 150 }).caution).toBe('');
  expect(of({ notchHz: 60 }).left).toContain('display filter notch 60 Hz');
});
