import { expect, test } from 'vitest';
import type { Finding, ModelCard } from '../ecg';
import { trendOf } from './trend';

const card = { labels: [{ code: 'AFIB' }, { code: 'CLBBB' }] } as unknown as Pick<ModelCard, 'labels'>;
const findings = [
  { code: 'AFIB', probability: 0.4 },
  { code: 'CLBBB', probability: null },
] as unknown as readonly Finding[];
const windowProbabilities = Float32Array.from([0.25, 0.5, 0.75, 0.5]);
const windows = [
  { startS: 0, durationS: 10 },
  { startS: 10, durationS: 10 },
];

test('each window has its rate and the probability of what was assessed', () => {
  const beats = [1, 2, 3, 4, 11, 13, 15];
  expect(trendOf(card, { windows, windowProbabilities }, beats, findings)).toEqual({
    windows: [
      { startS: 0, durationS: 10, heartRateBpm: 60 },
      { startS: 10, durationS: 10, heartRateBpm: 30 },
    ],
    probabilities: { AFIB: [0.25, 0.75] },
  });
});

test('no rate where there are too few beats, and no trend in a single window', () => {
  const trend = trendOf(card, { windows, windowProbabilities }, [1, 2, 3, 11, 12], findings);
  expect(trend?.windows.map(({ heartRateBpm }) => heartRateBpm)).toEqual([60, null]);
  expect(trendOf(card, { windows: windows.slice(1), windowProbabilities }, [], findings)).toBeNull();
});
