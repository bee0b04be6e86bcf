import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startCpu } from './backends/cpu';
import { buildGraph } from './build';
import { createNetwork, type Network } from './network';
import { type Rows, reference } from './testing/reference';
import { randomNumbers, randomWeights, TINY, TINY_WAVES, tinyCard } from './testing/tiny';
import { startTfjsWasmInNode, startWasmInNode } from './testing/wasm-node';

const LEADS = 12;
const LABELS = 3;
const WEIGHTS = randomWeights(tinyCard(), 7);
const AGE = [0.63, 1];
const SEX = [0, 1, 0];

/** Random ECG rows [T, leads] with two leads masked. */
function randomInput(steps: number, seed: number): { ecg: Rows; mask: number[] } {
  const random = randomNumbers(seed);
  const mask = Array.from({ length: LEADS }, (_, lead) => (lead === 3 || lead === 8 ? 0 : 1));
  const ecg = Array.from({ length: steps }, () => mask.map((present) => Math.fround(2 * present * random())));
  return { ecg, mask };
}

function expected(ecg: Rows, mask: number[], age = AGE, sex = SEX): { pooled: number[]; logits: number[] } {
  const { encoder, fusion } = buildGraph(TINY, LEADS, LABELS);
  const inputs = new Map([['ecg', ecg] as const, ...Object.entries({ mask: [mask], age: [age], sex: [sex] })]);
  const values = reference([...encoder, ...fusion], inputs, WEIGHTS);
  return { pooled: values.get('pooled')?.flat() ?? [], logits: values.get('logits')?.flat() ?? [] };
}

function worst(found: ArrayLike<number>, wanted: readonly number[]): number {
  expect(found.length).toBe(wanted.length);
  return Math.max(...wanted.map((x, i) => Math.abs(x - (found[i] ?? Number.NaN))));
}

const flat = (rows: Rows) => Float32Array.from(rows.flat());

vi.setConfig({ testTimeout: 60_000 });

describe.each([
  ['cpu', startCpu, 20],
  ['wasm', startWasmInNode, 200],
  ['tfjs on wasm', startTfjsWasmInNode, 200],
] as const)('on %s', (_, start, runs) => {
  let network: Network;
  beforeAll(async () => {
    await start();
    network = createNetwork(tinyCard(), WEIGHTS);
  });
  afterAll(() => network.dispose());

  test.each([64, 65, 127, 250])('%i steps give what the plain loops give', async (steps) => {
    const { ecg, mask } = randomInput(steps, steps);
    const encoded = network.encode(flat(ecg), Float32Array.from(mask));
    const wanted = expected(ecg, mask);
    expect(worst(await encoded.pooled.data(), wanted.pooled)).toBeLessThan(1e-5);
    const logits = await network.fuse(encoded, Float32Array.from(AGE), Float32Array.from(SEX));
    expect(worst(logits, wanted.logits)).toBeLessThan(1e-5);
    encoded.dispose();
  });

  test('wave features are a third token', async () => {
    const card = { ...tinyCard(), architecture: TINY_WAVES };
    const weights = randomWeights(card, 8);
    const { ecg, mask } = randomInput(64, 3);
    const waves = [0.5, -1.2, 0, 1, 1, 0];
    const { encoder, fusion } = buildGraph(TINY_WAVES, LEADS, LABELS);
    const inputs = { mask: [mask], age: [AGE], sex: [SEX], waves: [waves] };
    const wanted = reference(
      [...encoder, ...fusion],
      new Map([['ecg', ecg] as const, ...Object.entries(inputs)]),
      weights,
    );
    const asked = createNetwork(card, weights);
    const encoded = asked.encode(flat(ecg), Float32Array.from(mask));
    const logits = await asked.fuse(encoded, flat([AGE]), flat([SEX]), flat([waves]));
    expect(worst(logits, wanted.get('logits')?.flat() ?? [])).toBeLessThan(1e-5);
    encoded.dispose();
    asked.dispose();
  });

  test('a batch gives what its members give alone, and so do members that were joined', async () => {
    const members = [1, 2, 3].map((seed) => randomInput(100, seed));
    const ages = [[0.2, 1], [0, 0], [0.9, 1]]; // biome-ignore format: three patients
    const sexes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // biome-ignore format: three patients
    const wanted = members.flatMap(({ ecg, mask }, i) => expected(ecg, mask, ages[i], sexes[i]).logits);
    const batch = network.encode(flat(members.flatMap(({ ecg }) => ecg)), flat(members.map(({ mask }) => mask)), 3);
    const joined = network.join(members.map(({ ecg, mask }) => network.encode(flat(ecg), Float32Array.from(mask))));
    for (const encoded of [batch, joined]) {
      expect(worst(await network.fuse(encoded, flat(ages), flat(sexes)), wanted)).toBeLessThan(1e-5);
      encoded.dispose();
    }
  });

  test('the mask is seen: the same zeros with and without a lead differ', async () => {
    const { ecg, mask } = randomInput(64, 5);
    const all = network.encode(flat(ecg), new Float32Array(LEADS).fill(1));
    const some = network.encode(flat(ecg), Float32Array.from(mask));
    expect(await all.pooled.data()).not.toEqual(await some.pooled.data());
    all.dispose();
    some.dispose();
  });

  test('refuses what is not finite before the backend can hide it', () => {
    const ecg = new Float32Array(64 * LEADS);
    ecg[100] = Number.NaN;
    expect(() => network.encode(ecg, new Float32Array(LEADS))).toThrow(/mistake/);
    expect(() => network.encode(new Float32Array(100), new Float32Array(LEADS))).toThrow(RangeError);
  });

  test(`${runs} runs leave no tensor and no byte behind`, async () => {
    const { ecg, mask } = randomInput(64, 9);
    const run = async () => {
      const encoded = network.encode(flat(ecg), Float32Array.from(mask));
      await network.fuse(encoded, Float32Array.from(AGE), Float32Array.from(SEX));
      encoded.dispose();
    };
    await run();
    const before = memory();
    for (let i = 0; i < runs; i++) await run();
    expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });
});
