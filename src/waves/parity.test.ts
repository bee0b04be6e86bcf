import { describe, expect, test } from 'vitest';
import { LEADS, WAVE_CLASSES, type WaveMap } from '../ecg';
import { DELINEATOR_VECTORS, type DelineatorVector } from '../inference/golden-delineator';
import { shippedDelineator } from '../inference/testing/shipped';
import { segmentsOf } from './segments';

/** The maps of a vector's logits; those of absent leads are 0 throughout. */
function mapsOf({ expected: { mask, logits } }: DelineatorVector): readonly WaveMap[] {
  const classes = WAVE_CLASSES.length;
  const present = [...mask].filter((m) => m > 0).length;
  const length = logits.length / Math.max(1, present);
  let row = 0;
  return LEADS.map((lead, i): WaveMap => {
    const own = (mask[i] ?? 0) > 0 ? logits.subarray(row * length, ++row * length) : new Float32Array(0);
    const probabilities = own.map((logit, n) => {
      const all = own.subarray(n - (n % classes), n - (n % classes) + classes);
      return 1 / all.reduce((sum, other) => sum + Math.exp(other - logit), 0);
    });
    return { lead, startS: 0, samplingRateHz: 250, probabilities: new Float32Array(probabilities) };
  });
}

/** Golden vectors come with a release of the delineator. */
describe.skipIf(DELINEATOR_VECTORS.length === 0)("waves are the training's", () => {
  test.each(DELINEATOR_VECTORS)('$name', async (vector) => {
    const { card } = await shippedDelineator();
    const segments = segmentsOf(mapsOf(vector), card.waveRules);
    for (const lead of LEADS) {
      const found = (segments.get(lead) ?? []).map(({ kind, onset, offset }) => [kind, onset / 250, offset / 250]);
      const expected = vector.expected.waves[lead];
      expect(found.map(([kind]) => kind)).toEqual(expected.map(([kind]) => kind.toLowerCase()));
      expected.forEach(([, onset, offset], n) => {
        expect(found[n]?.[1]).toBeCloseTo(onset, 4);
        expect(found[n]?.[2]).toBeCloseTo(offset, 4);
      });
    }
  });
});
