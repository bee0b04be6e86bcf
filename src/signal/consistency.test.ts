import { expect, test } from 'vitest';
import { type Ecg, LEADS, type Lead } from '../ecg';
import { type Simulated, simulate } from '../simulator';
import { signalWarnings } from './consistency';

const NOISE = { muscleDb: 14, wanderDb: 3, mainsDb: 12 };

/** The simulated ECG as a recording rounded to `stepMv`, each lead read from the one that `from` names. */
function ecgOf(
  simulated: Simulated,
  { stepMv = 0.001, gain = 1, from = {} as Partial<Record<Lead, Lead>>, derived = false } = {},
): Ecg {
  const { samplingRateHz, durationS, leads } = simulated;
  const one = (lead: Lead) => ({
    name: lead,
    lead,
    unit: 'mV',
    samplingRateHz,
    derived: derived && lead !== 'I' && lead !== 'II',
    samples: leads[from[lead] ?? lead].map((v) => gain * stepMv * Math.round(v / stepMv)),
  });
  return { startS: 0, durationS, leads: LEADS.map(one) };
}

const told = (ecg: Ecg) =>
  signalWarnings(ecg)
    .map(({ code, message }) => `${code} ${message}`)
    .join(' ');

test.each(['sinus', 'lbbb', 'lvh', 'anterior-stemi', 'atrial-fibrillation', 'pvc'] as const)(
  '%s keeps the identities and has a plausible unit, coarsely rounded and noisy too',
  (scenario) => {
    expect(told(ecgOf(simulate(scenario, { noise: NOISE }), { stepMv: 0.02 }))).toBe('');
    expect(told(ecgOf(simulate(scenario)))).toBe('');
  },
);

test('III that is not II − I is told, and two augmented leads under each other’s name by their names', () => {
  const simulated = simulate('sinus', { noise: { muscleDb: 20 } });
  expect(told(ecgOf(simulated, { from: { III: 'V1' } }))).toMatch(
    /LIMB_LEADS_INCONSISTENT III is not II − I \(differs/,
  );
  expect(told(ecgOf(simulated, { from: { aVL: 'aVF', aVF: 'aVL' } }))).toMatch(/aVL and aVF are exchanged/);
  expect(told(ecgOf(simulated, { from: { III: 'V1' }, derived: true }))).toBe('');
});

test('a lead that is off by less than the rounding is not told', () => {
  const simulated = simulate('sinus');
  const off = simulated.leads.III.map((v, n) => v + (n % 2 ? 0.002 : -0.002));
  expect(told(ecgOf({ ...simulated, leads: { ...simulated.leads, III: off } }, { stepMv: 0.005 }))).toBe('');
});

test('Units? under 0.1 mV and over 8 mV, where beats are seen', () => {
  const sinus = simulate('sinus', { noise: { muscleDb: 24 } });
  expect(told(ecgOf(sinus, { gain: 0.05 }))).toMatch(/^UNITS_DOUBTFUL Units\?/);
  expect(told(ecgOf(sinus, { gain: 0.001 }))).toMatch(/^UNITS_DOUBTFUL/);
  expect(told(ecgOf(sinus, { gain: 1000 }))).toMatch(/^UNITS_DOUBTFUL/);
  expect(told(ecgOf(sinus, { gain: 3 }))).toBe('');
  expect(told(ecgOf(simulate('asystole', { noise: { whiteDb: 18 } })))).toBe('');
});
