import { expect, test, vi } from 'vitest';
import { simulate } from '../simulator';
import { measure } from './index';
import { delineationOf, ecgOf } from './testing/truth';

vi.setConfig({ testTimeout: 60_000 });

const of = (...given: Parameters<typeof simulate>) => {
  const simulated = simulate(...given);
  return { simulated, ...measure(ecgOf(simulated), delineationOf(simulated)) };
};

/** Root mean square of the difference where both have samples. */
function distance(a: Float32Array, b: Float32Array, shift: number): number {
  const squares = [...a].flatMap((v, n) => {
    const other = b[n + shift] ?? Number.NaN;
    return Number.isNaN(v) || Number.isNaN(other) ? [] : [(v - other) ** 2];
  });
  return Math.sqrt(squares.reduce((sum, v) => sum + v, 0) / squares.length);
}

test('the median beat of a noisy ECG is that of the clean one, far nearer than a single beat', () => {
  const clean = of('sinus', { seed: 3, durationS: 30 });
  const noisy = of('sinus', { seed: 3, durationS: 30, noise: { muscleDb: 14, wanderDb: 3, mainsDb: 16 } });
  for (const [n, usual] of clean.medianBeats.entries()) {
    const other = noisy.medianBeats[n];
    if (!other) throw new Error('a lead is missing');
    expect(other.lead).toBe(usual.lead);
    const shift = Math.round((usual.startS - other.startS) * usual.samplingRateHz);
    const signal = noisy.simulated.leads[usual.lead];
    const at = Math.round(((other.beatTimesS[4] ?? 0) + other.startS) * other.samplingRateHz);
    const single = signal.subarray(at, at + other.samples.length);
    const size = Math.max(...usual.samples.map(Math.abs));
    expect(distance(usual.samples, other.samples, shift)).toBeLessThan(0.06 * size);
    expect(distance(usual.samples, other.samples, shift)).toBeLessThan(0.6 * distance(usual.samples, single, shift));
  }
});

test('its marks are the intervals, and its beats those of the dominant shape alone', () => {
  const { medianBeats, measurements, simulated } = of('pvc', { seed: 2, durationS: 20 });
  const early = simulated.beats.filter((beat) => beat.class !== 'N').map(({ timeS }) => timeS);
  expect(early.length).toBeGreaterThan(0);
  expect(medianBeats.map(({ lead }) => lead).length).toBe(12);
  for (const { lead, beatTimesS, p, qrs, t } of medianBeats) {
    expect(beatTimesS.some((timeS) => early.some((other) => Math.abs(other - timeS) < 0.1))).toBe(false);
    expect(beatTimesS.length).toBeGreaterThan(8);
    if (lead !== 'II') continue;
    const ms = (from: number | undefined, to: number | undefined) => 1000 * ((to ?? 0) - (from ?? 0));
    expect(Math.abs(ms(p?.onset, qrs?.onset) - (measurements.prMs ?? 0))).toBeLessThan(15);
    expect(Math.abs(ms(qrs?.onset, t?.offset) - (measurements.qtMs ?? 0))).toBeLessThan(25);
    expect(qrs?.onset).toBeLessThan(0);
    expect(qrs?.offset).toBeGreaterThan(0);
  }
});

test('wander does not blur it, its level before the QRS is 0, and a gap costs only the beats in it', () => {
  const gaps = [{ lead: 'V2', fromS: 3, toS: 6 }] as const;
  const { medianBeats } = of('sinus', { seed: 5, durationS: 12, gaps, noise: { wanderDb: 0 } });
  const [two, gapped] = (['II', 'V2'] as const).map((lead) => medianBeats.find((beat) => beat.lead === lead));
  expect(gapped?.beatTimesS.length).toBeLessThan(two?.beatTimesS.length ?? 0);
  expect(gapped?.samples.some(Number.isNaN)).toBe(false);
  const at = (s: number) => Math.round((s - (two?.startS ?? 0)) * (two?.samplingRateHz ?? 0));
  const onset = two?.qrs?.onset ?? 0;
  const before = two?.samples.subarray(at(onset - 0.02), at(onset)) ?? new Float32Array();
  expect(Math.abs(before.reduce((sum, v) => sum + v, 0) / before.length)).toBeLessThan(0.02);
});

test('with one beat there is none; without a delineator it has no marks', () => {
  expect(measure(ecgOf(simulate('sinus'))).medianBeats[1]).toMatchObject({ lead: 'II', p: null, qrs: null, t: null });
  expect(of('sinus', { durationS: 1.6, rateBpm: 50 }).medianBeats).toEqual([]);
});

test('beat times count from the start of the recording', () => {
  const simulated = simulate('sinus', { seed: 7 });
  const here = measure(ecgOf(simulated), delineationOf(simulated)).medianBeats[1];
  const later = measure(ecgOf(simulated, ['II'], 3600), delineationOf(simulated, ['II'], 3600)).medianBeats[0];
  expect(Math.abs((later?.beatTimesS[1] ?? 0) - 3600 - (here?.beatTimesS[1] ?? 0))).toBeLessThan(0.01);
});
