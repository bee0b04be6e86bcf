import { expect, test } from 'vitest';
import { LEADS } from '../ecg';
import { heatAreas } from './heat';
import { ENGLISH_NOTES } from './notes';
import { STANDARD_SCALE } from './units';

const trace = { lead: 1, startS: 0, endS: 2, x: 10, baseline: 50, rowMm: 20, mmPerMv: 10, inverted: false };
const sheet = {
  widthMm: 100,
  heightMm: 100,
  scale: STANDARD_SCALE,
  says: ENGLISH_NOTES,
  traces: [trace],
  pulses: [],
  labels: [],
  separators: [],
  simultaneous: false,
  printY: 90,
  cautionY: 85,
};
const explained = (falls: readonly number[]) => ({
  code: 'A',
  startS: 1,
  stepS: 0.5,
  steps: 4,
  leads: ['II'] as const,
  falls: Float32Array.from(falls),
  whole: 1,
  summary: '',
});
const leads = LEADS.slice(0, 3).map((lead) => ({ lead }));

test('each stretch stands on its lead at its time, its share against the hottest one; cut where the trace ends', () => {
  const areas = heatAreas(sheet, leads, explained([0.5, 1, 2, -3]));
  expect(areas.map(({ x, widthMm, share }) => [x, widthMm, share])).toEqual([
    [35, 12.5, 0.25],
    [47.5, 12.5, 0.5],
  ]);
});

test('nothing is drawn where nothing matters, or where the lead is not shown', () => {
  expect(heatAreas(sheet, leads, explained([0.01, 0, 0, 0]))).toEqual([]);
  expect(heatAreas(sheet, [{ lead: 'I' }, { lead: null }], explained([1, 1, 1, 1]))).toEqual([]);
});
