import { describe, expect, test } from 'vitest';
import { resample } from './resample';

const KERNEL = { halfWidth: 16, beta: 8 };

const sine = (count: number, samplingRateHz: number, hz: number) =>
  Float64Array.from({ length: count }, (_, n) => Math.sin((2 * Math.PI * hz * n) / samplingRateHz));

describe.each([100, 128, 257, 360, 500, 1000])('from %i Hz to 250 Hz', (fromHz) => {
  const length = 4 * fromHz;

  test.each([1, 7.3, 30])('a sine of %d Hz stays one, away from the edges', (hz) => {
    const [found = new Float64Array()] = resample([sine(length, fromHz, hz)], fromHz, 250, 1000, KERNEL);
    const wanted = sine(1000, 250, hz);
    const worst = Math.max(
      ...[...found.keys()].slice(100, -100).map((n) => Math.abs((found[n] ?? 0) - (wanted[n] ?? 0))),
    );
    expect(worst).toBeLessThan(2e-4);
  });

  test('a constant stays exact up to the edges', () => {
    const [found = []] = resample([new Float64Array(length).fill(0.7)], fromHz, 250, 1000, KERNEL);
    for (const value of found) expect(value).toBeCloseTo(0.7, 12);
  });
});

test('what 250 Hz cannot hold is gone', () => {
  const [found = new Float64Array()] = resample([sine(4000, 1000, 180)], 1000, 250, 1000, KERNEL);
  expect(Math.max(...found.subarray(100, -100).map(Math.abs))).toBeLessThan(1e-3);
});

test('at the wanted rate nothing changes, and never the input', () => {
  const signal = sine(500, 250, 3);
  const before = signal.slice();
  expect(resample([signal], 250, 250, 500, KERNEL)).toEqual([before]);
  resample([signal], 360, 250, 300, KERNEL);
  expect(signal).toEqual(before);
});
