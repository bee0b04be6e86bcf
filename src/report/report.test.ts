import { expect, test } from 'vitest';
import { type Ecg, type EcgLead, type Reading, type RecordingSummary, UNKNOWN_PATIENT } from '../ecg';
import { csvParts } from './csv';
import { analysisJson } from './json';

const lead = (name: string, samplingRateHz: number, samples: number[]): EcgLead => ({
  name,
  lead: null,
  unit: 'mV',
  samplingRateHz,
  derived: false,
  samples: new Float32Array(samples),
});

const summary = (leads: readonly EcgLead[], samplingRateHz: number, durationS: number): RecordingSummary => ({
  samplingRateHz,
  durationS,
  startTime: null,
  device: null,
  leads: leads.map(({ name, samples, unit, samplingRateHz: rate }) => ({
    name,
    samples: samples.length,
    samplingRateHz: rate,
    missing: 0,
    derived: false,
    unit,
  })),
  deviceMeasurements: null,
  deviceStatements: [],
});

const csv = async (leads: readonly EcgLead[], rate: number, durationS: number) => {
  const ecg: Ecg = { startS: 0, durationS, leads };
  return (await csvParts(summary(leads, rate, durationS), async () => ecg)).join('');
};

test('one row per sample, empty where missing, seven digits', async () => {
  expect(await csv([lead('I', 4, [0, -0.1, Number.NaN, 1.2345678])], 4, 1)).toBe(
    'time_s,I\n0,0\n0.25,-0.1\n0.5,\n0.75,1.234568\n',
  );
});

test('a slower lead is brought to the highest rate, a gap stays a gap', async () => {
  expect(await csv([lead('I', 4, [1, 2, 3, 4]), lead('II', 2, [0, 1])], 4, 1)).toBe(
    'time_s,I,II\n0,1,0\n0.25,2,0.5\n0.5,3,1\n0.75,4,\n',
  );
});

test('a long recording is written in parts without losing or repeating a sample', async () => {
  const rate = 3;
  const all = Float32Array.from({ length: 3 * 130 }, (_, i) => i);
  const window = async (startS: number, durationS: number): Promise<Ecg> => {
    const from = Math.round(startS * rate);
    const samples = all.slice(from, from + Math.round(durationS * rate));
    return { startS, durationS: samples.length / rate, leads: [{ ...lead('V1', rate, []), samples }] };
  };
  const parts = await csvParts(summary([lead('V1', rate, [])], rate, 130), window);
  const values = parts
    .join('')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => Number(row.split(',')[1]));
  expect(parts.length).toBeGreaterThan(2);
  expect(values).toEqual([...all]);
});

test('a lead name can be no formula and no extra column', async () => {
  expect((await csv([lead('=cmd()', 1, [0]), lead('a,"b"', 1, [0])], 1, 1)).split('\n')[0]).toBe(
    `time_s,'=cmd(),"a,""b"""`,
  );
});

test('an unreadable file is the same object with its error and what is known', () => {
  const reading: Reading = {
    source: { name: 'a.dcm', format: null, bytes: 3, sha256: 'ab' },
    recording: null,
    patient: UNKNOWN_PATIENT,
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
    warnings: [],
    error: { code: 'UNSUPPORTED_FORMAT', message: 'No.', detail: { found: 'secret path' } },
  };
  const json = JSON.parse(analysisJson(reading));
  expect(json.schema).toBe('efficientecg.analysis/1');
  expect(json.error).toEqual({ code: 'UNSUPPORTED_FORMAT', message: 'No.' });
  expect(json.source).toEqual(reading.source);
});
