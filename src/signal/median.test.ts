import { expect, test } from 'vitest';
import { median, nthInPlace } from './median';

/** As one would write it where time is no matter. */
function bySorting(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Repeatable numbers with many ties, some of them missing. */
const numbers = (length: number, missing: number) =>
  Array.from({ length }, (_, n) => (n % 7 < missing ? Number.NaN : Math.round(20 * Math.sin(n * n * 1.3)) / 4));

test('the median and any other place are those of the sorted numbers, NaN last', () => {
  for (let length = 1; length < 60; length++) {
    for (const missing of [0, 1, 5]) {
      const values = numbers(length, missing);
      expect(median(values)).toBe(bySorting(values) + 0);
      const sorted = Float64Array.from(values).sort();
      for (let place = 0; place < length; place++) {
        expect(nthInPlace(Float64Array.from(values), place)).toEqual((sorted[place] ?? 0) + 0);
      }
    }
  }
});

test('sorted and equal numbers, none, and numbers that stay as they were', () => {
  const rising = Float32Array.from({ length: 1001 }, (_, n) => n);
  expect(median(rising)).toBe(500);
  expect(rising[0]).toBe(0);
  expect(median(rising.toReversed())).toBe(500);
  expect(median(new Float64Array(1000).fill(3))).toBe(3);
  expect(median([])).toBe(0);
  expect(nthInPlace(new Float64Array(0), 0)).toBeUndefined();
});
