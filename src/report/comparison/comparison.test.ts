import { expect, test } from 'vitest';
import { type Finding, type Measurements, type Patient, type Reading, UNKNOWN_PATIENT } from '../../ecg';
import { NO_WAVES } from '../../waves';
import { ENGLISH } from '../../words';
import { reportOf } from '../written';
import { compareReadings, comparisonText, isIdentified, matchIdentity } from '.';

const patient = (more: Partial<Patient>): Patient => ({ ...UNKNOWN_PATIENT, ...more });

const finding = (code: string, probability: number | null, threshold = 0.4): Finding => ({
  code,
  system: 'scp-ecg',
  snomed: null,
  label: `Label of ${code}`,
  group: 'conduction',
  probability,
  threshold,
  operatingPoint: 'balanced',
  status: probability === null ? 'notAssessed' : probability >= threshold ? 'present' : 'absent',
  reason: null,
  evidence: [],
  conflicts: [],
});

const reading = (
  startTime: string | null,
  measurements: Partial<Measurements>,
  more: Partial<Reading> = {},
): Reading => ({
  source: { name: `${startTime}.hea`, format: 'wfdb', bytes: 1, sha256: null },
  recording: {
    samplingRateHz: 500,
    durationS: 10,
    startTime,
    device: null,
    leads: [],
    deviceMeasurements: null,
    deviceStatements: [],
  },
  patient: UNKNOWN_PATIENT,
  quality: null,
  measurements: { ...NO_WAVES.measurements, ...measurements },
  ranges: {},
  waves: {},
  beats: [],
  beatList: [],
  pacingSpikes: null,
  medianBeats: [],
  alerts: [],
  findings: [],
  model: null,
  warnings: [],
  error: null,
  ...more,
});

const OLD = '2019-03-02T09:00:00';
const NEW = '2024-05-06T10:30:00';

test('a name is the same however it is written, and another one is not', () => {
  const jane = patient({ name: 'Doe^Jane', id: ' P-17 ' });
  expect(matchIdentity(jane, patient({ name: 'DOE, Jane', id: 'p-17' }))).toEqual({
    same: ['id', 'name'],
    differing: [],
  });
  expect(matchIdentity(jane, patient({ name: 'Jane Doe' })).same).toEqual(['name']);
  expect(matchIdentity(jane, patient({ name: 'Doe, Joan', id: 'P-17' }))).toEqual({
    same: ['id'],
    differing: ['name'],
  });
  expect(matchIdentity(patient({ name: '李雷' }), patient({ name: '李雷' })).same).toEqual(['name']);
});

test('what only one says decides nothing, and sex alone identifies nobody', () => {
  expect(matchIdentity(patient({ id: '1' }), patient({ name: 'Doe' }))).toEqual({ same: [], differing: [] });
  const women = matchIdentity(patient({ sex: 'female' }), patient({ sex: 'female' }));
  expect([women.same, isIdentified(women)]).toEqual([['sex'], false]);
  expect(matchIdentity(patient({ sex: 'female' }), patient({ sex: 'male' })).differing).toEqual(['sex']);
});

test('what changed: numbers as they are shown, an axis the shorter way round, null where one is missing', () => {
  const { order, measurements } = compareReadings(
    reading(NEW, { heartRateBpm: 88.4, prMs: null, qrsAxisDeg: -170 }),
    reading(OLD, { heartRateBpm: 61.6, prMs: 160, qrsAxisDeg: 170 }),
  );
  expect(order).toBe('earlier');
  const change = (name: string) => measurements.find((one) => one.name === name)?.change;
  expect([change('heartRateBpm'), change('prMs'), change('qrsAxisDeg')]).toEqual([26, null, 20]);
  expect(compareReadings(reading(OLD, {}), reading(NEW, {})).order).toBe('later');
  expect(compareReadings(reading(OLD, {}), reading(null, {})).order).toBe('unknown');
});

test("both are held against this one's thresholds, whatever point the other was read at", () => {
  const { statements, statementsCompared } = compareReadings(
    reading(
      NEW,
      {},
      { findings: [finding('1AVB', 0.9), finding('LVH', 0.3), finding('AFIB', 0.5), finding('PACE', 0.9)] },
    ),
    reading(
      OLD,
      {},
      { findings: [finding('1AVB', 0.1), finding('LVH', 0.6), finding('AFIB', 0.45, 0.48), finding('PACE', null)] },
    ),
  );
  expect(statements.map(({ code, statedHere }) => [code, statedHere])).toEqual([
    ['1AVB', true],
    ['LVH', false],
  ]);
  expect(statementsCompared).toBe(3);
});

test('the report says what is new, what is gone, and where the ST level moved', () => {
  const here = reading(
    NEW,
    { heartRateBpm: 88, st: { II: 0.02, V2: 0.25 } },
    { findings: [finding('1AVB', 0.9), finding('LVH', 0.1)] },
  );
  const other = reading(
    OLD,
    { heartRateBpm: 62, st: { II: -0.07, V2: 0.01 } },
    { findings: [finding('1AVB', 0.1), finding('LVH', 0.8)] },
  );
  const text = comparisonText(ENGLISH, compareReadings(here, other));
  expect(text).toContain(
    'Compared with the earlier ECG of 2019-03-02, 09:00 (2019-03-02T09:00:00.hea): rate 88 bpm (there 62)',
  );
  expect(text).toContain('New: Label of 1AVB (network 90 %, there 10 %).');
  expect(text).toContain('No longer stated: Label of LVH');
  expect(text).toContain('ST level changed by 0.1 mV or more in V2 +0.24 mV.');
  expect(text).toContain('whether they are of one patient is not known');
  const { statements } = reportOf({ ...here, comparison: compareReadings(here, other) });
  expect(statements.find(({ section }) => section === 'comparison')?.text).toBe(text);
});

test('nothing is said to be unchanged that was not measured or not read', () => {
  const text = comparisonText(ENGLISH, compareReadings(reading(null, {}), reading(OLD, {})));
  expect(text).toContain("The network's statements cannot be compared. ST levels were not measured in both.");
  expect(text).toContain('PR not measurable (there not measurable)');
});

test('an alert that only one of them raises is told before anything that the network says', () => {
  const message = 'ST elevation in V2 (0.25 mV).';
  const here = reading(NEW, {}, { alerts: [{ code: 'ST_ELEVATION', message }] });
  const slow = reading(OLD, {}, { alerts: [{ code: 'RATE_LOW', message: 'Ventricular rate 32 bpm.' }] });
  expect(compareReadings(here, slow).alerts.map(({ code, raisedHere }) => [code, raisedHere])).toEqual([
    ['ST_ELEVATION', true],
    ['RATE_LOW', false],
  ]);
  expect(comparisonText(ENGLISH, compareReadings(here, slow))).toContain(
    `New alert: ${message} Alert that is gone: Ventricular`,
  );
});
