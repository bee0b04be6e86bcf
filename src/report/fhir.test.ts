import Validator from '@asymmetrik/fhir-json-schema-validator';
import { describe, expect, test } from 'vitest';
import type { Ecg, Finding, Measurements, Reading } from '../ecg';
import { NO_REPORT_EDITS, UNKNOWN_PATIENT } from '../ecg';
import { fileSource, openFiles } from '../formats';
import { fhirBundle } from './fhir';
import { confirmReport, reportOf } from './written';

const ecg: Ecg = {
  startS: 0,
  durationS: 1,
  leads: [
    {
      name: 'II',
      lead: 'II',
      unit: 'mV',
      samplingRateHz: 4,
      derived: false,
      samples: new Float32Array([0, -0.1234, Number.NaN, 1.5]),
    },
    { name: 'Resp', lead: null, unit: 'NU', samplingRateHz: 2, derived: false, samples: new Float32Array([3, 7]) },
  ],
};

const finding = (code: string, over: Partial<Finding>): Finding => ({
  code,
  system: 'scp-ecg',
  snomed: null,
  label: code.toLowerCase(),
  group: 'rhythm',
  probability: 0.9,
  threshold: 0.5,
  operatingPoint: 'balanced',
  status: 'present',
  reason: null,
  evidence: [],
  conflicts: [],
  ...over,
});

const measurements: Measurements = {
  heartRateBpm: 61.234,
  rrMs: 980,
  prMs: null,
  pMs: null,
  qrsMs: 92,
  qtMs: 400,
  qtcMs: { bazett: 404, fridericia: 402, framingham: 403, hodges: 402 },
  wideQrsQt: null,
  secondOpinion: null,
  pAxisDeg: null,
  qrsAxisDeg: -12,
  tAxisDeg: 40,
  st: null,
  st60: null,
  stFurther: null,
  amplitudes: null,
  voltages: { sokolowLyonMv: null, cornellMv: null },
  atrialRateBpm: null,
  blockedP: null,
  rhythm: { meanRrMs: 980, sdnnMs: 20, rmssdMs: 22, regularity: 'regular' },
};

const reading: Reading = {
  source: { name: 'a.dcm', format: 'dicom', bytes: 10, sha256: 'ab'.repeat(32) },
  recording: {
    samplingRateHz: 4,
    durationS: 1,
    startTime: '2020-01-31T10:00:00',
    device: null,
    leads: [],
    deviceMeasurements: null,
    deviceStatements: [],
  },
  patient: {
    ...UNKNOWN_PATIENT,
    id: '4711',
    name: 'Doe, Jane',
    birthDate: '1957-03-02',
    ageYears: 62.9,
    sex: 'female',
  },
  quality: null,
  measurements,
  ranges: {},
  waves: {},
  beats: [],
  beatList: [],
  pacingSpikes: null,
  medianBeats: [],
  alerts: [],
  findings: [
    finding('AFIB', {
      snomed: '164889003',
      evidence: [{ side: 'for', text: 'no P waves found, RR irregular', measurement: null }],
    }),
    finding('LVH', { probability: null, status: 'notAssessed', reason: 'leads V1–V6 missing' }),
  ],
  model: { id: 'efficientecg', version: '0.2.0', weightsSha256: 'cd'.repeat(32), backend: 'wasm', inferenceMs: 12 },
  warnings: [],
  error: null,
};

const bundleOf = (confirmed: boolean) => {
  const edits = confirmReport(reading, NO_REPORT_EDITS, 'Dr. Roe', '2026-01-01T00:00:00Z');
  const report = reportOf(reading, confirmed ? edits : NO_REPORT_EDITS);
  return fhirBundle(reading, ecg, report, new Date('2026-01-01T00:00:00Z'));
};
const resources = (json: string) =>
  (JSON.parse(json).entry as { fullUrl: string; resource: Record<string, unknown> }[]).map(({ resource }) => resource);

describe('FHIR R4', () => {
  test('the bundle and every resource in it hold to the published schema', { timeout: 60_000 }, () => {
    const validator = new Validator();
    for (const confirmed of [false, true]) {
      const json = bundleOf(confirmed);
      expect(validator.validate(JSON.parse(json), true)).toEqual([]);
    }
    const broken = JSON.parse(bundleOf(false));
    broken.entry[0].resource.status = 'guessed';
    expect(validator.validate(broken, true)).not.toEqual([]);
  });

  test('a report is preliminary and says UNCONFIRMED until a person has confirmed it', () => {
    const [draft] = resources(bundleOf(false));
    expect(draft).toMatchObject({ resourceType: 'DiagnosticReport', status: 'preliminary' });
    expect(draft?.conclusion).toContain('UNCONFIRMED');
    const all = resources(bundleOf(true));
    expect(all[0]).toMatchObject({ status: 'final' });
    expect(JSON.stringify(all)).not.toMatch(/UNCONFIRMED|preliminary/);
  });

  test('every reference leads to an entry', () => {
    const json = bundleOf(true);
    const urls = (JSON.parse(json).entry as { fullUrl: string }[]).map(({ fullUrl }) => fullUrl);
    const references = [...json.matchAll(/"reference": "([^"]+)"/g)].map(([, to]) => to);
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((to) => !urls.includes(to ?? ''))).toEqual([]);
  });

  test('what is not measured is left out, and what is not assessed says why', () => {
    const all = resources(bundleOf(true));
    expect(JSON.stringify(all)).not.toContain('8625-6');
    const lvh = all.find(({ code }) => JSON.stringify(code)?.includes('LVH'));
    expect(lvh?.dataAbsentReason).toMatchObject({ text: 'leads V1–V6 missing' });
    expect(lvh).not.toHaveProperty('valueCodeableConcept');
  });

  test('the signal is read back by our own reader to a tenth of a microvolt, gaps too', async () => {
    const file = new File([bundleOf(true)], 'ecg.json');
    const [outcome] = await openFiles([fileSource(file)]);
    if (!outcome || !('recording' in outcome)) throw new Error(JSON.stringify(outcome));
    const { recording } = outcome;
    const samples = await recording.samples(0, 0, 4);
    expect(samples[1]).toBeCloseTo(-0.1234, 6);
    expect(samples[2]).toBeNaN();
    expect(samples[3]).toBeCloseTo(1.5, 6);
    expect(recording.patient).toMatchObject({ id: '4711', name: 'Doe, Jane' });
  });
});
