import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ByteSource, EcgError } from '../ecg';
import { sharedPath } from '../testing/shared';
import { bytesOf, claimFiles, openFiles } from '.';
import { writeDicom } from './testing/dicom-writer';
import { writeEdf } from './testing/edf-writer';
import { textFile } from './testing/opened';
import { writeScp } from './testing/scp-writer';
import { writeRecord } from './testing/wfdb-writer';

/** Mutations of each kind that every file gets. */
const ROUNDS = 50;
/** Longest time that one mutated file may take, milliseconds. */
const LIMIT_MS = 2000;
/** What a recording may claim to hold, in samples for each byte of its files. */
const SAMPLES_PER_BYTE = 8;

/** A small deterministic generator (mulberry32), so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Files = readonly (readonly [name: string, bytes: Uint8Array])[];

/** Opens files and reads both ends of every channel: the outcome must be recordings or `EcgError`s. */
async function survive(files: Files): Promise<void> {
  const started = performance.now();
  const sources = files.map(([name, bytes]) => bytesOf(name, bytes));
  const size = files.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  for (const outcome of await openFiles(sources)) {
    if ('error' in outcome) {
      expect(outcome.error).toBeInstanceOf(EcgError);
      expect(outcome.error.code, `${outcome.error.detail.found}`).not.toBe('INTERNAL');
      continue;
    }
    const { recording } = outcome;
    // Gaps are claims that cost no bytes; whatever is stored does.
    if (!recording.warnings.some(({ code }) => code === 'SAMPLES_MISSING'))
      expect(recording.channels.reduce((sum, { sampleCount }) => sum + sampleCount, 0)).toBeLessThanOrEqual(
        SAMPLES_PER_BYTE * size,
      );
    for (const [channel, { sampleCount, samplingRateHz }] of recording.channels.entries()) {
      expect(Number.isFinite(samplingRateHz) && samplingRateHz > 0).toBe(true);
      for (const start of [0, sampleCount - 5000]) {
        const count = Math.min(5000, sampleCount);
        const samples = await recording.samples(channel, Math.max(0, start), count).catch((thrown: unknown) => thrown);
        if (samples instanceof EcgError) expect(samples.code).not.toBe('INTERNAL');
        else expect(samples).toHaveLength(count);
      }
    }
  }
  expect(performance.now() - started).toBeLessThan(LIMIT_MS);
}

async function mutate(files: Files, seed: number): Promise<void> {
  const below = random(seed);
  for (let round = 0; round < ROUNDS; round++) {
    // Headers are small and decide everything: every part is hit equally often.
    const hit = round % files.length;
    await survive(files.map(([name, bytes], i) => [name, i === hit ? bytes.slice(0, below(bytes.length)) : bytes]));
    const flipped = files.map(([name, bytes], i): readonly [string, Uint8Array] => [
      name,
      i === hit ? bytes.slice() : bytes,
    ]);
    for (let flips = 1 + below(8); flips > 0; flips--) {
      const bytes = flipped[hit]?.[1] ?? new Uint8Array(1);
      const at = below(2) === 0 ? below(bytes.length) : below(Math.min(bytes.length, 512));
      bytes[at] = below(4) === 0 ? below(256) : (bytes[at] ?? 0) ^ (1 << below(8));
    }
    await survive(flipped);
  }
}

async function contents(files: readonly ByteSource[]): Promise<Files> {
  return Promise.all(files.map(async (file) => [file.name, await file.read()] as const));
}

const WAVE = Array.from({ length: 500 }, (_, i) => Math.round(60 * Math.sin(i / 11)));
const rows = WAVE.map((value, i) => `${(i / 250).toFixed(3)},${value / 100},${value / 50}`).join('\n');

describe('cut and flipped fixtures give a recording or an EcgError', { timeout: 60_000 }, () => {
  test.each(['explicit', 'implicit', 'deflated'] as const)('DICOM, %s', async (syntax) => {
    const channels = [1, 2].map((code) => ({ source: [`2:${code}`, 'MDC'] as const, values: WAVE, sensitivity: 2.5 }));
    await mutate(await contents([writeDicom('a.dcm', [{ label: 'RHYTHM', rateHz: 250, channels }], { syntax })]), 11);
  });

  test.each(['raw', 'default'] as const)('SCP-ECG, %s', async (coding) => {
    const beat = WAVE.slice(0, 60);
    const list = [60, 260].map((start) => ({
      type: 0,
      start,
      fiducial: start + 9,
      end: start + 40,
      area: [start, start + 20] as const,
    }));
    const reference = { nanovolts: 2500, intervalUs: 4000, leads: [beat, beat] };
    const leads = [1, 2].map((code) => ({ code, stored: WAVE, samples: 1500 }));
    const beats = { fiducial: 9, list };
    const file = writeScp('a.scp', {
      leads,
      coding,
      differences: 2,
      bimodal: true,
      intervalUs: 16_000,
      reference,
      beats,
    });
    await mutate(await contents([file]), 12);
  });

  test.each([8, 16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 516, 524])('format %i', async (format) => {
    const signals = [
      { format, values: WAVE, name: 'I' },
      { format, values: WAVE, name: 'II', skew: 3 },
    ];
    await mutate(await contents(writeRecord('r', '250/360(0)', signals, { comments: ['age: 45', 'sex: F'] })), format);
  });

  test.each([
    [
      'EDF',
      writeEdf(
        'e',
        [
          { label: 'I', values: WAVE },
          { label: 'II', values: WAVE },
        ],
        { records: 5 },
      ),
    ],
    ['EDF+D', writeEdf('d', [{ label: 'I', values: WAVE }], { records: 5, onsets: [0, 1, 3, 4, 9], variant: 'EDF+D' })],
    ['BDF', writeEdf('b', [{ label: 'I', values: WAVE }], { bits: 24, records: 5 })],
  ])('%s', async (_, file) => {
    await mutate(await contents([file]), file.size);
  });

  test.each([
    ['t.csv', `time_s,I,II\n${rows}\n`],
    ['t.txt', `Sampling Rate: 250\n\nt;I [mV];II [µV]\n${rows.replaceAll(',', ';').replaceAll('.', ',')}`],
    ['rows.csv', `I,${WAVE.join(',')}\nII,${WAVE.join(',')}\n`],
  ])('%s', async (name, text) => {
    await mutate(await contents([textFile(name, text)]), name.length);
  });

  test('numbers in a header that promise the moon allocate nothing', async () => {
    const data = ['r.dat', new Uint8Array(5000)] as const;
    const huge = ['9007199254740991', '4294967296', '2147483648', '1e30', '-1', '0'];
    const lines = huge.flatMap((n) => [
      `r 1 250 ${n}\nr.dat 16 200`,
      `r ${n} 250 10\nr.dat 16 200`,
      `r 1 ${n} 10\nr.dat 16 200`,
      `r 1 250\nr.dat 16x${n} 200`,
      `r 1 250\nr.dat 16:${n} 200`,
      `r 1 250 10\nr.dat 16:${n} 200`,
      `r 1 250\nr.dat 16+${n} 200`,
      `r 1 250 10\nr.dat 16 ${n}(${n})/mV ${n} ${n} ${n} ${n} ${n}`,
      `r 1 250 10\nr.dat 8x${n} 200`,
    ]);
    const before = process.memoryUsage().arrayBuffers;
    for (const text of lines) await survive([['r.hea', new TextEncoder().encode(text)], data]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
  });

  test('random bytes under every name', async () => {
    const below = random(7);
    for (const extension of ['hea', 'dat', 'mat', 'atr', 'csv', 'tsv', 'txt', 'xml', 'scp', 'bin']) {
      for (let round = 0; round < 20; round++) {
        const text = round % 2 === 0;
        const bytes = Uint8Array.from({ length: 1 + below(6000) }, () =>
          text ? '0123456789.,;- \n\t"eIV'.charCodeAt(below(21)) : below(256),
        );
        await survive([[`x.${extension}`, bytes]]);
      }
    }
  });
});

const samples = sharedPath('samples');

describe.runIf(samples)('cut and flipped samples give a recording or an EcgError', async () => {
  const root = samples ?? '.';
  const walk = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      if (name === 'expected') return [];
      return statSync(path).isDirectory() ? walk(path) : [path];
    });
  const sources = samples ? walk(root).map((path) => bytesOf(path.slice(root.length + 1), readFileSync(path))) : [];
  // A record is cut to its first minutes: what is tested is the reading, not the patience.
  const groups = await Promise.all(
    (await claimFiles(sources)).map(async ({ parts }) =>
      contents(parts.map((part) => ({ ...part, read: () => part.read(0, 200_000) }))),
    ),
  );

  test.each(
    groups
      .filter((files) => files.some(([, bytes]) => bytes.length > 0))
      .map((files) => [files[0]?.[0], files] as const),
  )('%s', { timeout: 60_000 }, async (name, files) => {
    await mutate(files, name?.length ?? 1);
  });
});
