import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { ByteSource } from '../src/ecg';
import { openFiles } from '../src/formats';
import { bytesOf } from '../src/formats/sources';
import { type WrittenSyntax, writeDicom } from '../src/formats/testing/dicom-writer';
import { writeEdf } from '../src/formats/testing/edf-writer';
import { writeNpy } from '../src/formats/testing/npy-writer';
import { writeRecord } from '../src/formats/testing/wfdb-writer';
import { simulate } from '../src/simulator';

/**
 * Files of our own writers and what our readers make of them, for independent readers to agree with (training/tests/test_readers.py):
 * `npx tsx bench/fixtures.ts FOLDER` writes each file and, in `expected.json`, its signals in mV.
 */
interface Fixture {
  /** Which reader is to read it: `wfdb`, `edf`, `dicom`, `npy`. */
  readonly kind: string;
  readonly files: readonly ByteSource[];
}

const RATE_HZ = 250;
const { leads } = simulate('sinus', { durationS: 2, samplingRateHz: RATE_HZ });
/** Whole steps of one number of µV, in as many bits as a format has. */
const steps = (lead: 'I' | 'II', bits: number, microvolts: number) => {
  const most = 2 ** (bits - 1) - 1;
  return Array.from(leads[lead], (mv) => Math.max(-most, Math.min(most, Math.round((mv * 1000) / microvolts))));
};

function wfdbRecords(): Fixture[] {
  const bits = new Map([
    [80, 8],
    [212, 12],
    [310, 10],
    [311, 10],
    [24, 24],
    [32, 32],
    [508, 8],
    [524, 24],
  ]);
  return [16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 516, 524].map((format) => {
    const signals = (['I', 'II'] as const).map((name) => ({
      format,
      name,
      gain: '50(0)/mV',
      values: steps(name, bits.get(format) ?? 16, 20),
    }));
    return { kind: 'wfdb', files: writeRecord(`w${format}`, String(RATE_HZ), signals) };
  });
}

function edfFiles(): Fixture[] {
  return ([16, 24] as const).map((bits) => {
    const digital = [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] as const;
    const signals = (['I', 'II'] as const).map((label) => ({
      label,
      unit: 'uV',
      physical: [-5000, 5000] as const,
      digital,
      values: steps(label, bits, 10_000 / 2 ** bits),
    }));
    const name = bits === 16 ? 'e.edf' : 'b.bdf';
    const plus = {
      bits,
      records: 2,
      patient: 'X X X X',
      recording: 'Startdate 31-JAN-2020 X X X',
      onsets: [0, 1],
      variant: bits === 16 ? 'EDF+C' : 'BDF+C',
      texts: [[[0.25, 'VES']], [[1.5, 'Lage geändert']]],
    } as const;
    return { kind: 'edf', files: [writeEdf(name, signals, plus)] };
  });
}

function dicomFiles(): Fixture[] {
  const syntaxes: readonly WrittenSyntax[] = ['explicit', 'implicit', 'deflated', 'big endian'];
  return syntaxes.flatMap((syntax) =>
    [1, 2, 4].map((bytesPerSample) => {
      const channels = (['I', 'II'] as const).map((lead, i) => ({
        source: [`2:${i + 1}`, 'MDC'] as const,
        values: steps(lead, 8 * bytesPerSample, 20),
        sensitivity: 20,
        unit: 'uV',
      }));
      const interpretation = bytesPerSample === 1 ? 'SB' : bytesPerSample === 2 ? 'SS' : 'SL';
      const group = { label: 'RHYTHM', rateHz: RATE_HZ, channels, bytesPerSample, interpretation };
      return {
        kind: 'dicom',
        files: [writeDicom(`${syntax.replace(' ', '-')}-${bytesPerSample}.dcm`, [group], { syntax })],
      };
    }),
  );
}

function numpyFiles(): Fixture[] {
  const values = [...leads.I, ...leads.II];
  const arrays = (['<f4', '>f8', '<f8'] as const).map((descr, i) => {
    const written = { descr, shape: [2, leads.I.length], values, fortran: false };
    return { kind: 'npy', files: [bytesOf(`n${i}.npy`, writeNpy(written))] };
  });
  const npz = zipSync({
    'signal.npy': writeNpy({ descr: '<f4', shape: [2, leads.I.length], values }),
    'fs.npy': writeNpy({ descr: '<i4', shape: [], values: [RATE_HZ] }),
  });
  return [...arrays, { kind: 'npy', files: [bytesOf('n.npz', npz)] }];
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: npx tsx bench/fixtures.ts FOLDER');
await mkdir(folder, { recursive: true });
const expected = [];
for (const { kind, files } of [...wfdbRecords(), ...edfFiles(), ...dicomFiles(), ...numpyFiles()]) {
  for (const file of files) await writeFile(join(folder, file.name), await file.read());
  const [outcome] = await openFiles(files, { rateHz: RATE_HZ, unit: 'mV' });
  if (!outcome || 'error' in outcome) throw new Error(`${files[0]?.name}: ${outcome?.error.message}`);
  const { channels, samples, annotations } = outcome.recording;
  expected.push({
    kind,
    file: outcome.name,
    samplingRateHz: channels[0]?.samplingRateHz,
    leads: channels.map(({ name }) => name),
    annotations: (await annotations?.())?.list.map(({ timeS, text }) => [timeS, text]) ?? [],
    mv: await Promise.all(channels.map(async ({ sampleCount }, i) => [...(await samples(i, 0, sampleCount))])),
  });
}
await writeFile(join(folder, 'expected.json'), JSON.stringify(expected));
