import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { createNetwork, type Network } from '../network';
import { startCpu } from '../network/backends/cpu';
import { randomWeights, tinyCard } from '../network/testing/tiny';
import { blank, occlude } from './occlude';

vi.setConfig({ testTimeout: 60_000 });

const card = tinyCard();
const width = card.input.leads.length;
const nobody = { ageYears: null, sex: 'unknown' } as const;
const SAMPLES = 2.5 * card.input.samplingRateHz;

/** Two leads; the second is silent but for its second half second. */
function given() {
  const ecg = new Float32Array(SAMPLES * width);
  for (let t = 0; t < SAMPLES; t++) {
    ecg[t * width] = Math.sin(t / 5);
    if (t >= SAMPLES / 5 && t < (2 * SAMPLES) / 5) ecg[t * width + 1] = 2 * Math.sin(t / 3);
  }
  return { ecg, mask: Float32Array.from({ length: width }, (_, lead) => (lead < 2 ? 1 : 0)) };
}

let network: Network;
beforeAll(async () => {
  await startCpu();
  network = createNetwork(card, randomWeights(card, 5));
  return () => network.dispose();
});

test('what carries nothing explains nothing; what carries something does; leads that are missing are not asked', async () => {
  const kept = memory().numTensors;
  const told: number[] = [];
  const { leads, steps, stepS, falls, whole } = await occlude(
    card,
    network,
    given(),
    nobody,
    {},
    {
      onProgress: (done, all) => told.push(done / all),
    },
  );
  expect([leads, steps, stepS]).toEqual([card.input.leads.slice(0, 2), 5, 0.5]);
  expect(whole).toHaveLength(card.labels.length);
  expect(falls).toHaveLength(2 * 5 * card.labels.length);
  const fall = (lead: number, step: number) => Math.abs(falls[(lead * 5 + step) * card.labels.length] ?? Number.NaN);
  for (const step of [3, 4]) expect(fall(1, step)).toBe(0);
  expect(fall(1, 1)).toBeGreaterThan(1e-4);
  expect(fall(0, 3)).toBeGreaterThan(1e-4);
  expect(told.at(-1)).toBe(1);
  expect(memory().numTensors).toBe(kept);
});

test('it stops between two batches when it is told to', async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const running = occlude(
    card,
    network,
    given(),
    nobody,
    {},
    {
      signal: stop.signal,
      onProgress: (done) => {
        told.push(done);
        stop.abort();
      },
    },
  );
  await expect(running).rejects.toThrow();
  expect(told).toHaveLength(1);
});

test('a blanked stretch is 0, fades at its ends and leaves the rest and the other leads', () => {
  const ecg = new Float32Array(200).fill(1);
  blank(ecg, 2, 1, 40, 20, 250);
  const lead = (n: number) => [...ecg].filter((_, i) => i % 2 === n);
  expect(lead(0).every((v) => v === 1)).toBe(true);
  const own = lead(1);
  expect(own.slice(40, 60)).toEqual(Array(20).fill(0));
  expect(own[34]).toBe(1);
  expect(own[38]).toBeCloseTo(0.4);
  expect(own[61]).toBeCloseTo(0.4);
  expect(own[66]).toBe(1);
});
