import { expect, test } from 'vitest';
import { nextBeat, nextWindow, rrColumns } from './overview';

test('a column has the shortest and the longest RR of its beats, none where there is no beat', () => {
  const columns = rrColumns([0.5, 1.5, 2, 6, 9.9], 10, 5);
  expect(columns).toEqual([
    { shortestS: 1, longestS: 1 },
    { shortestS: 0.5, longestS: 0.5 },
    null,
    { shortestS: 4, longestS: 4 },
    { shortestS: expect.closeTo(3.9), longestS: expect.closeTo(3.9) },
  ]);
});

test('the next beat is the next unusual one, and any where all are usual', () => {
  const beats = [1, 2, 3, 4].map((timeS) => ({ timeS, class: timeS === 3 || timeS === 1 ? 'V' : 'N' }) as const);
  expect(nextBeat(beats, 1, 1)).toBe(3);
  expect(nextBeat(beats, 3, -1)).toBe(1);
  expect(nextBeat(beats, 3, 1)).toBeNull();
  const usual = beats.map(({ timeS }) => ({ timeS, class: 'N' }) as const);
  expect(nextBeat(usual, 1, 1)).toBe(2);
});

test('the next window over the threshold, and from the last one back to the first', () => {
  const windows = [0, 5, 10, 15].map((startS) => ({ startS }));
  expect(nextWindow(windows, [0.1, 0.9, 0.2, 0.8], 0.5, 0)).toBe(5);
  expect(nextWindow(windows, [0.1, 0.9, 0.2, 0.8], 0.5, 5)).toBe(15);
  expect(nextWindow(windows, [0.1, 0.9, 0.2, 0.8], 0.5, 15)).toBe(5);
  expect(nextWindow(windows, [0, 0, 0, 0], 0.5, 0)).toBeNull();
});
