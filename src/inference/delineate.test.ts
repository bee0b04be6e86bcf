import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Ecg, WaveMap } from '../ecg';
import { createSegmenter } from '../network';
import { randomNumbers, randomWeights, TINY_DELINEATOR } from '../network/testing/tiny';
import { startTfjsWasmInNode, startWasmInNode } from '../network/testing/wasm-node';
import { planChunks } from './chunks';
import { createDelineator, type Delineator } from './delineate';
import type { EcgSource } from './encode';
import { leadRows } from './rows';

vi.setConfig({ testTimeout: 60_000 });

/** As deep as the shipped one: halved five times, so that its reach and the place of its chunks matter. */
const CARD = {
  ...TINY_DELINEATOR,
  architecture: {
    ...TINY_DELINEATOR.architecture,
    levels: [5, 6, 6, 8, 8, 8].map((filters, i) => ({ filters, kernel: 9, encoder: 1, decoder: i === 5 ? 0 : 1 })),
  },
};
const WEIGHTS = randomWeights(CARD, 5);
const RATE = 250;

/** Leads I and V1 at 250 Hz, the same every 2 s, so that each chunk has the mean and deviation of the whole. Keeps what it was asked for. */
function source(durationS: number, silent: (lead: string, timeS: number) => boolean = () => false) {
  const asked: number[][] = [];
  const random = randomNumbers(3);
  const period = Array.from({ length: 2 * RATE }, () => random());
  const at = (n: number, shift: number) => (period[(n + shift) % period.length] ?? 0) + Math.sin((Math.PI * n) / RATE);
  return {
    durationS,
    asked,
    async read(startS: number, lengthS: number): Promise<Ecg> {
      asked.push([startS, lengthS]);
      const first = Math.round(startS * RATE);
      const leads = (['I', 'V1'] as const).map((lead, i) => ({
        name: lead,
        lead,
        unit: 'mV',
        samplingRateHz: RATE,
        derived: false,
        samples: Float32Array.from({ length: Math.round(lengthS * RATE) }, (_, n) =>
          silent(lead, (first + n) / RATE) ? Number.NaN : at(first + n, 40 * i),
        ),
      }));
      return { startS, durationS: lengthS, leads };
    },
  };
}

let delineator: Delineator;
beforeAll(async () => {
  await startWasmInNode();
  delineator = await createDelineator(
    { card: CARD, weights: WEIGHTS },
    { backend: 'wasm', what: '', lost: () => null },
  );
  return () => delineator.dispose();
});

const sums = ({ probabilities }: WaveMap) =>
  Array.from({ length: probabilities.length / 4 }, (_, t) =>
    probabilities.subarray(4 * t, 4 * t + 4).reduce((sum, p) => sum + p, 0),
  );

function worst(found: Float32Array, wanted: Float32Array, fromS: number, toS: number): number {
  let greatest = 0;
  for (let i = fromS * RATE * 4; i < toS * RATE * 4; i++) {
    greatest = Math.max(greatest, Math.abs((found[i] ?? Number.NaN) - (wanted[i] ?? Number.NaN)));
  }
  return greatest;
}

describe('the plan', () => {
  test.each([0, 3, 10, 33, 70, 203.3, 3600])('of %d s covers it once, each chunk on its grid', (durationS) => {
    const { chunks, fade } = planChunks(durationS, CARD);
    expect(chunks[0]).toMatchObject({ start: 0, from: 0 });
    expect(chunks.at(-1)).toMatchObject({ end: Math.round(durationS * RATE), to: Math.round(durationS * RATE) });
    for (const [i, chunk] of chunks.slice(1).entries()) {
      expect(chunk.start).toBe(chunks[i]?.end);
      expect(chunk.start % RATE).toBe(0);
      expect(chunk.from % 32).toBe(0);
      expect(chunks[i]?.to).toBeGreaterThan(chunk.start + fade);
    }
  });

  test('is one pass for anything short', () => {
    expect(planChunks(30, CARD).chunks).toHaveLength(1);
  });
});

test('a long signal in chunks is what one pass over all of it gives', async () => {
  const random = randomNumbers(9);
  const total = 100 * RATE;
  const ecg = Float32Array.from({ length: total * 12 }, () => 2 * random());
  const mask = new Float32Array(12).fill(1);
  const segmenter = createSegmenter(CARD, WEIGHTS);
  const pass = async (from: number, to: number) => {
    const { rows, leads } = leadRows({ ecg: ecg.slice(0, to * 12), mask }, CARD.architecture.channels, from, 32);
    return segmenter.run(rows.slice(0, rows.length / leads.length), 1);
  };
  const whole = await pass(0, total);
  const { chunks, fade } = planChunks(100, CARD);
  expect(chunks).toHaveLength(3);
  for (const { from, to, start, end } of chunks) {
    const part = await pass(from, to);
    const last = Math.min(end + fade, total);
    const kept = part.subarray((start - from) * 4, (last - from) * 4);
    expect(worst(kept, whole.subarray(start * 4), 0, (last - start) / RATE)).toBeLessThan(1e-4);
  }
  segmenter.dispose();
});

test('the chunks of a recording join without a seam', async () => {
  const [long] = await delineator.delineate(source(100));
  const [short] = await delineator.delineate(source(30));
  expect(long?.probabilities).toHaveLength(100 * RATE * 4);
  // The signal repeats: what 10 s to 20 s look like, so does every stretch that lies whole cycles of signal and grid later.
  for (const laterS of [16, 32, 48, 64]) {
    const later = long?.probabilities.subarray(laterS * RATE * 4) ?? new Float32Array();
    expect(worst(later, short?.probabilities ?? later, 10, 20)).toBeLessThan(2e-3);
  }
});

test('pieces come one after another, read no more than they need and make up the whole', async () => {
  const ecg = source(100);
  const pieces: (readonly WaveMap[])[] = [];
  for await (const maps of delineator.pieces(ecg)) {
    pieces.push(maps);
    expect(ecg.asked).toHaveLength(pieces.length);
  }
  expect(pieces.map(([map]) => map?.startS)).toEqual([0, 32, 64]);
  expect(Math.max(...ecg.asked.map(([, lengthS]) => lengthS ?? 0))).toBeLessThan(55);
  const [whole] = await delineator.delineate(source(100));
  expect(pieces.flatMap(([map]) => [...(map?.probabilities ?? [])])).toEqual([...(whole?.probabilities ?? [])]);
});

test('every sample has probabilities that sum to 1, or to 0 where the lead has no signal', async () => {
  const maps = await delineator.delineate(source(10, (lead) => lead === 'V1'));
  expect(maps.map(({ lead }) => lead)).toEqual(['I', 'V1']);
  expect(maps.map(({ startS, samplingRateHz }) => [startS, samplingRateHz])).toEqual([
    [0, RATE],
    [0, RATE],
  ]);
  const [one = [], none = []] = maps.map(sums);
  expect(Math.max(...one.map((sum) => Math.abs(sum - 1)))).toBeLessThan(1e-6);
  expect(new Set(none)).toEqual(new Set([0]));
});

test('a lead that is lost after a minute is seen until then', async () => {
  const [one, two] = await delineator.delineate(source(100, (lead, timeS) => lead === 'V1' && timeS >= 60));
  expect(Math.min(...(one ? sums(one) : []))).toBeCloseTo(1, 5);
  expect(Math.min(...(two ? sums(two).slice(0, 64 * RATE) : []))).toBeCloseTo(1, 5);
  expect(Math.max(...(two ? sums(two).slice(66 * RATE) : []))).toBe(0);
});

test('nothing to see is no error', async () => {
  expect(
    await delineator.delineate({ durationS: 10, read: async () => ({ startS: 0, durationS: 10, leads: [] }) }),
  ).toEqual([]);
  const [short] = await delineator.delineate(source(0.02));
  expect(short?.probabilities).toEqual(new Float32Array(5 * 4));
});

test('it can be stopped between chunks and tells how far it is', async () => {
  const controller = new AbortController();
  const shares: number[] = [];
  const running = delineator.delineate(source(200), controller.signal, (share) => {
    shares.push(share);
    if (shares.length === 2) controller.abort();
  });
  await expect(running).rejects.toThrow(/abort/i);
  expect(shares).toEqual([32 / 200, 64 / 200]);
});

test('fifty recordings leave no tensor and no byte behind on tfjs', async () => {
  await startTfjsWasmInNode();
  const model = { card: CARD, weights: WEIGHTS };
  const onTfjs = await createDelineator(model, { backend: 'wasm', what: '', lost: () => null });
  const ecg: EcgSource = source(10);
  await onTfjs.delineate(ecg);
  const before = memory();
  for (let i = 0; i < 50; i++) await onTfjs.delineate(ecg);
  expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  onTfjs.dispose();
});
