import { expect, test } from 'vitest';
import type { Measurements, Quality, Sex } from '../ecg';
import { type Scenario, simulate } from '../simulator';
import { random } from '../simulator/random';
import { measure, NO_WAVES } from '../waves';
import { changed, delineationOf, ecgOf } from '../waves/testing/truth';
import { alerts } from './alerts';

const GOOD: Quality = { acceptable: true, score: 1, leads: [], reason: null, chaotic: false };
const NOTHING: Measurements = { ...NO_WAVES.measurements, heartRateBpm: 70, qrsMs: 90 };

const codes = (measurements: Partial<Measurements>, ageYears: number | null = null, sex: Sex = 'unknown') =>
  alerts({ ...NOTHING, ...measurements }, null, GOOD, { ageYears, sex }).map(({ code }) => code);

const qtc = (fridericia: number) => ({ ...NOTHING.qtcMs, fridericia });

test('a QTc of 500 ms, wide QRS over 120 bpm and two blocked P alert; a little less does not', () => {
  expect(codes({ qtcMs: qtc(500) })).toEqual(['QTC_LONG']);
  expect(codes({ qtcMs: qtc(499) })).toEqual([]);
  expect(codes({ heartRateBpm: 121, qrsMs: 120 })).toEqual(['WIDE_QRS_TACHYCARDIA']);
  expect(codes({ heartRateBpm: 120, qrsMs: 150 })).toEqual([]);
  expect(codes({ heartRateBpm: 140, qrsMs: 119 })).toEqual([]);
  expect(codes({ blockedP: 2, atrialRateBpm: 80 })).toEqual(['AV_BLOCK_SUSPECTED']);
  expect(codes({ blockedP: 1, atrialRateBpm: 80 })).toEqual([]);
});

test.each<[string, Measurements['st'], number | null, Sex, boolean]>([
  ['inferior', { II: 0.1, aVF: 0.1 }, 60, 'male', true],
  ['one lead', { II: 0.3, aVF: 0.09 }, 60, 'male', false],
  ['not contiguous', { II: 0.2, V5: 0.2 }, 60, 'male', false],
  ['V2 and V3, older man', { V2: 0.2, V3: 0.2 }, 40, 'male', true],
  ['V2 and V3, older man, less', { V2: 0.19, V3: 0.2 }, 40, 'male', false],
  ['V2 and V3, younger man', { V2: 0.24, V3: 0.24 }, 39, 'male', false],
  ['V2 and V3, younger man, more', { V2: 0.25, V3: 0.25 }, 39, 'male', true],
  ['V2 and V3, woman', { V2: 0.15, V3: 0.15 }, 30, 'female', true],
  ['V2 and V3, unknown', { V2: 0.15, V3: 0.15 }, null, 'unknown', true],
  ['V2 and V3, man of unknown age', { V2: 0.2, V3: 0.2 }, null, 'male', true],
  ['a child', { V2: 0.3, V3: 0.3 }, 15, 'male', false],
  ['depression', { II: -0.2, aVF: -0.2 }, 60, 'male', false],
])('ST elevation: %s', (_, st, ageYears, sex, isElevation) => {
  expect(codes({ st }, ageYears, sex)).toEqual(isElevation ? ['ST_ELEVATION'] : []);
});

test('the message names leads and millivolts, and says where the limits do not apply', () => {
  const message = (qrsMs: number) =>
    alerts({ ...NOTHING, qrsMs, st: { II: 0.12, aVF: 0.15, III: 0.178, V4: 0.2 } }, null, GOOD)[0]?.message;
  expect(message(90)).toBe('ST elevation in II (0.12 mV), III (0.18 mV), aVF (0.15 mV).');
  expect(message(140)).toMatch(/QRS 140 ms: the limits for infarction do not apply\.$/);
});

test('with the voltage of hypertrophy ST elevation is told with caution, not in the young', () => {
  const high = {
    ...NOTHING,
    st: { V1: 0.2, V2: 0.3 },
    amplitudes: { V1: { rMv: 0, sMv: 1.6 }, V5: { rMv: 2, sMv: 0 } },
  };
  const message = (ageYears: number) => alerts(high, null, GOOD, { ageYears, sex: 'female' })[0]?.message;
  expect(message(60)).toMatch(/caution: QRS voltage/);
  expect(message(30)).toBe('ST elevation in V1 (0.20 mV), V2 (0.30 mV).');
});

/** Alert codes of a simulated ECG with ordinary noise, seen by a delineator that is some milliseconds off. */
function alertsOf(scenario: Scenario, seed: number): readonly string[] {
  const simulated = simulate(scenario, { seed, noise: { muscleDb: 14, wanderDb: 3, mainsDb: 16 } });
  const draw = random(seed);
  const off = (timeS: number) => timeS + 0.006 * draw.normal();
  const waves = changed(simulated.waves, (w) => ({ ...w, onset: off(w.onset), offset: off(w.offset) }));
  const { measurements, longestPause } = measure(ecgOf(simulated), delineationOf({ ...simulated, waves }));
  return alerts(measurements, longestPause, GOOD, { ageYears: 57, sex: 'female' }).map(({ code }) => code);
}

test.each<[Scenario, readonly string[]]>([
  ...(
    ['sinus', 'sinus-arrhythmia', 'sinus-tachycardia', 'atrial-fibrillation', 'pvc', 'first-degree-av-block'] as const
  ).map((scenario): [Scenario, readonly string[]] => [scenario, []]),
  ...(['lvh', 'rbbb', 'inferior-infarct', 'anterior-infarct'] as const).map((s): [Scenario, readonly string[]] => [
    s,
    [],
  ]),
  ['anterior-stemi', ['ST_ELEVATION']],
  ['inferior-stemi', ['ST_ELEVATION']],
  ['lbbb', ['ST_NOT_APPLICABLE']],
])('simulated %s alerts %j', (scenario, expected) => {
  for (const seed of [1, 2, 3]) expect(alertsOf(scenario, seed)).toEqual(expected);
});
