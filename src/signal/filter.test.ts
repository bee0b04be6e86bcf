import { expect, test } from 'vitest';
import { butterworthBandpass } from './butterworth';
import { filterForwardBackward, filterPadding } from './filter';

/** A sine, a parabola and spikes: edges that a wrong padding or start would move by tenths. */
const SIGNAL = Float64Array.from(
  { length: 64 },
  (_, n) => Math.sin(0.3 * n) + (0.01 * n * n) / 10 - 1.5 + (n % 7 === 0 ? 1 : 0),
);

/** scipy 1.17.1: `sosfiltfilt(butter(4, [0.5, 40], 'bandpass', fs=fs, output='sos'), x)` at samples 0, 1, 2, 13, 31, 40, 62, 63. */
const SCIPY: Record<number, readonly number[]> = {
  100: [
    0.4057443175115659, -0.28944095443623585, -0.08488089644629682, -1.1499641087466774, -0.4680780839647532,
    -1.3126575484960297, -0.8873046618123207, 0.37255559812072425,
  ],
  1000: [
    -2.9322139520479378, -3.0455793217436367, -3.1600184123366124, -4.343943226694712, -4.007605328595102,
    -3.878702342207373, -1.9100716769550743, -1.6226720110557407,
  ],
};

test.each(Object.entries(SCIPY))("at %s Hz gives scipy's numbers, edges included", (samplingRateHz, wanted) => {
  const sections = butterworthBandpass(4, 0.5, 40, Number(samplingRateHz));
  const found = filterForwardBackward(sections, SIGNAL);
  [0, 1, 2, 13, 31, 40, 62, 63].forEach((n, i) => {
    expect(Math.abs((found[n] ?? Number.NaN) - (wanted[i] ?? 0))).toBeLessThan(1e-8);
  });
});

test('leaves the recorded samples as they are', () => {
  const before = SIGNAL.slice();
  filterForwardBackward(butterworthBandpass(4, 0.5, 40, 500), SIGNAL);
  expect(SIGNAL).toEqual(before);
});

test('needs more samples than its padding', () => {
  const sections = butterworthBandpass(4, 0.5, 40, 500);
  expect(filterPadding(sections)).toBe(27);
  expect(() => filterForwardBackward(sections, new Float64Array(27))).toThrow(RangeError);
  expect(filterForwardBackward(sections, new Float64Array(28))).toHaveLength(28);
});
