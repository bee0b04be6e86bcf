import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startCpu } from './backends/cpu';
import { createSegmenter, type Segmenter } from './segmenter';
import { type Rows, reference } from './testing/reference';
import { randomNumbers, randomWeights, TINY_DELINEATOR, TINY_UNET } from './testing/tiny';
import { startTfjsWasmInNode, startWasmInNode } from './testing/wasm-node';
import { buildUNet, reach } from './unet';

vi.setConfig({ testTimeout: 60_000 });

const CHANNELS = TINY_UNET.channels.length;
const WEIGHTS = randomWeights(TINY_DELINEATOR, 3);

/** Random rows [T, channels]. */
function randomRows(steps: number, seed: number): number[][] {
  const random = randomNumbers(seed);
  return Array.from({ length: steps }, () => Array.from({ length: CHANNELS }, () => Math.fround(2 * random())));
}

const flat = (rows: Rows) => Float32Array.from(rows.flat());
const expected = (rows: Rows) =>
  reference(buildUNet(TINY_UNET), new Map([['rows', rows]]), WEIGHTS)
    .get('logits')
    ?.flat() ?? [];

function worst(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(found.length).toBe(wanted.length);
  return Math.max(...Array.from(wanted, (x, i) => Math.abs(x - (found[i] ?? Number.NaN))));
}

describe.each([
  ['cpu', startCpu, 20],
  ['wasm', startWasmInNode, 200],
  ['tfjs on wasm', startTfjsWasmInNode, 200],
] as const)('on %s', (_, start, runs) => {
  let segmenter: Segmenter;
  beforeAll(async () => {
    await start();
    segmenter = createSegmenter(TINY_DELINEATOR, WEIGHTS);
  });
  afterAll(() => segmenter.dispose());

  test.each([4, 36, 128])('%i steps give what the plain loops give', async (steps) => {
    const rows = randomRows(steps, steps);
    expect(worst(await segmenter.run(flat(rows), 1), expected(rows))).toBeLessThan(1e-5);
  });

  test('a batch gives what its rows give alone', async () => {
    const rows = [1, 2, 3].map((seed) => randomRows(40, seed));
    expect(worst(await segmenter.run(flat(rows.flat()), 3), rows.flatMap(expected))).toBeLessThan(1e-5);
  });

  test('a sample changes the logits within its reach and no other', async () => {
    const rows = randomRows(128, 8);
    const changed = rows.map((row, t) => (t === 61 ? row.map((x) => x + 1) : row));
    const before = await segmenter.run(flat(rows), 1);
    const after = await segmenter.run(flat(changed), 1);
    const differ = [...after.keys()].filter((i) => after[i] !== before[i]).map((i) => Math.floor(i / 4));
    expect(Math.max(...differ.map((t) => Math.abs(t - 61)))).toBeLessThanOrEqual(reach(TINY_UNET));
    expect(Math.max(...differ.map((t) => Math.abs(t - 61)))).toBeGreaterThan(reach(TINY_UNET) / 2);
  });

  test('refuses what is not finite, and lengths that cannot be halved', async () => {
    const rows = new Float32Array(8 * CHANNELS);
    await expect(segmenter.run(rows.fill(0).subarray(0, 6 * CHANNELS), 1)).rejects.toThrow(RangeError);
    await expect(segmenter.run(rows.fill(Number.NaN), 1)).rejects.toThrow(/mistake/);
  });

  test(`${runs} runs leave no tensor and no byte behind`, async () => {
    const rows = flat(randomRows(64, 9));
    await segmenter.run(rows, 1);
    const before = memory();
    for (let i = 0; i < runs; i++) await segmenter.run(rows, 1);
    expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });
});
