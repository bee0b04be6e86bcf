import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zipSync } from 'fflate';
import type { ByteSource } from '../../src/ecg';
import { series, writeAecg } from '../../src/formats/testing/aecg-writer';
import { writeDicom } from '../../src/formats/testing/dicom-writer';
import { writeEdf } from '../../src/formats/testing/edf-writer';
import { writeNpy } from '../../src/formats/testing/npy-writer';
import { writeTar } from '../../src/formats/testing/tar-writer';
import { writeRecord } from '../../src/formats/testing/wfdb-writer';
import { sharedPath } from '../../src/testing/shared';

export type Files = readonly (readonly [name: string, bytes: Uint8Array])[];

/** Larger samples are cut: what is tested is the reading, not the patience. */
const MOST_BYTES = 150_000;
const WAVE = Array.from({ length: 500 }, (_, i) => Math.round(60 * Math.sin(i / 11)));
/** WFDB annotations: a change of rhythm with its text, a long interval, a beat, the end. */
const ATR = Uint8Array.of(5, 112, 2, 252, 40, 78, 0, 236, 0, 0, 9, 0, 0, 4, 0, 0);
const utf8 = (text: string) => new TextEncoder().encode(text);

/** What is mutated: files of our own writers in every format that has one, attacks, and the shared samples where they are. */
export async function seeds(): Promise<readonly Files[]> {
  const own = [
    ...[8, 16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 516, 524].map((format) =>
      writeRecord('r', '250', [{ format, values: WAVE, name: 'I' }]),
    ),
    [
      writeEdf('e.edf', [{ label: 'I', values: WAVE }], {
        records: 5,
        onsets: [0, 1, 3, 4, 9],
        variant: 'EDF+D',
        texts: [[[0.5, 'VES']]],
      }),
    ],
    [writeEdf('b.bdf', [{ label: 'I', values: WAVE }], { bits: 24, records: 5 })],
    [writeAecg('a.xml', [series('RHYTHM', [{ rateHz: 500, leads: [{ code: 'MDC_ECG_LEAD_I', digits: WAVE }] }])])],
    [writeDicom('d.dcm', [{ label: 'RHYTHM', rateHz: 500, channels: [{ source: ['2:1', 'MDC'], values: WAVE }] }])],
  ];
  const files = await Promise.all(own.map(contents));
  const record = Object.fromEntries(files[1] ?? []);
  const table = utf8(`time_s,I [mV]\n${WAVE.map((value, i) => `${i / 250},${value / 100}`).join('\n')}\n`);
  const npy = writeNpy({ descr: '<i2', shape: [500], values: WAVE });
  return [
    ...files,
    [['t.csv', table]],
    [['a.json', utf8(JSON.stringify({ leads: { I: WAVE }, fs: 500, unit: 'uV' }))]],
    [['a.npy', npy]],
    [['a.npz', zipSync({ 'I.npy': npy, 'fs.npy': writeNpy({ descr: '<i4', shape: [], values: [500] }) })]],
    [['r.zip', zipSync(record)]],
    [['r.tgz', gzipSync(writeTar(record))]],
    [...(files[1] ?? []), ['r.atr', ATR]],
    [['m.hea', utf8('m/2 1 250 1000\nr 500\nr 500\n')], ...(files[1] ?? [])],
    ...attacks(),
    ...samples(),
  ];
}

/** Files that are made to harm: entities that multiply, deep nesting, bombs. */
function attacks(): Files[] {
  const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
  const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">${entities}]><AnnotatedECG>&e12;</AnnotatedECG>`;
  let nested: Uint8Array = utf8('time_s,I\n0,1\n');
  for (let depth = 0; depth < 9; depth++) nested = zipSync({ 'a.zip': nested });
  const zeros = utf8('0,1\n'.repeat(2 ** 22));
  return [
    [['laughs.xml', utf8(laughs)]],
    [['deep.xml', utf8(`<AnnotatedECG>${'<a>'.repeat(50_000)}`)]],
    [['nested.json', utf8('['.repeat(100_000))]],
    [['deep.json', utf8(`{"resourceType":"Observation","a":${'['.repeat(50_000)}`)]],
    [['nested.zip', nested]],
    [['bomb.zip', zipSync({ 'a.csv': zeros, 'b.csv': zeros })]],
    [['bomb.gz', gzipSync(zeros)]],
  ];
}

function samples(): Files[] {
  const root = sharedPath('samples');
  const walk = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      if (name === 'expected') return [];
      return statSync(path).isDirectory() ? walk(path) : [path];
    });
  if (!root) return [];
  return (
    walk(root)
      .filter((path) => !/\.(pdf|png|jpg|tsv|md)$/i.test(path))
      // A Buffer's slices share its bytes: what is changed in one would stay changed in the seed.
      .map(
        (path): Files => [[path.slice(root.length + 1), Uint8Array.from(readFileSync(path).subarray(0, MOST_BYTES))]],
      )
  );
}

async function contents(files: readonly ByteSource[]): Promise<Files> {
  return Promise.all(files.map(async (file) => [file.name, await file.read()] as const));
}
