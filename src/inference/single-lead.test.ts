import { readFileSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';
import { createNetwork, type Network } from '../network';
import { startWasmInNode } from '../network/testing/wasm-node';
import { demographicInputs } from './demographics';
import { GOLDEN_VECTORS, greatestDifference } from './golden-vectors';
import { networkInput } from './input';
import type { Model } from './model';
import { meanLogarithms } from './single-lead';
import { shippedClassifier, shippedHead } from './testing/shipped';

vi.setConfig({ testTimeout: 60_000 });

const golden: { readonly sha256: string; readonly logits: Readonly<Record<string, readonly number[]>> } = JSON.parse(
  readFileSync('src/inference/golden-heads/rhythm-network.json', 'utf8'),
);

let model: Model;
let network: Network;
beforeAll(async () => {
  model = await shippedClassifier('rhythm-network');
  await startWasmInNode();
  network = createNetwork(model.card, model.weights);
  return () => network.dispose();
});

it('was measured with the weights that ship, and its head knows its classes', async () => {
  expect(golden.sha256).toBe(model.card.weights.sha256['weights.bin']);
  const { card } = await shippedHead('rhythm');
  const codes = model.card.labels.map(({ code }) => code);
  expect(card.outputs.map(({ code }) => code)).toEqual(codes);
  expect(card.features).toEqual(expect.arrayContaining(codes.map((code) => `network.${code}`)));
});

it.each(GOLDEN_VECTORS)("the logits of lead I are PyTorch's: $name", async ({ name, ecg, startS, lengthS }) => {
  const { input } = model.card;
  const { ecg: given, mask } = networkInput(ecg, startS, lengthS, input);
  const encoded = network.encode(given, mask);
  const { age, sex } = demographicInputs({ ageYears: null, sex: 'unknown' }, input, 1);
  const logits = await network.fuse(encoded, age, sex);
  expect(greatestDifference(logits, Float32Array.from(golden.logits[name] ?? []))).toBeLessThan(1e-3);
  encoded.dispose();
});

it('windows are averaged as probabilities', () => {
  const [first = 0, second = 0] = meanLogarithms(Float32Array.from([0, 0, 100, 0]), 2);
  expect(first).toBeCloseTo(Math.log(0.75), 6);
  expect(second).toBeCloseTo(Math.log(0.25), 6);
});
