import { gzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../ecg';
import { bytesOf, openFiles } from '..';
import { errorOf, openOne } from '../testing/opened';
import { writeTar } from '../testing/tar-writer';
import { writeRecord } from '../testing/wfdb-writer';

const record = (name: string, value = 5) =>
  writeRecord(name, '250', [{ format: 16, values: [value, 6, 7], name: 'I' }]);

async function entries(files: readonly ByteSource[], folder = ''): Promise<Record<string, Uint8Array>> {
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [folder + file.name, await file.read()] as const)),
  );
}

const zip = async (name: string, files: readonly ByteSource[], folder = '') =>
  bytesOf(name, zipSync(await entries(files, folder)));
const bytes = (text: string) => new TextEncoder().encode(text);
const names = async (files: readonly ByteSource[]) =>
  (await openFiles(files)).map(
    (one) => `${one.name} ${'error' in one ? one.error.code : one.recording.channels.length}`,
  );

describe('what is found', () => {
  test('a record in a ZIP, by its path inside', async () => {
    const recording = await openOne([await zip('a.zip', record('r'), 'ward/')]);
    expect(recording.source.name).toBe('ward/r.hea');
    expect([...(await recording.samples(0, 0, 9))]).toEqual([5, 6, 7].map((value) => Math.fround(value / 200)));
  });

  test('GZIP, TAR, TGZ, and archives in archives', async () => {
    const [header, data] = record('r');
    if (!header || !data) throw new Error('no record');
    expect(await names([header, bytesOf('r.dat.gz', gzipSync(await data.read()))])).toEqual(['r.hea 1']);
    const tar = writeTar(await entries(record('r'), 'x/'));
    expect(await names([bytesOf('a.tar', tar)])).toEqual(['x/r.hea 1']);
    expect(await names([bytesOf('a.tgz', gzipSync(tar))])).toEqual(['x/r.hea 1']);
    expect(
      await names([
        bytesOf('a.zip', zipSync({ 'b.tgz': gzipSync(tar), 'c/d.zip': zipSync(await entries(record('s'))) })),
      ]),
    ).toEqual(['x/r.hea 1', 's.hea 1']);
  });

  test('parts are paired across archives; the same path in two archives is told apart', async () => {
    const [header, data] = record('r');
    if (!header || !data) throw new Error('no record');
    expect(await names([await zip('a.zip', [header]), await zip('b.zip', [data])])).toEqual(['r.hea 1']);
    const both = [await zip('a.zip', record('r', 5)), await zip('b.zip', record('r', 50))];
    expect(await names(both)).toEqual(['a.zip/r.hea 1', 'b.zip/r.hea 1']);
    const [first, second] = await openFiles(both);
    for (const [outcome, value] of [
      [first, 5],
      [second, 50],
    ] as const) {
      if (!outcome || !('recording' in outcome)) throw new Error('not read');
      expect((await outcome.recording.samples(0, 0, 1))[0]).toBe(Math.fround(value / 200));
    }
  });

  test('what systems put beside files is passed over, and no path leads out', async () => {
    const inside = {
      ...(await entries(record('r'), '../../c:/x/')),
      '__MACOSX/._r.hea': bytes('x'),
      'x/.DS_Store': bytes('x'),
      'x/': bytes(''),
    };
    expect(await names([bytesOf('a.zip', zipSync(inside))])).toEqual(['x/r.hea 1']);
  });
});

describe('what lies beside the ECGs', () => {
  const papers = {
    'README.md': bytes('# Records'),
    'LICENSE.txt': bytes('Free.'),
    RECORDS: bytes('r\ns\n'),
    'SHA256SUMS.txt': bytes('00 r.hea\n'),
    'doc/letter.pdf': bytes('%PDF-1.4'),
    'doc/.DS_Store': bytes('x'),
  };

  test('papers in an archive are no rows, and the ECG says which; what is damaged stays one', async () => {
    const archive = bytesOf('a.zip', zipSync({ ...papers, ...(await entries(record('r'))), 'x.dcm': bytes('no ECG') }));
    expect(await names([archive])).toEqual(['r.hea 1', 'x.dcm UNSUPPORTED_FORMAT']);
    const [outcome] = await openFiles([archive]);
    const warnings = outcome && 'recording' in outcome ? outcome.recording.warnings : [];
    expect(warnings.find(({ code }) => code === 'FILE_IGNORED')?.message).toBe(
      'Beside the ECGs and no ECG: README.md, LICENSE.txt, RECORDS, SHA256SUMS.txt and letter.pdf.',
    );
  });

  test('a letter that is dropped is told of, and so is whatever is dropped alone', async () => {
    const letter = bytesOf('letter.pdf', bytes('%PDF-1.4'));
    const readme = bytesOf('README.md', bytes('# Records'));
    const litter = bytesOf('.DS_Store', Uint8Array.of(0, 0, 0, 1));
    expect(await names([...record('r'), letter, readme, litter])).toEqual(['r.hea 1', 'letter.pdf UNSUPPORTED_FORMAT']);
    expect((await errorOf([letter], 'UNSUPPORTED_FORMAT')).message).toContain('PDF');
    expect((await errorOf([readme], 'UNSUPPORTED_FORMAT')).message).toContain('README.md is no ECG');
    expect((await errorOf([litter], 'UNSUPPORTED_FORMAT')).message).toContain('.DS_Store is no ECG');
    const alone = bytesOf('a.zip', zipSync({ 'letter.pdf': bytes('%PDF-1.4') }));
    expect((await errorOf([alone], 'UNSUPPORTED_FORMAT')).message).toContain('PDF');
  });

  test('a table in an archive asks for its rate and is read with the answer', async () => {
    const table = bytes('I (mV),II (mV)\n'.concat('0.1,0.2\n0.3,0.5\n'.repeat(9)));
    const archive = bytesOf('a.zip', zipSync({ ...papers, 'ward/t.csv': table }));
    expect((await errorOf([archive], 'NEEDS_INPUT')).detail.missing).toEqual(['rate']);
    const recording = await openOne([archive], { rateHz: 250 });
    expect([recording.source.name, recording.durationS]).toEqual(['ward/t.csv', 18 / 250]);
  });
});

describe('what is refused', () => {
  const whole = zipSync({ 'a.csv': bytes('time_s,I [mV]\n0,1\n0.002,2\n0.004,3\n'.repeat(9)) });

  test('damaged, cut off, empty, locked', async () => {
    await errorOf([bytesOf('a.zip', whole.subarray(0, -30))], 'CORRUPT_FILE');
    const flipped = whole.map((byte, i) => (i === 45 ? byte ^ 1 : byte));
    await errorOf([bytesOf('a.zip', flipped)], 'CORRUPT_FILE');
    await errorOf([bytesOf('a.zip', zipSync({}))], 'EMPTY_FILE');
    await errorOf([bytesOf('a.gz', gzipSync(whole).subarray(0, 60))], 'CORRUPT_FILE');
    const at = new DataView(whole.slice().buffer);
    const directory = at.getUint32(whole.length - 6, true);
    at.setUint16(directory + 8, 1, true);
    await errorOf([bytesOf('a.zip', new Uint8Array(at.buffer))], 'UNSUPPORTED_FORMAT');
    await errorOf(
      [bytesOf('a.docx', zipSync({ '[Content_Types].xml': bytes('<a/>'), 'word/document.xml': bytes('<b/>') }))],
      'UNSUPPORTED_FORMAT',
    );
  });

  test('bombs: too large, too deep, a lie about the size', { timeout: 30_000 }, async () => {
    const zeros = bytes('0,1\n'.repeat(5 * 2 ** 20));
    await errorOf([bytesOf('a.gz', gzipSync(zeros, { level: 1 }))], 'TOO_LARGE');
    await errorOf([bytesOf('a.zip', zipSync({ 'a.csv': [zeros, { level: 1 }] }))], 'TOO_LARGE');
    let nested = whole;
    for (let depth = 0; depth < 6; depth++) nested = zipSync({ 'a.zip': nested });
    await errorOf([bytesOf('a.zip', nested)], 'TOO_LARGE');
    const large = new DataView(whole.slice().buffer);
    large.setUint32(large.getUint32(whole.length - 6, true) + 24, 2 ** 28, true);
    await errorOf([bytesOf('a.zip', new Uint8Array(large.buffer))], 'TOO_LARGE');
    const lie = new DataView(whole.slice().buffer);
    lie.setUint32(lie.getUint32(whole.length - 6, true) + 24, 2 ** 26, true);
    await errorOf([bytesOf('a.zip', new Uint8Array(lie.buffer))], 'CORRUPT_FILE');
  });
});
