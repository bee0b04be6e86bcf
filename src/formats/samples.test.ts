import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Recording, standardLead } from '../ecg';
import { derivableLeads, deriveLead } from '../signal/limb-leads';
import { sharedPath } from '../testing/shared';
import { bytesOf, type Outcome, openFiles } from '.';

interface ExpectedLead {
  readonly name: string;
  readonly unit: string;
  readonly n: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly first: readonly number[];
  readonly fs?: number;
}

interface Expected {
  readonly file: string;
  readonly fs: number;
  readonly leads: readonly ExpectedLead[];
}

const root = sharedPath('samples');

function walk(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? walk(path) : [path];
    });
}

/** Files whose expectation still holds the calibration pulse of 1 mV that is not shown. */
const PULSED = /^philips_xml\//;
/** Folders of formats whose files are decoded to `expected/` in full, by the general test. */
const DECODED =
  /^(edf|dicom|muse_xml|scp|hl7aecg|ishne|alivecor_atc|mfer|philips_xml|schiller_xml|cardiosoft_xml|muse_txt|fhir_json)\//;

/** Folders inside the Philips archive: its parts that are no ECG file bear no name of a format. */
const ARCHIVED = /^B9A3EKRG\.MRX\//;

describe.runIf(root)('real files of ../shared/samples', async () => {
  const folder = root ?? '.';
  const files = root
    ? walk(folder)
        .filter((path) => !/\/expected\/|README\.md$|MANIFEST\.tsv$/.test(path))
        .map((path) => bytesOf(path.slice(folder.length + 1), readFileSync(path)))
    : [];
  const outcomes = new Map((await openFiles(files)).map((outcome) => [outcome.name, outcome]));
  const expectations = root
    ? readdirSync(join(folder, 'expected'))
        .filter((name) => /^wfdb.*\.hea\.json$/.test(name))
        .map((name) => JSON.parse(readFileSync(join(folder, 'expected', name), 'utf8')) as Expected)
    : [];
  const decoded = root
    ? readdirSync(join(folder, 'expected'))
        .map((name) => JSON.parse(readFileSync(join(folder, 'expected', name), 'utf8')) as Expected)
        .filter(({ file }) => DECODED.test(file))
    : [];

  test.each(decoded)('$file decodes in full', async ({ file, leads, fs }) => {
    const outcome = outcomes.get(file);
    if (!outcome || !('recording' in outcome)) throw new Error(JSON.stringify(outcome));
    const { warnings } = outcome.recording;
    const channels = await withDerived(outcome.recording, leads.length);
    expect(channels.length).toBe(leads.length);
    for (const [index, lead] of leads.entries()) {
      const standard = standardLead(lead.name);
      const channel = standard ? channels.find((one) => one.lead === standard) : channels[index];
      if (!channel) throw new Error(`no ${lead.name} among ${channels.map(({ name }) => name)}`);
      expect(channel).toMatchObject({ samplingRateHz: lead.fs ?? fs, unit: lead.unit.replace('unit1', 'mmHg') });
      const values = channel.samples;
      const pulse = PULSED.test(file) ? 200 : 0;
      expect(values.length).toBe(lead.n - pulse);
      const step = finestStep(lead.first);
      expect(worst(values.slice(0, lead.first.length), lead.first)).toBeLessThan(step / 2);
      const present = values.filter((value) => !Number.isNaN(value));
      expect(Math.abs(present.reduce((a, b) => Math.min(a, b)) - lead.min)).toBeLessThan(step / 2);
      const highest = present.reduce((a, b) => Math.max(a, b));
      expect(Math.abs((pulse ? Math.max(1, highest) : highest) - lead.max)).toBeLessThan(step / 2);
      const mean = present.reduce((a, b) => a + b, 0) / present.length;
      const wanted = (lead.mean * lead.n - pulse / 2) / (lead.n - pulse);
      expect(Math.abs(mean - wanted)).toBeLessThan(step / 50);
    }
    expect(warnings.map(({ code }) => code)).not.toContain('CHECKSUM_MISMATCH');
  });

  test.each(expectations)('$file decodes to within 1 LSB', async (expected) => {
    const outcome = outcomes.get(expected.file);
    if (!outcome || !('recording' in outcome)) throw new Error(JSON.stringify(outcome));
    const { recording } = outcome;
    const lsb = smallestSteps(headerOf(join(folder, expected.file)));
    let read = 0;
    for (const [index, lead] of expected.leads.entries()) {
      const spelt = (name: string) =>
        name
          .replace(/[ _]/g, '')
          .toLowerCase()
          .replace('mlii', 'ii')
          .replace(/^v(?=[xyz]$)/, '');
      const channel = recording.channels.findIndex(
        ({ name }, at) =>
          spelt(name) === spelt(lead.name) && (recording.channels.length < expected.leads.length || at === index),
      );
      if (channel < 0) continue;
      read++;
      const { samplingRateHz, sampleCount, unit } = recording.channels[channel] ?? {
        samplingRateHz: 0,
        sampleCount: 0,
        unit: '',
      };
      expect(unit).toBe(lead.unit);
      const perFrame = sampleCount / lead.n;
      expect(samplingRateHz).toBe(expected.fs * perFrame);
      const step = lsb[index] ?? 0;
      const samples = averaged(await recording.samples(channel, 0, sampleCount), perFrame, -2048 * step);
      expect(samples.length).toBe(lead.n);
      expect(worst(samples.slice(0, lead.first.length), lead.first)).toBeLessThanOrEqual(step);
      const present = samples.filter((value) => !Number.isNaN(value));
      expect(Math.abs(present.reduce((a, b) => Math.min(a, b)) - lead.min)).toBeLessThanOrEqual(step);
      expect(Math.abs(present.reduce((a, b) => Math.max(a, b)) - lead.max)).toBeLessThanOrEqual(step);
      const mean = present.reduce((a, b) => a + b, 0) / present.length;
      expect(Math.abs(mean - lead.mean)).toBeLessThanOrEqual(perFrame > 1 ? step : step / 100);
    }
    expect(read).toBe(expected.leads.length);
    expect(recording.warnings.map(({ code }) => code)).not.toContain('CHECKSUM_MISMATCH');
  });

  test.each([
    ['muse_xml/braveheart_example1.xml', 0.16, 150, 60],
    ['muse_xml/ml4h_muse_deidentified_1.xml', 0.05, 150, null],
    ['philips_xml/129DYPRG.XML', 0.05, 150, 60],
    ['philips_xml/Philips103Example01.xml', 0.05, 150, null],
    ['philips_xml/3191723_ZZDEMOPTONLY_1-04_orig.xml', 0.05, 150, null],
    ['hl7aecg/hl7_Example_aECG.xml', null, 150, 60],
    ['dicom/waveform_ecg.dcm', 0.05, 300, null],
    ['schiller_xml/schiller.xml', 0.05, 150, null],
    ['cardiosoft_xml/ml4h_ukbb_scrubbed.xml', 0.01, 100, 50],
  ])('%s says its filters', (file, highPassHz, lowPassHz, notchHz) => {
    const outcome = outcomes.get(file);
    expect(outcome && 'recording' in outcome && outcome.recording.filters).toEqual({ highPassHz, lowPassHz, notchHz });
  });

  test('age, sex and starting time come from the headers', () => {
    const patient = (file: string) => {
      const outcome = outcomes.get(file);
      return outcome && 'recording' in outcome ? outcome.recording : null;
    };
    expect(patient('wfdb/100.hea')?.patient).toMatchObject({ ageYears: 69, sex: 'male', ageOrigin: 'file' });
    expect(patient('wfdb/s0010_re.hea')?.patient).toMatchObject({ ageYears: 81, sex: 'female' });
    expect(patient('wfdb/test01_00s.hea')?.patient).toMatchObject({ ageYears: 25, sex: 'male' });
    expect(patient('wfdb/03700181.hea')).toMatchObject({ startTime: '1994-08-15T17:27:45' });
  });

  test('every other file is named as what it is', () => {
    const others = [...outcomes.values()].filter(
      ({ name }) => !/^(wfdb|csv)\//.test(name) && !DECODED.test(name) && !ARCHIVED.test(name),
    );
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter((outcome) => codeOf(outcome) !== 'UNSUPPORTED_FORMAT').map(({ name }) => name)).toEqual([]);
    const nameless = others.filter(
      (outcome) => 'error' in outcome && !/^This looks like an? /.test(outcome.error.message),
    );
    expect(nameless.map(({ name }) => name)).toEqual([]);
  });

  test('the tables: one gives its rate and gain, the other asks for its rate', async () => {
    const twelve = outcomes.get('csv/denismot_ECG_12L.csv');
    if (!twelve || !('recording' in twelve)) throw new Error('not read');
    expect(twelve.recording.channels.map(({ lead }) => lead)).toEqual([
      'I',
      'II',
      'III',
      'aVR',
      'aVL',
      'aVF',
      'V1',
      'V2',
      'V3',
      'V4',
      'V5',
      'V6',
    ]);
    expect(twelve.recording.channels[0]).toMatchObject({ samplingRateHz: 500, sampleCount: 5000, unit: 'mV' });
    expect((await twelve.recording.samples(11, 0, 2))[1]).toBe(-250 / 2048);
    expect(codeOf(outcomes.get('csv/denismot_ECG_hz.txt'))).toBe('NEEDS_INPUT');
    const [answered] = await openFiles(
      files.filter(({ name }) => name === 'csv/denismot_ECG_hz.txt'),
      { rateHz: 360 },
    );
    if (!answered || !('recording' in answered)) throw new Error('not read');
    expect(answered.recording.channels).toMatchObject([{ lead: null, samplingRateHz: 360, sampleCount: 4096 }]);
    expect((await answered.recording.samples(0, 0, 1))[0]).toBeCloseTo(-0.065, 6);
  });
});

/** The channels with all their samples; limb leads follow from I and II where the file is expected to give more leads than it stores. */
async function withDerived({ channels, samples }: Recording, expected: number) {
  const stored = await Promise.all(
    channels.map(async (channel, at) => ({ ...channel, samples: await samples(at, 0, channel.sampleCount) })),
  );
  const [one, two] = ['I', 'II'].map((lead) => stored.find((channel) => channel.lead === lead));
  if (expected <= stored.length || !one || !two) return stored;
  return [
    ...stored,
    ...derivableLeads(channels).map((lead) => ({
      ...one,
      lead,
      name: lead,
      samples: deriveLead(lead, one.samples, two.samples),
    })),
  ];
}

function codeOf(outcome: Outcome | undefined): string {
  return outcome && 'error' in outcome ? outcome.error.code : 'no error';
}

/** wfdb-python averages the samples of a frame, a missing one's code with them; this product keeps them. */
function averaged(samples: Float32Array, perFrame: number, code: number): Float32Array {
  if (perFrame === 1) return samples;
  return Float32Array.from({ length: samples.length / perFrame }, (_, frame) => {
    const some = samples.subarray(frame * perFrame, (frame + 1) * perFrame);
    return some.reduce((sum, value) => sum + (Number.isNaN(value) ? code : value), 0) / perFrame;
  });
}

/** The header's text; of a record that joins segments, its first segment's. */
function headerOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  const [, segment] = /^\S+\/\d+ .*\s+(\S+)/.exec(text) ?? [];
  return segment ? readFileSync(join(dirname(path), `${segment}.hea`), 'utf8') : text;
}

/** One converter step of each signal line, in its unit, and half a float32 step of what it can reach. */
function smallestSteps(header: string): number[] {
  return [...header.matchAll(/^\S+ \d+[x:+\d]* ([\d.e+]+)\S* \d+ \S+ (-?\d+)/gm)].map(
    ([, gain, first]) => (1 + Math.abs(Number(first)) * 2 ** -23) / Number(gain),
  );
}

/** The smallest difference between two of some values: one converter step, or a few of them. */
function finestStep(values: readonly number[]): number {
  const gaps = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? 0)));
  return Math.min(0.01, ...gaps.filter((gap) => gap > 1e-9));
}

function worst(samples: Float32Array, expected: readonly (number | null)[]): number {
  return samples.reduce((most, value, i) => {
    const wanted = expected[i] ?? Number.NaN;
    return Number.isNaN(value) && Number.isNaN(wanted) ? most : Math.max(most, Math.abs(value - wanted));
  }, 0);
}
