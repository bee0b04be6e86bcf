import { expect, test } from 'vitest';
import { LEADS, type Lead, type Measurements, type MedianBeat } from '../ecg';
import { type Scenario, simulate } from '../simulator';
import { measure, NO_WAVES } from '../waves';
import { delineationOf, ecgOf } from '../waves/testing/truth';
import { suspectedExchange, withoutAxes } from './electrodes';
import { ranges } from './ranges';

const of = (scenario: Scenario) => {
  const simulated = simulate(scenario, { noise: { muscleDb: 24, wanderDb: 10 } });
  return measure(ecgOf(simulated), delineationOf(simulated));
};

/** The median beats with I and II made anew and the chest leads under other names; the other limb leads are not looked at. */
function altered(
  beats: readonly MedianBeat[],
  limbs: (one: number, two: number) => readonly [number, number],
  rename: Partial<Record<Lead, Lead>> = {},
): readonly MedianBeat[] {
  const [I, II] = (['I', 'II'] as const).map((name) => beats.find(({ lead }) => lead === name)?.samples);
  const made = (k: 0 | 1) => Float32Array.from(I ?? [], (v, n) => limbs(v, II?.[n] ?? 0)[k]);
  return beats.map((beat) => {
    if (beat.lead === 'I') return { ...beat, samples: made(0) };
    if (beat.lead === 'II') return { ...beat, samples: made(1) };
    return { ...beat, lead: rename[beat.lead] ?? beat.lead };
  });
}

const SCENARIOS = [
  'sinus',
  'lbbb',
  'pvc',
  'first-degree-av-block',
  'lvh',
  'rbbb',
  'inferior-infarct',
  'anterior-stemi',
  'atrial-fibrillation',
] as const;

test.each(SCENARIOS)('%s: nothing is suspected as recorded, exchanged arms are, and arm and leg', (scenario) => {
  const { medianBeats, measurements } = of(scenario);
  expect(suspectedExchange(medianBeats, measurements)).toBeNull();
  const arms = altered(medianBeats, (one, two) => [-one, two - one]);
  expect(suspectedExchange(arms, measurements)?.message).toMatch(/right and left arm/);
  const armAndLeg = altered(medianBeats, (one, two) => [one - two, -two]);
  expect(suspectedExchange(armAndLeg, measurements)).toMatchObject({ which: 'limb' });
});

test('chest leads far apart under each other’s name are suspected, and a limb lead without signal', () => {
  const { medianBeats, measurements } = of('sinus');
  const same = (one: number, two: number) => [one, two] as const;
  const chest = altered(medianBeats, same, { V1: 'V5', V5: 'V1' });
  expect(suspectedExchange(chest, measurements)).toMatchObject({
    which: 'chest',
    message: expect.stringMatching(/V1 and V5/),
  });
  const empty = altered(medianBeats, (one) => [one, 0.02 * one]);
  expect(suspectedExchange(empty, measurements)?.message).toMatch(/right arm and right leg.*lead II/);
  const low = altered(medianBeats, (one) => [one, 0.3 * one]);
  expect(suspectedExchange(low, measurements)?.message ?? '').not.toMatch(/all but empty/);
});

test('a broad QRS without P is not judged, nor fewer leads, nor leads without a voltage', () => {
  const { medianBeats, measurements } = of('sinus');
  const arms = altered(medianBeats, (one, two) => [-one, two - one]);
  expect(suspectedExchange(arms, { ...measurements, pMs: null, qrsMs: 119 })).not.toBeNull();
  expect(suspectedExchange(arms, { ...measurements, pMs: null, qrsMs: 120 })).toBeNull();
  expect(suspectedExchange(arms, { ...measurements, qrsMs: 120 })).not.toBeNull();
  expect(
    suspectedExchange(
      arms.filter(({ lead }) => lead !== 'V3'),
      measurements,
    ),
  ).toBeNull();
  expect(
    suspectedExchange(
      arms.map((beat) => ({ ...beat, unit: 'NU' })),
      measurements,
    ),
  ).toBeNull();
  for (const flat of LEADS.slice(6)) {
    const without = medianBeats.map((beat) =>
      beat.lead === flat ? { ...beat, samples: beat.samples.map(() => 0) } : beat,
    );
    expect(suspectedExchange(without, measurements)).toBeNull();
  }
  expect(LEADS.length).toBe(medianBeats.length);
});

test('exchanged limbs withhold the axes, and the range says why; exchanged chest leads do not', () => {
  const m: Measurements = { ...NO_WAVES.measurements, pAxisDeg: 50, qrsAxisDeg: 40, tAxisDeg: 30 };
  const limb = { which: 'limb', message: 'why' } as const;
  expect(withoutAxes(m, limb)).toMatchObject({ pAxisDeg: null, qrsAxisDeg: null, tAxisDeg: null });
  expect(withoutAxes(m, { which: 'chest', message: '' })).toBe(m);
  const man = { ageYears: 50, sex: 'male' } as const;
  expect(ranges(m, man, 10, limb).qrsAxisDeg).toMatchObject({ word: null, high: null, note: 'Withheld: why.' });
  expect(ranges(m, man, 10).qrsAxisDeg?.word).toBe('normal');
});

test('left arm and left leg are told by a P that is taller in I and ends upright in III, and by neither sign alone', () => {
  const { medianBeats, measurements } = of('sinus');
  const p = medianBeats.find(({ lead }) => lead === 'II')?.p;
  if (!p) throw new Error('II has no P.');
  /** P waves of half a sine `one` and `two` mV high in I and II, and a whole one of `both` mV that II has more of. */
  const withP = (one: number, two: number, both: number) =>
    medianBeats.map((beat) => {
      const height = beat.lead === 'I' ? one : two;
      if (beat.lead !== 'I' && beat.lead !== 'II') return beat;
      const samples = beat.samples.map((v, n) => {
        const share = (beat.startS + n / beat.samplingRateHz - p.onset) / (p.offset - p.onset);
        const extra = beat.lead === 'II' ? both * Math.sin(2 * Math.PI * share) : 0;
        if (share < -0.1 || share > 1.1) return v;
        return share < 0 || share > 1 ? 0 : height * Math.sin(Math.PI * share) + extra;
      });
      return { ...beat, samples };
    });
  const told = suspectedExchange(withP(0.15, 0.05, -0.09), measurements);
  expect(told).toMatchObject({ which: 'limb', message: expect.stringMatching(/left arm and left leg/) });
  expect(suspectedExchange(withP(0.15, 0.05, 0.09), measurements)).toBeNull();
  expect(suspectedExchange(withP(0.09, 0.15, -0.09), measurements)).toBeNull();
});
