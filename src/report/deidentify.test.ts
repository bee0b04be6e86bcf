import { expect, test } from 'vitest';
import { type Ecg, type Reading, UNKNOWN_PATIENT, WARNING_CODES } from '../ecg';
import { batchCsv } from './batch-csv';
import { csvParts } from './csv';
import { deidentified, deidentifiedAnalysis, OWN_WORDS, withoutWriting } from './deidentify';
import { fhirBundle } from './fhir';
import { analysis } from './json';
import { reportOf } from './written';

/** A reading with an identifier in every place where a file or a reader can write text. */
const PLANTED: Reading = {
  source: { name: 'PLANTED-4711.dcm', format: 'dicom', bytes: 9, sha256: 'PLANTED' },
  recording: {
    samplingRateHz: 2,
    durationS: 1,
    startTime: '2019-12-31T23:59:58',
    device: 'PLANTED serial 0815',
    leads: [
      { name: 'II', samples: 2, samplingRateHz: 2, missing: 0, derived: false, unit: 'mV' },
      { name: 'PLANTED lead', samples: 2, samplingRateHz: 2, missing: 0, derived: false, unit: 'PLANTED' },
    ],
    filters: { highPassHz: 0.05, lowPassHz: 150, notchHz: null },
    deviceMeasurements: null,
    deviceStatements: ['PLANTED statement'],
    annotations: {
      count: 2,
      list: [
        { timeS: 0, symbol: '"', text: 'PLANTED remark', source: 'PLANTED' },
        { timeS: 1, symbol: '+', text: '(AFIB', source: 'atr' },
      ],
    },
  },
  patient: {
    ...UNKNOWN_PATIENT,
    id: 'PLANTED-ID',
    name: 'PLANTED^NAME',
    birthDate: '1919-03-02',
    ageYears: 100.8,
    sex: 'female',
    ageOrigin: 'file',
    sexOrigin: 'file',
  },
  quality: null,
  measurements: null,
  ranges: {},
  waves: {},
  beats: [],
  beatList: [],
  pacingSpikes: null,
  medianBeats: [],
  alerts: [],
  findings: [],
  model: null,
  comparison: {
    with: { file: 'PLANTED-earlier.dcm', startTime: '2018-01-01T00:00:00', isSameFile: false },
    order: 'earlier',
    identity: { same: ['id'], differing: [] },
    alerts: [],
    measurements: [],
    st: [],
    statementsCompared: 0,
    statements: [],
  },
  warnings: WARNING_CODES.filter((code) => !OWN_WORDS.includes(code)).map((code) => ({
    code,
    message: 'PLANTED warning',
  })),
  error: null,
};

const EDITS = {
  changed: {
    conclusion: { text: 'PLANTED conclusion' },
    'measured.rate': { text: 'PLANTED', state: 'rejected' as const },
  },
  added: [{ id: 'added.1', section: 'rhythm' as const, text: 'PLANTED addition' }],
  confirmed: { by: 'PLANTED reader', at: '2019-12-31T23:59:58Z', text: 'PLANTED' },
};

const TELLING = /PLANTED|2019|2018|1919|4711|0815|100\.8|\b100\b/;

const ecg: Ecg = {
  startS: 0,
  durationS: 1,
  leads: [{ name: 'II', lead: 'II', unit: 'mV', samplingRateHz: 2, derived: false, samples: new Float32Array([0, 1]) }],
};

test('the analysis, the bundle, the tables: nothing that was planted goes out de-identified, all of it otherwise', async () => {
  const reading = deidentified(PLANTED, 3);
  const report = reportOf(reading, withoutWriting(EDITS));
  const outs = {
    json: JSON.stringify(deidentifiedAnalysis(analysis(PLANTED, EDITS))),
    fhir: fhirBundle(reading, ecg, report, null),
    csv: (await csvParts(reading.recording ?? never(), async () => ecg)).join(''),
    table: batchCsv([
      reading,
      { ...deidentified({ ...PLANTED, error: { code: 'CORRUPT_FILE', message: 'PLANTED', detail: {} } }) },
    ]).join(''),
    report: JSON.stringify(report),
  };
  for (const [format, out] of Object.entries(outs)) expect(out, format).not.toMatch(TELLING);
  expect(outs.json).toContain('"status":"UNCONFIRMED"');
  expect(outs.json).toContain('(AFIB');
  expect(outs.fhir).toMatch(/REDACTED[\s\S]*De-identified after DICOM PS3.15/);
  expect(outs.table).toContain('deidentified-00004');
  expect(reading.patient).toMatchObject({ ageYears: 90, sex: 'female' });
  // The test can fail.
  expect(JSON.stringify(analysis(PLANTED, EDITS)).match(/PLANTED/g)?.length).toBeGreaterThan(20);
  expect(fhirBundle(PLANTED, ecg, reportOf(PLANTED, EDITS), new Date())).toMatch(TELLING);
});

test('what only our own words can say stays, and what the reader decided', () => {
  const message = 'Two methods see different beats in this ECG.';
  const reading = deidentified({ ...PLANTED, warnings: [{ code: 'BEATS_DISPUTED', message }] });
  expect(reading.warnings).toEqual([{ code: 'BEATS_DISPUTED', message }]);
  expect(withoutWriting(EDITS).changed).toEqual({ 'measured.rate': { state: 'rejected' } });
});

function never(): never {
  throw new Error('no recording');
}
