import { describe, expect, test } from 'vitest';
import { type ByteSource, EcgError } from '../ecg';
import { bytesOf, fileSource, identify, openFiles } from '.';
import { errorOf, openOne, textFile, warningCodes } from './testing/opened';
import { writeRecord } from './testing/wfdb-writer';

const WAVE = [10, -20, 30, 47];
const TABLE = 'time_s,I\n0,0.1\n0.002,0.2\n0.004,0.3\n';
const record = (name: string, folder = '') => {
  const [header, data] = writeRecord(name, '250', [{ format: 16, values: WAVE, name: 'I' }]).map((file) => ({
    ...file,
    name: folder + file.name,
  }));
  if (!header || !data) throw new Error('no record');
  return { header, data };
};
/** Two beats at 18 and 77 samples, then the end, as annot(5) has it. */
const annotations = (name: string) => bytesOf(name, Uint8Array.from([0x12, 0x70, 0x3b, 0x04, 0, 0]));

async function summary(files: readonly ByteSource[]): Promise<string[]> {
  return (await openFiles(files)).map(
    (outcome) =>
      `${outcome.name}: ${'error' in outcome ? outcome.error.code : outcome.parts.map(({ name }) => name).join(' + ')}`,
  );
}

describe('order and pairing', () => {
  test('a record stands where its first part stood, whatever the order', async () => {
    const a = record('a');
    const b = record('b');
    const table = textFile('t.csv', TABLE);
    const dicom = bytesOf('d', Uint8Array.from([...new Uint8Array(128), ...new TextEncoder().encode('DICM')]));
    expect(await summary([b.data, dicom, a.header, table, b.header, a.data])).toEqual([
      'b.hea: b.hea + b.dat',
      'd: UNSUPPORTED_FORMAT',
      'a.hea: a.hea + a.dat',
      't.csv: t.csv',
    ]);
  });

  test('two headers may share a signal file', async () => {
    const a = record('a');
    const again = { ...a.header, name: 'again.hea' };
    expect(await summary([a.data, again, a.header])).toEqual(['again.hea: again.hea + a.dat', 'a.hea: a.hea + a.dat']);
  });

  test('the same name in two folders is two records', async () => {
    const one = record('ecg', 'one/');
    const two = record('ecg', 'two/');
    expect(await summary([two.data, one.header, two.header, one.data])).toEqual([
      'two/ecg.hea: two/ecg.hea + two/ecg.dat',
      'one/ecg.hea: one/ecg.hea + one/ecg.dat',
    ]);
  });

  test("a header never takes another folder's signal from the header beside it", async () => {
    const one = record('ecg', 'one/');
    const two = record('ecg', 'two/');
    expect(await summary([one.header, two.header, two.data])).toEqual([
      'one/ecg.hea: MISSING_PART',
      'two/ecg.hea: two/ecg.hea + two/ecg.dat',
    ]);
  });

  test('a signal that lies alone elsewhere is found, two of them are refused', async () => {
    const { header, data } = record('ecg', 'a/');
    const elsewhere = { ...data, name: 'b/ecg.dat' };
    expect(await summary([header, elsewhere])).toEqual(['a/ecg.hea: a/ecg.hea + b/ecg.dat']);
    const outcomes = await summary([header, elsewhere, { ...data, name: 'c/ecg.dat' }]);
    expect(outcomes[0]).toBe('a/ecg.hea: MISSING_PART');
  });

  test('two files of one name without folders are never guessed between', async () => {
    const { header, data } = record('ecg');
    const error = (await openFiles([header, data, { ...data }]))[0];
    expect(error && 'error' in error && error.error.message).toMatch(/several.*ecg\.dat/i);
  });

  test('two headers of one name are never guessed between either', async () => {
    const { header, data } = record('ecg');
    expect(await summary([header, data, { ...header }])).toEqual(['ecg.hea: MISSING_PART', 'ecg.hea: MISSING_PART']);
  });

  test('case does not matter where nothing else fits, and a header is known without its extension', async () => {
    const { header, data } = record('ecg');
    expect(
      await summary([
        { ...header, name: 'ECG.TXT' },
        { ...data, name: 'ECG.DAT' },
      ]),
    ).toEqual(['ECG.TXT: ECG.TXT + ECG.DAT']);
  });
});

describe('parts that are missing or too many', () => {
  test('a lone header names its signal file, a lone signal its header', async () => {
    const { header, data } = record('ecg');
    expect((await errorOf([header], 'MISSING_PART')).message).toContain('ecg.dat');
    expect((await errorOf([data], 'MISSING_PART')).message).toContain('ecg.hea');
  });

  test('a record with one of two signal files is one error, not two', async () => {
    const files = writeRecord('r', '250', [
      { format: 16, values: WAVE, file: 'r.dat' },
      { format: 16, values: WAVE, file: 'r.xyz' },
    ]);
    expect((await errorOf(files.slice(0, 2), 'MISSING_PART')).message).toContain('r.xyz');
  });

  test('a damaged or empty header is one error, its signal and annotations no others', async () => {
    const { header, data } = record('ecg');
    for (const [text, code] of [
      ['\0\x01\x02 nothing', 'CORRUPT_FILE'],
      ['ecg 3 250 4\necg.dat 16', 'TRUNCATED_FILE'],
      ['', 'EMPTY_FILE'],
    ] as const) {
      const damaged = textFile(header.name, text);
      expect(await summary([data, damaged, annotations('ecg.atr'), record('b').data])).toEqual([
        `ecg.hea: ${code}`,
        'b.dat: MISSING_PART',
      ]);
    }
  });

  test('annotations beside a record are read with it, alone they are an error', async () => {
    const { header, data } = record('ecg');
    const recording = await openOne([annotations('ecg.atr'), header, data, annotations('ecg.mine')]);
    expect(warningCodes(recording)).toEqual([]);
    const note = (timeS: number, symbol: string, source: string) => ({ timeS, symbol, text: '', source });
    expect(await recording.annotations?.()).toEqual({
      count: 4,
      list: [
        note(18 / 250, '+', 'atr'),
        note(18 / 250, '+', 'mine'),
        note(77 / 250, 'N', 'atr'),
        note(77 / 250, 'N', 'mine'),
      ],
    });
    expect(recording.source.parts.map(({ name }) => name)).toEqual(['ecg.hea', 'ecg.dat']);
    expect((await errorOf([annotations('ecg.atr')], 'MISSING_PART')).message).toContain('ecg.hea');
  });
});

describe('what cannot be opened', () => {
  test('an empty file, and one of blanks', async () => {
    await errorOf([bytesOf('a.dat', new Uint8Array(0))], 'EMPTY_FILE');
    await errorOf([bytesOf('a.hea', new Uint8Array(0))], 'EMPTY_FILE');
    await errorOf([textFile('a.csv', ' \n\n')], 'EMPTY_FILE');
  });

  test.each([
    ['<?xml version="1.0"?><other/>', 'XML'],
    ['%PDF-1.4', 'PDF'],
  ])('%j is named', async (text, what) => {
    const error = await errorOf([textFile('a', text)], 'UNSUPPORTED_FORMAT');
    expect(error.message).toMatch(new RegExp(`^This looks like an? ${what}.*, which this version does not read\\.$`));
  });

  test('anything else is UNSUPPORTED_FORMAT', async () => {
    await errorOf([textFile('notes.txt', 'call the patient tomorrow\n')], 'UNSUPPORTED_FORMAT');
    await errorOf([bytesOf('x.bin', Uint8Array.from([1, 2, 3, 0, 200]))], 'UNSUPPORTED_FORMAT');
  });

  test('a file that vanished is its own error and leaves the others alone', async () => {
    const gone: ByteSource = {
      name: 'gone.csv',
      size: 9,
      read: () => Promise.reject(new EcgError('UNREADABLE_FILE', 'gone')),
    };
    expect(await summary([gone, textFile('t.csv', TABLE)])).toEqual(['gone.csv: UNREADABLE_FILE', 't.csv: t.csv']);
  });

  test('aborting rejects with ABORTED', async () => {
    await expect(openFiles([textFile('t.csv', TABLE)], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });
});

test('a recording is identified by the digest over its parts in order', async () => {
  const abc = await identify('a', 'csv', [textFile('a', 'a'), textFile('b', 'bc')]);
  expect(abc).toMatchObject({ bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' });
});

test('a dropped file is read in parts, under its path in the folder', async () => {
  const file = new File(['abcdef'], 'a.csv');
  const source = fileSource(file);
  expect(source).toMatchObject({ name: 'a.csv', size: 6 });
  expect(new TextDecoder().decode(await source.read(1, 3))).toBe('bc');
  expect((await source.read(4, 99)).length).toBe(2);
  Object.defineProperty(file, 'webkitRelativePath', { value: 'ward/a.csv' });
  expect(fileSource(file).name).toBe('ward/a.csv');
  file.slice = () => {
    throw new DOMException('gone', 'NotReadableError');
  };
  await expect(source.read()).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
});
