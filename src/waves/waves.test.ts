import { expect, test, vi } from 'vitest';
import type { Ecg, Lead } from '../ecg';
import { type Scenario, type Simulated, type SimulationOptions, simulate } from '../simulator';
import { measure } from './index';

vi.setConfig({ testTimeout: 60_000 });

/** Two beats are the same within this, seconds (ANSI/AAMI EC57). */
const MATCH_S = 0.15;

function ecgOf({ leads, samplingRateHz, durationS }: Simulated, names: readonly Lead[], startS = 0): Ecg {
  const one = (lead: Lead) =>
    ({ name: lead, lead, unit: 'mV', samplingRateHz, derived: false, samples: leads[lead] }) as const;
  return { startS, durationS, leads: names.map(one) };
}

/** Found beats that are true, and true beats that were found, as counts; beats at the very edges are nobody's. */
function agreement(found: readonly number[], simulated: Simulated) {
  const inside = (timeS: number) => timeS > 0.25 && timeS < simulated.durationS - 0.25;
  const truth = simulated.beats.map(({ timeS }) => timeS);
  const near = (timeS: number, others: readonly number[]) => others.some((other) => Math.abs(other - timeS) <= MATCH_S);
  return {
    missed: truth.filter((timeS) => inside(timeS) && !near(timeS, found)),
    extra: found.filter((timeS) => inside(timeS) && !near(timeS, truth)),
  };
}

const TWELVE = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;
const NOISE = { muscleDb: 14, wanderDb: 3, mainsDb: 16 };
const CASES: readonly (readonly [Scenario, SimulationOptions])[] = [
  ...[30, 45, 75, 120, 180, 220].map((rateBpm) => ['sinus', { rateBpm }] as const),
  ['atrial-fibrillation', {}],
  ['atrial-fibrillation', { rateBpm: 150 }],
  ['pvc', {}],
  ['first-degree-av-block', {}],
  ['lbbb', {}],
  ['rbbb', {}],
  ['lvh', {}],
  ['anterior-stemi', {}],
  ['inferior-infarct', {}],
];

test.each(CASES)(
  'every beat of %s %o is found, and no other, in all leads, in noise, and in one lead',
  (scenario, options) => {
    const clean = simulate(scenario, { ...options, durationS: 12, samplingRateHz: 250 });
    const noisy = simulate(scenario, { ...options, seed: 2, durationS: 12, samplingRateHz: 250, noise: NOISE });
    // The simulated PVC is almost isoelectric in lead I.
    const single = scenario === 'pvc' ? 'II' : 'I';
    const ways = [
      [clean, TWELVE],
      [noisy, TWELVE],
      [clean, [single]],
    ] as const;
    for (const [ecg, leads] of ways) {
      expect(agreement(measure(ecgOf(ecg, leads)).beats, ecg)).toEqual({ missed: [], extra: [] });
    }
  },
);

test.each([100, 257, 500, 1000])('rate and RR are those simulated, at %i Hz', (samplingRateHz) => {
  const simulated = simulate('sinus', { rateBpm: 70, samplingRateHz, durationS: 15 });
  const times = simulated.beats.map(({ timeS }) => timeS);
  const meanRrMs = (1000 * ((times.at(-1) ?? 0) - (times[0] ?? 0))) / (times.length - 1);
  const { measurements, beats } = measure(ecgOf(simulated, ['II', 'V5']));
  expect(beats.length).toBe(times.length);
  expect(Math.abs((measurements.rhythm.meanRrMs ?? 0) - meanRrMs)).toBeLessThan(3);
  expect(Math.abs((measurements.heartRateBpm ?? 0) - 60_000 / meanRrMs)).toBeLessThan(0.3);
});

test('low voltage changes nothing', () => {
  const simulated = simulate('sinus', { durationS: 20 });
  const leads = { ...simulated.leads, II: simulated.leads.II.map((v) => 0.1 * v) };
  const low = { ...simulated, leads };
  expect(agreement(measure(ecgOf(low, ['II'])).beats, simulated)).toEqual({ missed: [], extra: [] });
});

test('beats are counted from the start of the recording', () => {
  const simulated = simulate('sinus');
  const [first = 0] = measure(ecgOf(simulated, ['II'])).beats;
  expect(measure(ecgOf(simulated, ['II'], 3600)).beats[0]).toBeCloseTo(3600 + first, 6);
});

test('sinus rhythm is regular, fibrillation is not, and two beats say nothing', () => {
  const regularity = (scenario: Scenario, options: SimulationOptions = {}) =>
    measure(ecgOf(simulate(scenario, options), TWELVE)).measurements.rhythm.regularity;
  expect(regularity('sinus')).toBe('regular');
  expect(regularity('lbbb', { noise: NOISE })).toBe('regular');
  expect(regularity('atrial-fibrillation')).toBe('irregular');
  expect(regularity('pvc')).toBe('irregular');
  expect(regularity('sinus', { durationS: 2.5 })).toBeNull();
});

test('a gap holds no beats and is no pause of the rhythm', () => {
  const gaps = [{ lead: 'II', fromS: 5, toS: 12 }] as const;
  const simulated = simulate('sinus', { durationS: 20, gaps });
  const { beats, measurements } = measure(ecgOf(simulated, ['II']));
  expect(beats.filter((timeS) => timeS > 5 && timeS < 12)).toEqual([]);
  expect(measurements.heartRateBpm ?? 0).toBeGreaterThan(62);
  expect(measurements.heartRateBpm ?? 0).toBeLessThan(70);
});

test('a pressure channel is not searched, an empty ECG has nothing', () => {
  const { leads } = ecgOf(simulate('sinus'), ['II']);
  const pressure = leads.map((lead) => ({ ...lead, lead: null, unit: 'mmHg' }));
  for (const nothing of [pressure, []]) {
    const { beats, measurements } = measure({ startS: 0, durationS: 10, leads: nothing });
    expect(beats).toEqual([]);
    expect(measurements.heartRateBpm).toBeNull();
    expect(measurements.rhythm.regularity).toBeNull();
  }
});

test('minutes of two leads, weighed in many chunks, lose no beats', () => {
  const simulated = simulate('pvc', { durationS: 180, samplingRateHz: 125, noise: { whiteDb: 20 } });
  const { missed, extra } = agreement(measure(ecgOf(simulated, ['II', 'V1'])).beats, simulated);
  expect(missed.length + extra.length).toBeLessThanOrEqual(0.005 * simulated.beats.length);
});

test('the longest pause may be at either end, and a gap in the signal is none', () => {
  const flatAfter = (fromS: number) => {
    const simulated = simulate('sinus', { durationS: 20 });
    const ecg = ecgOf(simulated, ['II']);
    for (const { samples, samplingRateHz } of ecg.leads) samples.fill(0, Math.round(fromS * samplingRateHz));
    return measure(ecg);
  };
  const arrest = flatAfter(12);
  expect(arrest.longestPause?.startS).toBeCloseTo(arrest.beats.at(-1) ?? Number.NaN, 6);
  expect(arrest.longestPause?.lengthS).toBeGreaterThan(7.5);

  const gaps = [{ lead: 'II', fromS: 5, toS: 12 }] as const;
  const gapped = measure(ecgOf(simulate('sinus', { durationS: 20, gaps }), ['II']));
  expect(gapped.longestPause?.lengthS).toBeLessThan(2);
});
