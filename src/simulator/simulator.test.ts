import { expect, test } from 'vitest';
import { LEADS } from '../ecg';
import { DEMOS, RECIPES, type Scenario, simulate } from './index';
import { galleryFiles } from './vite-demos';
import { toWfdb } from './wfdb';

const SCENARIOS = Object.keys(RECIPES) as Scenario[];
const peak = (samples: Float32Array) => samples.reduce((a, b) => Math.max(a, b), -Infinity);
const trough = (samples: Float32Array) => samples.reduce((a, b) => Math.min(a, b), Infinity);
const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test('the same seed gives the same ECG, another seed another one', () => {
  const noise = { muscleDb: 20, wanderDb: 10, mainsDb: 20, whiteDb: 30 };
  const first = simulate('pvc', { seed: 3, noise });
  expect(simulate('pvc', { seed: 3, noise })).toEqual(first);
  expect(simulate('pvc', { seed: 4, noise }).leads.II).not.toEqual(first.leads.II);
});

test.each(SCENARIOS)("%s keeps Einthoven's and Goldberger's identities, with noise too", (scenario) => {
  const { I, II, III, aVR, aVL, aVF } = simulate(scenario, { durationS: 4, noise: { whiteDb: 10, wanderDb: 5 } }).leads;
  for (let n = 0; n < I.length; n += 7) {
    const [i, ii] = [I[n] ?? 0, II[n] ?? 0];
    expect(III[n]).toBeCloseTo(ii - i, 5);
    expect(aVR[n]).toBeCloseTo(-(i + ii) / 2, 5);
    expect(aVL[n]).toBeCloseTo(i - ii / 2, 5);
    expect(aVF[n]).toBeCloseTo(ii - i / 2, 5);
  }
});

test('normal amplitudes are those of a normal ECG, mV', () => {
  const { leads } = simulate('sinus');
  expect(peak(leads.V5)).toBeGreaterThan(1);
  expect(peak(leads.V5)).toBeLessThan(1.8);
  expect(trough(leads.V1)).toBeGreaterThan(-1.5);
  expect(trough(leads.V1)).toBeLessThan(-0.7);
  expect(peak(leads.V1)).toBeLessThan(0.5);
  expect(peak(leads.II)).toBeGreaterThan(0.7);
});

test.each([30, 60, 100, 180])('a sinus rate of %i bpm is kept, and QT shortens with it', (rateBpm) => {
  const { beats, globalWaves } = simulate('sinus', { rateBpm, durationS: 60, samplingRateHz: 100 });
  expect(beats.length).toBeGreaterThanOrEqual(0.95 * rateBpm - 1);
  expect(beats.length).toBeLessThanOrEqual(1.05 * rateBpm + 1);
  const qt = meanOf(globalWaves.t.slice(0, 20).map((t, n) => t.offset - (globalWaves.qrs[n]?.onset ?? 0)));
  expect(qt / Math.cbrt(60 / rateBpm)).toBeGreaterThan(0.36);
  expect(qt / Math.cbrt(60 / rateBpm)).toBeLessThan(0.46);
});

const intervals = (scenario: Scenario) => {
  const { p, qrs } = simulate(scenario, { durationS: 20 }).globalWaves;
  const pr = p.flatMap(({ onset }) => {
    const next = qrs.find((wave) => wave.onset > onset);
    return next ? [1000 * (next.onset - onset)] : [];
  });
  return { prMs: meanOf(pr), qrsMs: meanOf(qrs.map((wave) => 1000 * (wave.offset - wave.onset))) };
};

test('the intervals that define a conduction disorder are there, ms', () => {
  const normal = intervals('sinus');
  expect(normal.prMs).toBeGreaterThan(120);
  expect(normal.prMs).toBeLessThan(200);
  expect(normal.qrsMs).toBeGreaterThan(70);
  expect(normal.qrsMs).toBeLessThan(110);
  expect(intervals('first-degree-av-block').prMs).toBeGreaterThan(220);
  expect(intervals('lbbb').qrsMs).toBeGreaterThan(130);
  expect(intervals('rbbb').qrsMs).toBeGreaterThan(120);
});

test('atrial fibrillation is irregular and has no P', () => {
  const { beats, globalWaves } = simulate('atrial-fibrillation', { durationS: 60 });
  const rr = beats.slice(1).map((beat, n) => beat.timeS - (beats[n]?.timeS ?? 0));
  expect(globalWaves.p).toEqual([]);
  expect(Math.max(...rr) - Math.min(...rr)).toBeGreaterThan(0.3);
});

test('a PVC comes early, without P, and a compensatory pause follows', () => {
  const { beats } = simulate('pvc', { durationS: 30 });
  const times = beats.map((beat) => beat.timeS);
  const gap = (n: number) => (times[n] ?? 0) - (times[n - 1] ?? 0);
  const ectopic = beats.flatMap((beat, n) => (beat.class === 'V' && n > 1 && n < beats.length - 1 ? [n] : []));
  expect(ectopic.length).toBeGreaterThan(2);
  for (const n of ectopic) {
    expect(gap(n)).toBeLessThan(0.75 * gap(n - 1));
    expect(gap(n) + gap(n + 1)).toBeCloseTo(2 * gap(n - 1), 0);
  }
});

test('the truth lies on the trace: the tallest sample near each QRS peak is at the peak', () => {
  const { leads, waves, samplingRateHz } = simulate('sinus');
  for (const { peak: peakS } of waves.V5.qrs) {
    const around = Math.round((peakS - 0.08) * samplingRateHz);
    const part = leads.V5.subarray(around, around + 80);
    const found = (around + part.indexOf(peak(part))) / samplingRateHz;
    expect(Math.abs(found - peakS)).toBeLessThanOrEqual(0.004);
  }
});

test('noise has the signal-to-noise ratio that was asked for', () => {
  const clean = simulate('sinus', { seed: 9 });
  const noisy = simulate('sinus', { seed: 9, noise: { whiteDb: 12 } });
  let [signal, noise] = [0, 0];
  for (const lead of LEADS) {
    const mean = meanOf([...clean.leads[lead]]);
    clean.leads[lead].forEach((v, n) => {
      signal += (v - mean) ** 2;
      noise += ((noisy.leads[lead][n] ?? 0) - v) ** 2;
    });
  }
  expect(10 * Math.log10(signal / noise)).toBeCloseTo(12, 1);
});

test('flat leads and gaps are what they say', () => {
  const { leads } = simulate('sinus', { flat: ['V2'], gaps: [{ lead: 'II', fromS: 1, toS: 2 }] });
  expect(leads.V2.every((v) => v === 0)).toBe(true);
  expect(leads.II.subarray(500, 1000).every(Number.isNaN)).toBe(true);
  expect(Number.isNaN(leads.II[499]) || Number.isNaN(leads.II[1000])).toBe(false);
});

test('a WFDB pair holds the samples within 0.5 µV', () => {
  const ecg = simulate('lbbb', { samplingRateHz: 257, durationS: 2, gaps: [{ lead: 'V1', fromS: 0, toS: 0.1 }] });
  const { hea, dat } = toWfdb('x', ecg, { leads: ['V1', 'II'], ageYears: 70, sex: 'male', simulated: 'LBBB' });
  const values = new Int16Array(dat.buffer);
  expect(hea.split('\n')[0]).toBe('x 2 257 514');
  expect(hea).toContain('#Age: 70\n#Sex: male\n#Simulated: LBBB\n');
  expect(values[0]).toBe(-32768);
  ecg.leads.II.forEach((mv, n) => {
    expect(Math.abs((values[2 * n + 1] ?? 0) / 1000 - mv)).toBeLessThanOrEqual(0.000501);
  });
});

test('the gallery has two files for every demo, and a list of them', () => {
  const files = galleryFiles();
  expect(files.size).toBe(2 * DEMOS.length + 1);
  expect(new Set(DEMOS.map(({ id }) => id)).size).toBe(DEMOS.length);
  expect(JSON.parse(String(files.get('index.json')))[0].files).toEqual(['normal.hea', 'normal.dat']);
});
