import { expect, test } from 'vitest';
import { LEADS } from '../ecg';
import { leadRows } from './rows';

test('a context of all present leads stands beside each of them', () => {
  const ecg = new Float32Array(6 * 12);
  const set = (t: number, lead: number, value: number) => {
    ecg[t * 12 + lead] = value;
  };
  set(2, 1, 3);
  set(2, 4, -4);
  set(3, 4, 2);
  const mask = Float32Array.from(LEADS, (_, lead) => (lead === 1 || lead === 4 ? 1 : 0));
  const { rows, leads, steps } = leadRows({ ecg, mask }, ['lead', 'magnitude', 'slope'], 1, 4);
  expect(leads).toEqual([1, 4]);
  expect(steps).toBe(8);
  const row = (r: number) =>
    Array.from({ length: 5 }, (_, t) => [...rows.subarray((r * 8 + t) * 3, (r * 8 + t) * 3 + 3)]);
  const magnitude = [0, Math.sqrt((9 + 16) / 2), Math.sqrt(2), 0, 0].map(Math.fround);
  const slope = [0, (0 + 2) / 4, (3 + 4) / 4, (0 + 2) / 4, 0];
  expect(row(0)).toEqual([0, 3, 0, 0, 0].map((x, t) => [x, magnitude[t], slope[t]]));
  expect(row(1)).toEqual([0, -4, 2, 0, 0].map((x, t) => [x, magnitude[t], slope[t]]));
  expect(rows.subarray(5 * 3, 8 * 3)).toEqual(new Float32Array(9));
});
