import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Ecg, EcgError } from '../ecg';
import { randomWeights, TINY_DELINEATOR, tinyCard } from '../network/testing/tiny';
import type { BackendChoice } from './backend';
import { createDelineator } from './delineate';
import type { EcgSource } from './encode';
import { averageProbabilities, createSession, type Session } from './session';

vi.setConfig({ testTimeout: 60_000 });

const model = { card: tinyCard(), weights: randomWeights(tinyCard(), 11) };

/** Leads I and V1 at 250 Hz, silent in the given seconds. Keeps what it was asked for. */
function source(durationS: number, silentS: readonly [number, number] = [0, 0]): EcgSource & { asked: number[][] } {
  const asked: number[][] = [];
  const at = (n: number) => Math.sin(n / 9) + Math.sin(n / 31);
  return {
    durationS,
    asked,
    async read(startS, lengthS): Promise<Ecg> {
      asked.push([startS, lengthS]);
      const first = Math.round(startS * 250);
      const samples = Float32Array.from({ length: Math.round(lengthS * 250) }, (_, n) =>
        first + n >= silentS[0] * 250 && first + n < silentS[1] * 250 ? Number.NaN : at(first + n),
      );
      const lead = { unit: 'mV', samplingRateHz: 250, derived: false, samples };
      return {
        startS,
        durationS: lengthS,
        leads: [
          { ...lead, name: 'I', lead: 'I' },
          { ...lead, name: 'V1', lead: 'V1' },
        ],
      };
    },
  };
}

let session: Session;
beforeAll(async () => {
  session = await createSession(model, 'cpu');
  return () => session.dispose();
});

async function encoded(ecg: EcgSource) {
  const result = await session.encode(ecg);
  if (result.kind !== 'encoded') throw new Error(result.reason);
  return result;
}

test('says where it runs and why', () => {
  expect(session.backend).toBe('cpu');
  expect(session.reason).toBe('Runs on plain JavaScript, as chosen.');
});

test('a delineator shares the backend that the session started', async () => {
  const weights = randomWeights(TINY_DELINEATOR, 12);
  const delineator = await createDelineator({ card: TINY_DELINEATOR, weights }, session.started);
  const [one, two] = await delineator.delineate(source(10));
  expect([one?.lead, two?.lead]).toEqual(['I', 'V1']);
  delineator.dispose();
  const ecg = await encoded(source(10));
  expect(ecg.leads).toEqual(['I', 'V1']);
  ecg.dispose();
});

test('one pass over 10 s: features once, then any age and sex', async () => {
  const ecg = await encoded(source(10));
  expect(ecg).toMatchObject({ coverage: 'whole', windows: [{ startS: 0, durationS: 10 }], leads: ['I', 'V1'] });
  const unknown = await session.fuse(ecg, { ageYears: null, sex: 'unknown' });
  const known = await session.fuse(ecg, { ageYears: 63, sex: 'male' });
  expect(unknown.probabilities).toHaveLength(3);
  expect(known.probabilities).not.toEqual(unknown.probabilities);
  expect(known.logits.every(Number.isFinite)).toBe(true);
  expect(await session.fuse(ecg, { ageYears: null, sex: 'unknown' })).toEqual(unknown);
  ecg.dispose();
});

describe('a longer recording', () => {
  test('is asked for window by window, with its context', async () => {
    const ecg = source(21);
    const progress: string[] = [];
    const result = await session.encode(ecg, undefined, (done, all) => progress.push(`${done}/${all}`));
    expect(ecg.asked).toEqual([
      [0, 15],
      [0, 20],
      [5, 16],
      [6, 15],
    ]);
    expect(progress).toEqual(['1/4', '2/4', '3/4', '4/4']);
    if (result.kind !== 'encoded') throw new Error(result.reason);
    const { logits, probabilities } = await session.fuse(result, { ageYears: null, sex: 'unknown' });
    expect(logits).toHaveLength(4 * 3);
    expect(averageProbabilities(logits, model.card.labels)).toEqual(probabilities);
    result.dispose();
  });

  test('leaves out the windows in which no lead has a signal', async () => {
    const ecg = await encoded(source(40, [10, 40]));
    expect(ecg.windows.map(({ startS }) => startS)).toEqual([0, 5]);
    ecg.dispose();
  });
});

test('too short, or without a signal, is not assessed', async () => {
  expect(await session.encode(source(2))).toMatchObject({ kind: 'notAssessed', reason: /shorter than 2\.5 s/ });
  expect(await session.encode(source(10, [0, 10]))).toMatchObject({ kind: 'notAssessed' });
});

test('windows that go through the network together are read as each of them alone', async () => {
  const whole = source(24);
  const together = await encoded(whole);
  expect(together.windows.length).toBeGreaterThan(2);
  const { logits } = await session.fuse(together, { ageYears: 50, sex: 'male' });
  const labels = logits.length / together.windows.length;
  const [first] = together.windows;
  const alone = await encoded({
    durationS: first?.durationS ?? 0,
    // The window by itself, with the context that the whole recording gives it.
    read: (startS, lengthS) => whole.read(startS, lengthS + model.card.input.contextS),
  });
  const own = await session.fuse(alone, { ageYears: 50, sex: 'male' });
  for (const [i, logit] of own.logits.entries()) expect(logits[i]).toBeCloseTo(logit, 5);
  expect(own.logits).toHaveLength(labels);
  together.dispose();
  alone.dispose();
});

test('an abort between windows ends it and leaves nothing behind', async () => {
  const { numTensors } = memory();
  const controller = new AbortController();
  const running = session.encode(source(60), controller.signal, (done) => done === 2 && controller.abort());
  await expect(running).rejects.toThrow(/abort/i);
  expect(memory().numTensors).toBe(numTensors);
});

test('a backend by name that cannot run here is an error, not another backend', async () => {
  for (const choice of ['webgpu', 'webnn' as BackendChoice] as const) {
    const thrown = await createSession(model, choice).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(EcgError);
    expect(thrown).toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
  }
});

test('calibration is applied to each window before the mean', () => {
  const [label] = model.card.labels;
  const labels = label ? [{ ...label, calibration: { slope: 2, intercept: -1 } }] : [];
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const [found] = averageProbabilities(Float32Array.from([0, 3]), labels);
  expect(found).toBeCloseTo((sigmoid(-1) + sigmoid(5)) / 2, 6);
});
