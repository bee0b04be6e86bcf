import { expect, test } from 'vitest';
import type { ClassifiedBeat, Finding, FindingStatus, Measurements, StatementGroup } from '../ecg';
import { NO_WAVES } from '../waves';
import type { Measured } from './facts';
import { ranges } from './ranges';
import { weighed } from './weigh';

const finding = (code: string, status: FindingStatus = 'present', group: StatementGroup = 'rhythm'): Finding => ({
  code,
  system: 'scp-ecg',
  snomed: null,
  label: `label of ${code}`,
  group,
  probability: status === 'notAssessed' ? null : status === 'present' ? 0.8 : 0.1,
  threshold: 0.4,
  operatingPoint: 'balanced',
  status,
  reason: null,
  evidence: [],
  conflicts: [],
});

const man = { ageYears: 60, sex: 'male' } as const;

/** Sinus rhythm of 70 bpm, PR 160 ms, QRS 90 ms, and what differs. */
function measured(more: Partial<Measurements> = {}, rest: Partial<Measured> = {}): Measured {
  const measurements: Measurements = {
    ...NO_WAVES.measurements,
    heartRateBpm: 70,
    prMs: 160,
    qrsMs: 90,
    atrialRateBpm: 70,
    rhythm: { ...NO_WAVES.measurements.rhythm, regularity: 'regular' },
    ...more,
  };
  const beatList: readonly ClassifiedBeat[] = [1, 2, 3, 4].map((timeS) => ({ timeS, class: 'N' }));
  return {
    measurements,
    ranges: ranges(measurements, man, 10),
    alerts: [],
    beatList,
    pacingSpikes: null,
    medianBeats: [],
    ...rest,
  };
}

const irregular = { ...NO_WAVES.measurements.rhythm, regularity: 'irregular' } as const;
const fibrillating = { prMs: null, atrialRateBpm: null, rhythm: irregular };
const codes = (found: readonly Finding[], code: string) =>
  found.find((one) => one.code === code)?.conflicts.map((conflict) => [conflict.code, ...conflict.with]);

test('a long PR speaks for first-degree block, with the marks that show it; a normal one against it', () => {
  const [long] = weighed([finding('1AVB')], measured({ prMs: 227.6 }));
  expect(long).toMatchObject({
    evidence: [{ side: 'for', text: 'PR 228 ms, over 200', measurement: 'prMs' }],
    conflicts: [],
  });
  const [short] = weighed([finding('1AVB')], measured({ prMs: 200.4 }));
  expect(short?.evidence).toMatchObject([{ side: 'against', text: 'PR 200 ms, not over 200', measurement: 'prMs' }]);
  expect(short?.conflicts).toMatchObject([
    {
      code: 'MEASURED_OTHERWISE',
      with: [],
      message: 'Stated, but measured otherwise: PR 200 ms, not over 200.',
    },
  ]);
});

test('what is measured and not stated is said too, once there is enough of it', () => {
  expect(codes(weighed([finding('1AVB', 'absent')], measured({ prMs: 228 })), '1AVB')).toEqual([
    ['MEASURED_OTHERWISE'],
  ]);
  expect(codes(weighed([finding('AFIB', 'absent')], measured(fibrillating)), 'AFIB')).toEqual([['MEASURED_OTHERWISE']]);
  expect(codes(weighed([finding('AFIB', 'absent')], measured({ rhythm: irregular })), 'AFIB')).toEqual([]);
  expect(codes(weighed([finding('SBRAD', 'absent')], measured({ heartRateBpm: 55 })), 'SBRAD')).toEqual([]);
  expect(codes(weighed([finding('SBRAD', 'absent')], measured({ heartRateBpm: 45 })), 'SBRAD')).toHaveLength(1);
});

test('atrial fibrillation excludes first-degree block and sinus rhythm: both sides say so unless a measurement settles it', () => {
  const stated = [finding('AFIB'), finding('1AVB'), finding('SR'), finding('STACH', 'absent')];
  const undecided = weighed(stated, measured({ ...fibrillating, qrsMs: null }));
  expect(codes(undecided, 'AFIB')).toEqual([
    ['EXCLUDED', 'SR'],
    ['EXCLUDED', '1AVB'],
  ]);
  expect(undecided[1]?.conflicts[0]).toMatchObject({
    code: 'EXCLUDED',
    with: ['AFIB'],
    message: 'Also stated: label of AFIB. Without P waves before the QRS there is no PR interval that could be long.',
  });
  const settled = weighed(stated, measured(fibrillating));
  expect(codes(settled, 'AFIB')).toEqual([]);
  expect(codes(settled, '1AVB')).toEqual([['EXCLUDED', 'AFIB'], ['MEASURED_OTHERWISE']]);
  expect(settled[1]?.evidence).toMatchObject([
    { side: 'against', text: 'No regular P waves found', measurement: null },
  ]);
  expect(codes(settled, 'STACH')).toEqual([]);
});

test('regular beats behind a P contradict atrial fibrillation', () => {
  const [found] = weighed([finding('AFIB')], measured());
  expect(found?.conflicts[0]?.message).toBe('Stated, but measured otherwise: P before the QRS, PR 160 ms; RR regular.');
});

test('paced beats hide conduction, hypertrophy and infarction, not the rhythm; status and probability stay', () => {
  const beatList = [1, 2, 3, 4].map((timeS) => ({ timeS, class: timeS > 2 ? 'paced' : 'N' }) as const);
  const stated = [
    finding('CLBBB', 'present', 'conduction'),
    finding('LVH', 'present', 'hypertrophy'),
    finding('AMI', 'present', 'infarction'),
    finding('PVC'),
    finding('IMI', 'absent', 'infarction'),
  ];
  const found = weighed(stated, measured({}, { beatList }));
  expect(found.map(({ conflicts }) => conflicts[0]?.code ?? null)).toEqual([
    'UNREADABLE',
    'UNREADABLE',
    'UNREADABLE',
    'MEASURED_OTHERWISE',
    null,
  ]);
  expect(found.map(({ status, probability }) => [status, probability])).toEqual(
    stated.map(({ status, probability }) => [status, probability]),
  );
  const [unpaced] = weighed(
    stated,
    measured({ qrsMs: 150 }, { beatList: beatList.map((beat) => ({ ...beat, class: 'N' })) }),
  );
  expect(unpaced?.conflicts).toEqual([]);
});

test('a fact leads to what shows it: the letters of its beats, the ST segments; what is absent leads nowhere', () => {
  const beatList = [1, 2, 3].map((timeS) => ({ timeS, class: timeS > 2 ? 'V' : 'N' }) as const);
  const alerts = [{ code: 'ST_ELEVATION', message: 'ST elevation in V2 (0.30 mV).' }] as const;
  const [pvc, ischaemia] = weighed([finding('PVC'), finding('STTC')], measured({}, { beatList, alerts }));
  expect(pvc?.evidence).toMatchObject([{ side: 'for', text: '1 of 3 beats ventricular', measurement: 'beatList' }]);
  expect(ischaemia?.evidence).toMatchObject([{ side: 'for', measurement: 'st' }]);
  const [none] = weighed([finding('PVC')], measured());
  expect(none?.evidence).toMatchObject([{ side: 'against', measurement: null }]);
});

test('left bundle branch block hides left ventricular hypertrophy and anterior infarction alone', () => {
  const stated = ['CLBBB', 'LVH', 'ASMI', 'IMI', 'AFIB'].map((code) => finding(code));
  const found = weighed(stated, measured({ ...fibrillating, qrsMs: 150 }));
  expect(stated.map(({ code }) => codes(found, code))).toEqual([
    [],
    [['UNREADABLE', 'CLBBB']],
    [['UNREADABLE', 'CLBBB']],
    [],
    [],
  ]);
});

test('a normal ECG beside pathology is a conflict; beside a rhythm of the sinus node it is none', () => {
  const pathological = weighed([finding('NORM'), finding('LAFB')], measured({ qrsAxisDeg: -60 }));
  expect(pathological[0]?.conflicts).toMatchObject([
    { code: 'EXCLUDED', with: ['LAFB'], message: 'Also stated: label of LAFB.' },
  ]);
  expect(pathological[1]).toMatchObject({ evidence: [{ side: 'for' }], conflicts: [] });
  expect(codes(weighed([finding('NORM'), finding('SR')], measured()), 'NORM')).toEqual([]);
  expect(codes(weighed([finding('NORM')], measured({ qrsMs: 130 })), 'NORM')).toEqual([['MEASURED_OTHERWISE']]);
});

test('voltages are told with the lead of the taller R, and decide nothing', () => {
  const amplitudes = { V1: { rMv: 0.2, sMv: 2 }, V5: { rMv: 1.6, sMv: 0.1 }, V6: { rMv: 2.1, sMv: 0 } };
  const high = { amplitudes, voltages: { sokolowLyonMv: 4.1, cornellMv: null } };
  const [lvh] = weighed([finding('LVH')], measured(high));
  expect(lvh?.evidence).toMatchObject([
    { side: 'for', text: 'S V1 + R V6 = 4.1 mV, 3.5 or more', measurement: 'sokolowLyonMv' },
  ]);
  const [low] = weighed([finding('LVH')], measured({ amplitudes, voltages: { sokolowLyonMv: 2, cornellMv: null } }));
  expect(low).toMatchObject({ evidence: [{ side: 'against' }], conflicts: [] });
});

test('what was not assessed is left alone', () => {
  const skipped = finding('1AVB', 'notAssessed');
  expect(weighed([skipped], measured({ prMs: 228 }))).toEqual([skipped]);
});
