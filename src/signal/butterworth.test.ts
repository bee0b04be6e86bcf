import { expect, test } from 'vitest';
import { butterworthBandpass } from './butterworth';

/** scipy 1.17.1: `butter(4, [0.5, 40], 'bandpass', fs=fs, output='sos')` as [gain, then a1 and a2 of each section]. */
const SCIPY: Record<number, readonly [number, ...number[]]> = {
  100: [
    0.41433450842934577, 1.0426084609630564, 0.29361058650645944, 1.3219113054843614, 0.6350007320719077,
    -1.9422241623269236, 0.9431999636237355, -1.9754369965573308, 0.9764151112867349,
  ],
  257: [
    0.02008662219516008, -0.6521583655617771, 0.13963355706569472, -0.8560598732905802, 0.52603434888684,
    -1.9771492872617313, 0.9773030048478843, -1.9906904101800036, 0.9908401208963211,
  ],
  360: [
    0.0066048756713110845, -0.9789490692400146, 0.26401065276475083, -1.2374771035208822, 0.6124788199281044,
    -1.9836536734559507, 0.9837324068997566, -1.9933805831040043, 0.9934570028223977,
  ],
  500: [
    0.0021387987326912015, -1.22787587909828, 0.39352306024517103, -1.486663673168146, 0.6949675580253452,
    -1.9882154714982394, 0.9882564156624591, -1.995246749028118, 0.9952864068099667,
  ],
  1000: [
    0.00017485663937861115, -1.5845969353446172, 0.6337956705651171, -1.773002982075961, 0.8301040661882952,
    -1.9940989582188349, 0.9941092315690118, -1.997631172353298, 0.9976410995900598,
  ],
};

test.each(Object.entries(SCIPY))("at %s Hz the sections are scipy's", (samplingRateHz, [gain, ...denominators]) => {
  const sections = butterworthBandpass(4, 0.5, 40, Number(samplingRateHz));
  expect(sections).toHaveLength(4);
  sections.forEach(([b0, b1, b2, a1, a2], i) => {
    const scale = i === 0 ? gain : 1;
    const side = i < 2 ? 2 : -2;
    const wanted = [scale, side * scale, scale, denominators[2 * i] ?? 0, denominators[2 * i + 1] ?? 0];
    [b0, b1, b2, a1, a2].forEach((found, k) => {
      expect(Math.abs(found - (wanted[k] ?? 0))).toBeLessThan(1e-11);
    });
  });
});

test('refuses what it cannot make', () => {
  expect(() => butterworthBandpass(3, 0.5, 40, 500)).toThrow(RangeError);
  expect(() => butterworthBandpass(4, 0.5, 40, 80)).toThrow(RangeError);
  expect(() => butterworthBandpass(4, 40, 0.5, 500)).toThrow(RangeError);
});
