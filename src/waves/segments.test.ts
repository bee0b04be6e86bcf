import { expect, test } from 'vitest';
import { type Lead, WAVE_CLASSES, type WaveMap } from '../ecg';
import { segmentsOf } from './segments';
import { mapOf, RULES } from './testing/truth';

const wave = (onset: number, offset: number) => ({ onset, peak: (onset + offset) / 2, offset });
const NOTHING = { p: [], qrs: [], t: [] };
const BEAT = { p: [wave(0.4, 0.5)], qrs: [wave(0.56, 0.65)], t: [wave(0.8, 1)] };

const times = (maps: readonly WaveMap[], lead: Lead = 'II') =>
  (segmentsOf(maps, RULES).get(lead) ?? []).map(
    ({ kind, onset, offset }) => `${kind} ${(onset / 250).toFixed(3)}–${(offset / 250).toFixed(3)}`,
  );

test('boundaries are found between the samples', () => {
  const odd = { ...NOTHING, qrs: [wave(0.5613, 0.6507)] };
  expect(times([mapOf('II', odd, 2)])).toEqual(['qrs 0.561–0.651']);
});

test('segments with a short gap are one, short segments are none', () => {
  const broken = { ...NOTHING, qrs: [wave(0.5, 0.54), wave(0.57, 0.62), wave(1, 1.02)] };
  expect(times([mapOf('II', broken, 2)])).toEqual(['qrs 0.500–0.620']);
});

test('a QRS that one lead alone sees is none, and a T without QRS is none', () => {
  const others = (['I', 'V1', 'V2', 'V3'] as const).map((lead) => mapOf(lead, NOTHING, 2));
  expect(times([mapOf('II', BEAT, 2), ...others])).toEqual([]);
  const seen = (['I', 'V1', 'V2', 'V3'] as const).map((lead) => mapOf(lead, BEAT, 2));
  expect(times([mapOf('II', { ...BEAT, qrs: [] }, 2), ...seen])).toEqual(['p 0.400–0.500']);
});

test('of two T between two QRS the heavier stays, and every P', () => {
  const next = { p: [wave(1.2, 1.3), wave(1.4, 1.5)], qrs: [wave(1.56, 1.65)], t: [wave(1.8, 1.95)] };
  const doubled = {
    p: [...BEAT.p, ...next.p],
    qrs: [...BEAT.qrs, ...next.qrs],
    t: [...BEAT.t, wave(1.08, 1.14), ...next.t],
  };
  expect(times([mapOf('II', doubled, 3)]).filter((text) => !text.startsWith('qrs'))).toEqual([
    'p 0.400–0.500',
    't 0.800–1.000',
    'p 1.200–1.300',
    'p 1.400–1.500',
    't 1.800–1.950',
  ]);
});

test('of two QRS within the refractory time the heavier stays', () => {
  expect(times([mapOf('II', { ...NOTHING, qrs: [wave(0.5, 0.54), wave(0.6, 0.7)] }, 2)])).toEqual(['qrs 0.600–0.700']);
});

test('no P at all where most beats have none before them', () => {
  const at = (shift: number) => wave(0.56 + shift, 0.65 + shift);
  const qrs = [0, 0.8, 1.6, 2.4].map(at);
  const one = { ...NOTHING, qrs, p: [wave(1.2, 1.3)] };
  expect(times([mapOf('II', one, 4)]).filter((text) => text.startsWith('p'))).toEqual([]);
  const most = { ...one, p: [0.4, 1.2, 2].map((onset) => wave(onset, onset + 0.1)) };
  expect(times([mapOf('II', most, 4)]).filter((text) => text.startsWith('p')).length).toBe(3);
});

test('P is judged in stretches of 20 s: fibrillation that comes and goes takes no P from the rest', () => {
  const times60 = Array.from({ length: 60 }, (_, n) => n + 0.5);
  const isFibrillating = (timeS: number) => timeS > 20 && timeS < 40;
  const qrs = times60.map((timeS) => wave(timeS, timeS + 0.09));
  const imagined = (timeS: number) => Math.floor(timeS) % 4 === 0;
  const p = times60
    .filter((timeS) => !isFibrillating(timeS) || imagined(timeS))
    .map((timeS) => wave(timeS - 0.16, timeS - 0.06));
  const found = (segmentsOf([mapOf('II', { ...NOTHING, qrs, p }, 60)], RULES).get('II') ?? []).filter(
    ({ kind }) => kind === 'p',
  );
  expect(found.length).toBe(40);
  expect(found.some(({ onset }) => isFibrillating(onset / 250))).toBe(false);
});

test('a lead without signal has no waves and no voice', () => {
  const silent = (lead: Lead): WaveMap => ({
    lead,
    startS: 0,
    samplingRateHz: 250,
    probabilities: new Float32Array(500 * WAVE_CLASSES.length),
  });
  const maps = [mapOf('II', BEAT, 2), ...(['I', 'V1', 'V2', 'V3'] as const).map(silent)];
  expect(times(maps).length).toBe(3);
  expect(times(maps, 'V1')).toEqual([]);
});
