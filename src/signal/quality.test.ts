import { expect, test } from 'vitest';
import { type Ecg, LEADS, type Lead } from '../ecg';
import { type Scenario, type Simulated, type SimulationOptions, simulate } from '../simulator';
import { assessQuality } from './quality';

const CALM = { muscleDb: 24, wanderDb: 14 };

function ecgOf({ leads, samplingRateHz, durationS }: Simulated, names: readonly Lead[] = LEADS, unit = 'mV'): Ecg {
  const one = (lead: Lead) => ({ name: lead, lead, unit, samplingRateHz, derived: false, samples: leads[lead] });
  return { startS: 0, durationS, leads: names.map(one) };
}

const issuesOf = (ecg: Ecg, name: Lead) => assessQuality(ecg).leads.find((lead) => lead.name === name)?.issues;

/** The simulated ECG with one lead's samples replaced. */
function altered(simulated: Simulated, lead: Lead, value: (mv: number, timeS: number) => number): Simulated {
  const samples = simulated.leads[lead].map((mv, n) => value(mv, n / simulated.samplingRateHz));
  return { ...simulated, leads: { ...simulated.leads, [lead]: samples } };
}

const BEATING: readonly (readonly [Scenario, SimulationOptions])[] = [
  ['sinus', {}],
  ['sinus', { rateBpm: 30 }],
  ['sinus', { rateBpm: 35 }],
  ['sinus', { rateBpm: 180 }],
  ['atrial-fibrillation', {}],
  ['atrial-fibrillation', { rateBpm: 160 }],
  ['pvc', {}],
  ['lbbb', {}],
  ['lbbb', { rateBpm: 170 }],
  ['rbbb', {}],
  ['lvh', {}],
  ['anterior-stemi', {}],
  ['inferior-stemi', { rateBpm: 45 }],
];

test.each(BEATING)('%s %o is acceptable and has a heartbeat', (scenario, options) => {
  const clean = simulate(scenario, { ...options, samplingRateHz: 250 });
  const noisy = simulate(scenario, { ...options, samplingRateHz: 250, seed: 2, noise: CALM });
  for (const ecg of [ecgOf(clean), ecgOf(noisy), ecgOf(noisy, ['I'])]) {
    expect(assessQuality(ecg)).toMatchObject({ acceptable: true, chaotic: false, reason: null, score: 1 });
  }
});

const SILENT: readonly (readonly [Scenario, SimulationOptions])[] = [
  ['asystole', {}],
  ['asystole', { noise: { whiteDb: 18, wanderDb: 6 } }],
  ['ventricular-fibrillation', {}],
  ['ventricular-fibrillation', { noise: CALM }],
];

test.each(SILENT)('%s %o is no heartbeat, in all leads and in one', (scenario, options) => {
  for (const seed of [1, 2]) {
    const simulated = simulate(scenario, { ...options, seed, samplingRateHz: 250 });
    expect(assessQuality(ecgOf(simulated))).toMatchObject({ acceptable: false, chaotic: true });
    expect(assessQuality(ecgOf(simulated, ['II'])).chaotic).toBe(true);
  }
});

test('each issue is named in its lead, and one bad lead of twelve does not block the ECG', () => {
  const simulated = simulate('sinus', { noise: CALM, flat: ['V2'], gaps: [{ lead: 'V3', fromS: 2, toS: 3 }] });
  expect(issuesOf(ecgOf(simulated), 'V2')).toEqual(['flat']);
  expect(issuesOf(ecgOf(simulated), 'V3')).toEqual(['gaps']);
  expect(issuesOf(ecgOf(simulated), 'II')).toEqual([]);
  expect(assessQuality(ecgOf(simulated))).toMatchObject({ acceptable: true, score: 11 / 12 });
  const cases = [
    ['missing', altered(simulated, 'V5', (mv, t) => (t < 6 ? Number.NaN : mv))],
    ['clipped', altered(simulated, 'V5', (mv) => Math.min(mv, 0.15))],
    ['noise', altered(simulated, 'V5', (mv, t) => mv + 0.4 * Math.sin(2 * Math.PI * 50 * t))],
    ['wander', altered(simulated, 'V5', (mv, t) => mv + 2 * Math.sin(2 * Math.PI * 0.2 * t))],
  ] as const;
  for (const [issue, bad] of cases) expect(issuesOf(ecgOf(bad), 'V5')).toContain(issue);
});

test('hum at 50 or 60 Hz, a loose electrode and a QRS too low to judge are named; less of each is not', () => {
  const simulated = simulate('sinus', { noise: CALM });
  const issues = (value: (mv: number, timeS: number) => number) =>
    issuesOf(ecgOf(altered(simulated, 'V5', value)), 'V5');
  const hum = (hz: number, amplitude: number) => issues((mv, t) => mv + amplitude * Math.sin(2 * Math.PI * hz * t));
  expect(hum(50, 0.03)).toEqual(['mains']);
  expect(hum(60, 0.03)).toEqual(['mains']);
  expect(hum(50, 0.015)).toEqual([]);
  expect(hum(55, 0.03)).toEqual([]);
  expect(issues((mv, t) => (t > 4 && t < 7 ? 0.3 : mv))).toEqual(['loose']);
  expect(issues((mv, t) => (t > 4 && t < 5.4 ? 0.3 : mv))).toEqual([]);
  expect(issues((mv, t) => (t > 9 ? mv + 3 : mv))).toContain('loose');
  expect(issues((mv, t) => (t > 9 ? mv + 1.5 : mv))).toEqual([]);
  expect(issues((mv) => 0.05 * mv)).toEqual(['low']);
  expect(assessQuality(ecgOf(altered(simulated, 'V5', (mv) => 0.05 * mv))).score).toBe(1);
});

test('a lead without absolute voltage is held against no limit in mV', () => {
  const simulated = simulate('sinus', { noise: CALM });
  const tiny = altered(simulated, 'II', (mv) => mv / 1000);
  const large = altered(simulated, 'II', (mv) => 200 * mv);
  for (const ecg of [tiny, large]) {
    expect(assessQuality(ecgOf(ecg, ['II'], 'NU'))).toMatchObject({ acceptable: true, chaotic: false, score: 1 });
  }
  expect(assessQuality(ecgOf(tiny, ['II'])).chaotic).toBe(true);
});

test('the reason names the loose electrode', () => {
  let disturbed = simulate('sinus', { noise: CALM });
  for (const lead of ['I', 'II', 'aVR', 'aVL', 'aVF', 'V1', 'V2'] as const) {
    disturbed = altered(disturbed, lead, (mv, t) => mv + 3 * Math.sin(2 * Math.PI * 0.3 * t));
  }
  const { acceptable, reason } = assessQuality(ecgOf(disturbed));
  expect(acceptable).toBe(false);
  expect(reason).toContain('right arm electrode');
});

test('nothing recorded is not acceptable, and no verdict on the heart', () => {
  const missing = altered(simulate('sinus'), 'II', () => Number.NaN);
  for (const ecg of [ecgOf(missing, ['II']), { startS: 0, durationS: 10, leads: [] }]) {
    expect(assessQuality(ecg)).toMatchObject({
      acceptable: false,
      chaotic: false,
      score: 0,
      reason: 'No lead has a signal.',
    });
  }
});

test('a stretch too short for a beat is not called chaotic', () => {
  expect(assessQuality(ecgOf(simulate('sinus', { durationS: 1 }))).chaotic).toBe(false);
});
