import { expect, test } from 'vitest';
import type { Finding, Lead, MedianBeat } from '../ecg';
import { simulate } from '../simulator';
import { NO_WAVES } from '../waves';
import { isPathological, qWaves } from './q-waves';
import { weighed } from './weigh';

const RATE = 500;

/** A beat whose QRS lasts 100 ms: so many ms of a Q of that depth, then an R of that height, each a half sine. */
function beat(lead: Lead, qMs: number, depthMv: number, rMv: number): MedianBeat {
  const samples = new Float32Array(RATE);
  const onset = 200;
  const q = Math.round((qMs * RATE) / 1000);
  for (let n = 1; n < q; n++) samples[onset + n] = -depthMv * Math.sin((Math.PI * n) / q);
  for (let n = 0; n < 50 - q; n++) samples[onset + q + n] = rMv * Math.sin((Math.PI * n) / (50 - q));
  return {
    lead,
    unit: 'mV',
    samplingRateHz: RATE,
    startS: -onset / RATE,
    samples,
    p: null,
    qrs: { onset: 0, offset: 0.1 },
    t: null,
    beatTimesS: [1, 2],
  };
}

const isLeft = (lead: Lead, qMs: number, depthMv: number, rMv = 0.8) =>
  qWaves([beat(lead, qMs, depthMv, rMv)]).some(isPathological);

test('a Q is measured from the zero before it to the zero after it, and an R before it makes it none', () => {
  const [q] = qWaves([beat('II', 44, 0.3, 0.8)]);
  expect(q).toMatchObject({ lead: 'II', isQs: false, depthMv: expect.closeTo(0.3, 2) });
  // To a sample.
  expect(Math.abs((q?.widthMs ?? 0) - 44)).toBeLessThanOrEqual(1000 / RATE);
  expect(qWaves([beat('II', 0, 0, 0.8)])).toEqual([]);
  expect(qWaves([{ ...beat('II', 44, 0.3, 0.8), unit: 'NU' }])).toEqual([]);
  expect(qWaves([{ ...beat('II', 44, 0.3, 0.8), qrs: null }])).toEqual([]);
});

test('either side of each limit of the universal definition', () => {
  expect([isLeft('II', 36, 0.3), isLeft('II', 26, 0.3)]).toEqual([true, false]);
  expect([isLeft('aVF', 40, 0.12), isLeft('aVF', 40, 0.08)]).toEqual([true, false]);
  expect([isLeft('V2', 26, 0.3), isLeft('V2', 16, 0.3)]).toEqual([true, false]);
  expect([isLeft('V5', 100, 0.5, 0), isLeft('III', 60, 0.5), isLeft('V1', 100, 0.5, 0)]).toEqual([true, false, false]);
});

const infarct = (code: string): Finding => ({
  code,
  system: 'scp-ecg',
  snomed: null,
  label: code,
  group: 'infarction',
  probability: 0.8,
  threshold: 0.4,
  operatingPoint: 'balanced',
  status: 'present',
  reason: null,
  evidence: [],
  conflicts: [],
});

const evidence = (code: string, medianBeats: readonly MedianBeat[], qrsMs: number) => {
  const measurements = { ...NO_WAVES.measurements, qrsMs };
  const measured = { measurements, ranges: {}, alerts: [], beatList: [], pacingSpikes: null, medianBeats };
  return weighed([infarct(code)], measured)[0]?.evidence.map(({ side, text }) => [side, text]);
};

test('Q waves in two neighbouring leads speak for an infarct; in one, or in a wide QRS, they do not', () => {
  const inferior = [beat('II', 40, 0.3, 0.8), beat('aVF', 44, 0.4, 0.6), beat('V5', 10, 0.05, 1)];
  expect(evidence('IMI', inferior, 96)).toEqual([
    ['for', expect.stringMatching(/^Pathological Q in II \(\d\d ms, 0\.3 mV\), aVF \(\d\d ms, 0\.4 mV\)$/)],
  ]);
  expect(evidence('ASMI', inferior, 96)).toEqual([['against', 'No pathological Q in two contiguous leads']]);
  expect(evidence('IMI', inferior.slice(0, 1), 96)?.[0]?.[0]).toBe('against');
  expect(evidence('IMI', inferior, 150)).toEqual([]);
});

test('the simulated old inferior infarct has them, a simulated sinus rhythm has none', () => {
  const pathological = (name: 'inferior-infarct' | 'sinus') => {
    const { leads, globalWaves } = simulate(name, { durationS: 10 });
    const qrs = globalWaves.qrs[2];
    if (!qrs) throw new Error('no beat');
    const { onset, offset } = qrs;
    const beats = (['II', 'III', 'aVF', 'V4', 'V5'] as const).map((lead): MedianBeat => {
      const from = Math.round((onset - 0.1) * RATE);
      const samples = leads[lead].slice(from, from + RATE);
      const level = samples[Math.round(0.1 * RATE)] ?? 0;
      return {
        ...beat(lead, 0, 0, 0),
        startS: -0.1,
        samples: samples.map((v) => v - level),
        qrs: { onset: 0, offset: offset - onset },
      };
    });
    return qWaves(beats)
      .filter(isPathological)
      .map(({ lead }) => lead);
  };
  expect(pathological('inferior-infarct')).toEqual(['II', 'aVF']);
  expect(pathological('sinus')).toEqual([]);
});
