import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createNetwork, type Network } from '../network';
import { startCpu } from '../network/backends/cpu';
import { startTfjsWasmInNode, startWasmInNode } from '../network/testing/wasm-node';
import { demographicInputs } from './demographics';
import { GOLDEN_VECTORS, greatestDifference } from './golden-vectors';
import { bandPass, networkInput } from './input';
import type { Model } from './model';
import { shippedClassifier } from './testing/shipped';
import { waveInputs } from './wave-inputs';

vi.setConfig({ testTimeout: 60_000 });

/** DESIGN.md, "One source of truth": Python and TypeScript compute the same numbers at every stage. */
let model: Model;
beforeAll(async () => {
  model = await shippedClassifier();
});

test('the golden vectors were made with the weights that are shipped', () => {
  expect(GOLDEN_VECTORS.length).toBeGreaterThanOrEqual(5);
  for (const { expected } of GOLDEN_VECTORS) expect(expected.weightsSha256).toEqual(model.card.weights.sha256);
});

describe.each(GOLDEN_VECTORS)('$name', ({ ecg, startS, lengthS, expected }) => {
  test("the filtered signal is SciPy's to 1e-5 mV, and the recorded one is untouched", () => {
    for (const lead of ecg.leads) {
      const before = lead.samples.slice();
      const filtered = bandPass(lead, model.card.input) ?? new Float64Array();
      const some = filtered.filter((_, i) => i % expected.filteredEvery === 0);
      const wanted = (lead.lead && expected.filtered.get(lead.lead)) ?? [];
      expect(greatestDifference(some, wanted)).toBeLessThan(1e-5);
      expect(lead.samples).toEqual(before);
    }
  });

  test("the network's input is the training's to 1e-5", () => {
    const recorded = ecg.leads.map(({ samples }) => samples.slice());
    const { ecg: input, mask } = networkInput(ecg, startS, lengthS, model.card.input);
    expect([...mask]).toEqual([...expected.mask]);
    expect(greatestDifference(input, expected.input)).toBeLessThan(1e-5);
    expect(ecg.leads.map(({ samples }) => samples)).toEqual(recorded);
  });
});

describe.each([
  ['cpu', startCpu],
  ['wasm', startWasmInNode],
  ['tfjs on wasm', startTfjsWasmInNode],
])("on %s, features and logits are PyTorch's to 1e-4", (_, start) => {
  let network: Network;
  beforeAll(async () => {
    await start();
    network = createNetwork(model.card, model.weights);
    return () => network.dispose();
  });

  test.each(GOLDEN_VECTORS)('$name', async ({ ageYears, sex, expected }) => {
    const { age, sex: oneHot } = demographicInputs({ ageYears, sex }, model.card.input, 1);
    const encoded = network.encode(expected.input, expected.mask);
    expect(greatestDifference(await encoded.pooled.data(), expected.pooled)).toBeLessThan(1e-4);
    const waves = waveInputs(expected.measured, model.card.input, 1);
    expect(greatestDifference(await network.fuse(encoded, age, oneHot, waves), expected.logits)).toBeLessThan(1e-4);
    encoded.dispose();
  });
});
