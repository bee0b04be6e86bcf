import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { DelineatorCard } from '../ecg';
import { createSegmenter, rowMultiple } from '../network';
import { startCpu } from '../network/backends/cpu';
import { startWasmInNode } from '../network/testing/wasm-node';
import { createDelineator } from './delineate';
import { DELINEATOR_VECTORS, type DelineatorVector } from './golden-delineator';
import { greatestDifference } from './golden-vectors';
import { networkInput } from './input';
import type { Model } from './model';
import { leadRows } from './rows';
import { shippedDelineator } from './testing/shipped';

vi.setConfig({ testTimeout: 60_000 });

/** Golden vectors come with a release of the delineator; between two of them there may be none. */
const describeShipped = describe.skipIf(DELINEATOR_VECTORS.length === 0);

describeShipped('the shipped delineator', () => {
  let model: Model<DelineatorCard>;
  beforeAll(async () => {
    model = await shippedDelineator();
  });

  const rowsOf = ({ ecg, startS, lengthS }: DelineatorVector) => {
    const { architecture, input } = model.card;
    const given = networkInput(ecg, startS, lengthS, input);
    return { ...leadRows(given, architecture.channels, 0, rowMultiple(architecture)), mask: given.mask };
  };

  test('its golden vectors were made with the weights that are shipped', () => {
    expect(DELINEATOR_VECTORS.length).toBeGreaterThanOrEqual(5);
    for (const { expected } of DELINEATOR_VECTORS) expect(expected.weightsSha256).toEqual(model.card.weights.sha256);
  });

  test.each(DELINEATOR_VECTORS)("$name: what a lead is given of the others is the training's to 1e-5", (vector) => {
    const { rows, mask } = rowsOf(vector);
    expect([...mask]).toEqual([...vector.expected.mask]);
    const context = rows.filter((_, i) => i % 3 !== 0).subarray(0, vector.expected.context.length);
    expect(greatestDifference(context, vector.expected.context)).toBeLessThan(1e-5);
  });

  describe.each([
    ['cpu', startCpu],
    ['wasm', startWasmInNode],
  ] as const)("on %s, logits are PyTorch's to 1e-4", (backend, start) => {
    test.each(DELINEATOR_VECTORS)('$name', async (vector) => {
      await start();
      const segmenter = createSegmenter(model.card, model.weights);
      const { rows, leads, steps } = rowsOf(vector);
      const padded = await segmenter.run(rows, leads.length);
      const kept = Math.round(vector.lengthS * model.card.input.samplingRateHz) * 4;
      const logits = leads.flatMap((_, i) => [...padded.subarray(i * steps * 4, i * steps * 4 + kept)]);
      expect(greatestDifference(logits, vector.expected.logits)).toBeLessThan(1e-4);
      segmenter.dispose();
    });

    test('and a whole recording has the probabilities of its logits', async () => {
      await start();
      const delineator = await createDelineator(model, { backend, what: '', lost: () => null });
      for (const { ecg, startS, lengthS, expected } of DELINEATOR_VECTORS) {
        if (startS !== 0 || lengthS !== ecg.durationS) continue;
        const maps = await delineator.delineate({ durationS: lengthS, read: async () => ecg });
        const seen = maps.filter(({ probabilities }) => probabilities.some((p) => p > 0));
        const found = seen.flatMap(({ probabilities }) => [...probabilities]);
        expect(greatestDifference(found, softmax(expected.logits))).toBeLessThan(1e-4);
      }
      delineator.dispose();
    });
  });
});

function softmax(logits: Float32Array): Float32Array {
  return logits.map((logit, i) => {
    const four = logits.subarray(i - (i % 4), i - (i % 4) + 4);
    return 1 / four.reduce((sum, other) => sum + Math.exp(other - logit), 0);
  });
}
