import { expect, test } from 'vitest';
import type { Ecg, Lead } from '../ecg';
import { tinyCard } from '../network/testing/tiny';
import { networkInput } from './input';

const { input } = tinyCard();

function ecg(leads: readonly (readonly [Lead, (n: number) => number])[], samplingRateHz = 500, durationS = 10): Ecg {
  return {
    startS: 0,
    durationS,
    leads: leads.map(([name, at]) => ({
      name,
      lead: name,
      unit: 'mV',
      samplingRateHz,
      derived: false,
      samples: Float32Array.from({ length: durationS * samplingRateHz }, (_, n) => at(n)),
    })),
  };
}

const wave = (n: number) => Math.sin((2 * Math.PI * 5 * n) / 500);
const masked = (chunk: Ecg) => [...networkInput(chunk, 0, chunk.durationS, input).mask];
const only = (...present: number[]) => Array.from({ length: 12 }, (_, lead) => (present.includes(lead) ? 1 : 0));

test('a lead that is absent, flat, mostly missing or all missing is masked and zero', () => {
  const chunk = ecg([
    ['I', wave],
    ['II', () => 0.4],
    ['III', (n) => (n < 2600 ? Number.NaN : wave(n))],
    ['aVR', () => Number.NaN],
    ['aVL', (n) => (n < 2400 ? Number.NaN : wave(n))],
  ]);
  expect(masked(chunk)).toEqual(only(0, 4));
  const { ecg: x } = networkInput(chunk, 0, 10, input);
  const column = (lead: number) => x.filter((_, i) => i % 12 === lead);
  expect(column(1).every((value) => value === 0)).toBe(true);
  expect(column(5).every((value) => value === 0)).toBe(true);
  expect(x.every(Number.isFinite)).toBe(true);
});

test('every lead is z-scored and missing samples stay zero', () => {
  const gaps = (n: number) => (n >= 1000 && n < 2000 ? Number.NaN : 3 * wave(n) + 0.2);
  const { ecg: x } = networkInput(ecg([['V2', gaps]]), 0, 10, input);
  const lead = x.filter((_, i) => i % 12 === 7);
  const mean = lead.reduce((sum, value) => sum + value, 0) / lead.length;
  const power = lead.reduce((sum, value) => sum + value * value, 0) / lead.length;
  expect(Math.abs(mean)).toBeLessThan(0.01);
  expect(power).toBeCloseTo(0.8, 1);
  expect(Math.abs(lead[750] ?? 1)).toBe(0);
});

test('leads of different rates each go their own way; one under 100 Hz is masked', () => {
  const fast = ecg([['I', wave]]).leads;
  const slow = ecg([['II', wave]], 99).leads;
  const other = ecg([['V1', wave]], 128).leads;
  expect(masked({ startS: 0, durationS: 10, leads: [...fast, ...slow, ...other] })).toEqual(only(0, 6));
});

test('a chunk too short for the filter is masked, not an error', () => {
  expect(masked(ecg([['I', wave]], 100, 0.27))).toEqual(only());
});

test('a lead that ends before the window does is zero from there on', () => {
  const short = ecg([['II', wave]], 360, 7).leads;
  const { ecg: x, mask } = networkInput({ startS: 0, durationS: 10, leads: short }, 0, 10, input);
  expect([...mask]).toEqual(only(1));
  expect(x.every(Number.isFinite)).toBe(true);
  expect(x.subarray(1750 * 12).every((value) => value === 0)).toBe(true);
});

test('the window is found by its time in the chunk', () => {
  const step = (n: number) => wave(n) + (n >= 5000 ? 5 : 0);
  const chunk = { ...ecg([['I', step]], 500, 20), startS: 100 };
  const whole = networkInput({ ...chunk, startS: 0 }, 5, 10, input);
  expect(networkInput(chunk, 105, 10, input)).toEqual(whole);
});
