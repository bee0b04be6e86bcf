import { expect, test } from 'vitest';
import type { Measurements } from '../ecg';
import { ENGLISH } from '../words';
import { deviceRows } from './device-list';

const ours = { heartRateBpm: 62.4, prMs: 181, qrsMs: null, qtMs: 400 } as Measurements;

test("ours less the device's; what it did not measure is left out, and what lies too far apart says so", () => {
  const rows = deviceRows(ENGLISH, ours, { heartRateBpm: 60, prMs: 160, qrsMs: 90, qtMs: null });
  expect(rows.map(({ name, difference, apart }) => [name, difference, apart])).toEqual([
    ['heartRateBpm', 2, false],
    ['prMs', 21, true],
    ['qrsMs', null, false],
  ]);
});
