import { expect, it } from 'vitest';
import { simulate } from '../simulator';
import { beatNumbers } from './beat-numbers';
import { measure } from './index';
import { delineationOf, ecgOf } from './testing/truth';

it('an extrasystole is early, followed late, broad, without P and of a rare shape', () => {
  const simulated = simulate('pvc', { seed: 4, durationS: 60 });
  const ecg = ecgOf(simulated);
  const { beats, waves, beatList } = measure(ecg, delineationOf(simulated));
  const numbers = beatNumbers(ecg, beats, waves);
  expect(numbers.length).toBe(beats.length);
  const early = numbers.filter((_, n) => beatList[n]?.class === 'V');
  const usual = numbers.filter((_, n) => beatList[n]?.class === 'N');
  expect(early.length).toBeGreaterThan(3);
  for (const one of early.filter(({ before }) => !Number.isNaN(before))) {
    expect(one.before).toBeLessThan(0.9);
    expect(one.qrs).toBeGreaterThan(1.2);
    expect(one.withP).toBe(0);
    expect(one.shapeShare).toBeLessThan(0.3);
  }
  expect(usual.filter(({ withP }) => withP === 1).length).toBeGreaterThan(0.9 * usual.length);
});
