import { describe, expect, test } from 'vitest';
import { bytesOf } from '../sources';
import { allSamples, errorOf, openOne, textFile, warningCodes } from '../testing/opened';

const open = (text: string, options = {}) => openOne([textFile('t.csv', text)], options);
const f32 = (values: readonly number[]) => values.map(Math.fround);
const I = [0.1, -0.25, 1.5, 0.125];
const II = [0.2, 0.5, -1, 0];

/** Rows of the two leads, time first, written as a test wants them. */
function rows(
  separator: string,
  number: (value: number) => string,
  time: (row: number) => string = (row) => String(row * 0.002),
): string {
  return I.map((value, row) => [time(row), number(value), number(II[row] ?? 0)].join(separator)).join('\n');
}

async function expectBoth(text: string, warnings: readonly string[], options = {}): Promise<void> {
  const recording = await open(text, options);
  expect(recording.channels).toMatchObject([
    { name: 'I', lead: 'I', unit: 'mV', samplingRateHz: 500 },
    { name: 'II', lead: 'II', unit: 'mV', samplingRateHz: 500 },
  ]);
  expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([f32(I), f32(II)]);
  expect(warningCodes(recording)).toEqual(warnings);
}

describe('layouts', () => {
  test.each([
    ['commas', `time (s),I [mV],II [mV]\n${rows(',', String)}\n`],
    [
      'semicolons and decimal commas',
      `time (s);I (mV);II (mV)\n${rows(
        ';',
        (v) => String(v).replace('.', ','),
        (r) => String(r * 0.002).replace('.', ','),
      )}\n`,
    ],
    ['tabs', `time_s\tI_mV\tII_mV\n${rows('\t', String)}`],
    ['blanks', `time_s   I_mV  II_mV\n ${rows('   ', (v) => v.toExponential(7)).replaceAll('\n', '\n ')}`],
    [
      'blanks and decimal commas',
      `time_s I_mV II_mV\n${rows(
        ' ',
        (v) => String(v).replace('.', ','),
        (r) => String(r * 0.002).replace('.', ','),
      )}`,
    ],
    ['carriage returns', `time (s),I [mV],II [mV]\r${rows(',', String).replaceAll('\n', '\r')}\r`],
    ['quotes', `"time (s)","I [mV]","II [mV]"\r\n${rows(',', (v) => `"${v}"`).replaceAll('\n', '\r\n')}\r\n`],
    ['microvolts', `time (s),I [uV],II (µV)\n${rows(',', (v) => String(v * 1000))}\n`],
    ['milliseconds', `Time [ms],Lead I [mV],Lead_2 mV\n${rows(',', String, (r) => String(2 * r))}\n`],
    [
      'a clock and a row of units, as rdsamp writes',
      `'Elapsed time','I','II'\n'hh:mm:ss.mmm','mV','mV'\n${rows(',', String, (r) => `'0:00.00${2 * r}'`)}\n`,
    ],
    [
      'a counting column and a preamble',
      `Sampling Rate (Hz): 500\nUnit: mV\n\nsample,I,II\n${rows(',', String, String)}\n`,
    ],
    [
      'a gain',
      `Sampling Rate (Hz): 500\nGain (digit/millivolt): 2000\nI,II\n${I.map((v, r) => `${2000 * v},${2000 * (II[r] ?? 0)}`).join('\n')}\n`,
    ],
  ])('%s', async (_, text) => {
    await expectBoth(text, []);
  });

  test('a delimiter at the end of every row is no column; a lead without a number stays', async () => {
    const rows = (end: string) => Array.from({ length: 20 }, (_, i) => `${i % 7}.5,${i % 5}.5,${end}`).join('\n');
    const leads = async (text: string) => {
      const { channels } = await openOne([textFile('t.csv', text)], { rateHz: 500, unit: 'mV' });
      return channels.map(({ name }) => name);
    };
    expect(await leads(`I,II,\n${rows('')}\n`)).toEqual(['I', 'II']);
    expect(await leads(`I,II,V1\n${rows('NaN')}\n`)).toEqual(['I', 'II', 'V1']);
  });

  test('samples in rows', async () => {
    const samples = (offset: number) => Array.from({ length: 100 }, (_, i) => Math.sin(i / 9) + offset);
    const text = [`V1 [mV],${samples(0).join(',')}`, `V2 [mV],${samples(1).join(',')}`].join('\n');
    const recording = await open(text, { rateHz: 250 });
    expect(recording.channels).toMatchObject([
      { name: 'V1', sampleCount: 100 },
      { name: 'V2', samplingRateHz: 250 },
    ]);
    expect([...(await recording.samples(1, 0, 100))]).toEqual(f32(samples(1)));
  });

  test('UTF-16 and Latin-1', async () => {
    const text = `time (s),I [µV]\n0,100.5\n0.002,200\n0.004,-300\n`;
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...[...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
    ]);
    const latin1 = Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));
    for (const bytes of [utf16, latin1]) {
      const recording = await openOne([bytesOf('t.csv', bytes)]);
      expect([...(await recording.samples(0, 0, 9))]).toEqual(f32([0.1005, 0.2, -0.3]));
    }
  });

  test('empty cells and NaN are missing samples, and rows across a read boundary are whole', async () => {
    const lines = Array.from(
      { length: 120_000 },
      (_, i) => `${(i / 500).toFixed(3)},${i % 3 === 0 ? '' : i / 1000},${i % 5 === 0 ? 'NaN' : -i / 1000}`,
    );
    const recording = await open(`time_s,I,II\n${lines.join('\n')}\n`, { unit: 'mV' });
    const [first, second] = await allSamples(recording);
    expect(recording.channels[0]).toMatchObject({ samplingRateHz: 500, sampleCount: 120_000 });
    expect(first?.every((value, i) => (i % 3 === 0 ? Number.isNaN(value) : value === Math.fround(i / 1000)))).toBe(
      true,
    );
    expect(second?.every((value, i) => (i % 5 === 0 ? Number.isNaN(value) : value === Math.fround(-i / 1000)))).toBe(
      true,
    );
  });
});

test("the product's own export comes back", async () => {
  const recording = await open(
    'time_s,I,II,"odd, name"\n0,0.1,,-0.5\n0.002778,-0.25,,0.25\n0.005556,1.5,0.000123,0\n0.008333,,,1\n',
  );
  expect(recording.channels).toMatchObject([
    { name: 'I', samplingRateHz: 360 },
    { name: 'II' },
    { name: 'odd, name', lead: null },
  ]);
  expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([
    f32([0.1, -0.25, 1.5, Number.NaN]),
    f32([Number.NaN, Number.NaN, 0.000123, Number.NaN]),
    f32([-0.5, 0.25, 0, 1]),
  ]);
  expect(warningCodes(recording)).toEqual(['UNIT_ASSUMED']);
});

describe('what a table does not say', () => {
  const bare = I.map((value, row) => `${value},${II[row]}`).join('\n');

  test('no rate: NEEDS_INPUT until it is answered; what the file says wins over the answer', async () => {
    expect((await errorOf([textFile('t.csv', bare)], 'NEEDS_INPUT')).message).toMatch(/sampling rate/);
    const recording = await open(bare, { rateHz: 250 });
    expect(recording.channels[0]?.samplingRateHz).toBe(250);
    expect((await open(`time_s,I [mV]\n0,1\n0.01,2\n0.02,3\n`, { rateHz: 250, unit: 'uV' })).channels[0]).toMatchObject(
      { samplingRateHz: 100, unit: 'mV' },
    );
  });

  test('no names: no lead is made up', async () => {
    const twelve = Array.from({ length: 20 }, (_, row) =>
      Array.from({ length: 12 }, (__, lead) => Math.sin(row + lead).toFixed(3)).join(','),
    ).join('\n');
    for (const text of [twelve, `${Array.from({ length: 12 }, (_, i) => i).join(',')}\n${twelve}`]) {
      const recording = await open(text, { rateHz: 250 });
      expect(recording.channels.map(({ lead }) => lead)).toEqual(Array(12).fill(null));
      expect(recording.channels[0]?.sampleCount).toBe(20);
      expect(warningCodes(recording)).toEqual(['UNIT_ASSUMED', 'LEAD_UNKNOWN']);
    }
  });

  test('one column: its heading is one name with its unit, blanks and all', async () => {
    const recording = await open(
      `II (mV)\n${Array.from({ length: 50 }, (_, i) => (i / 1e4).toFixed(4)).join('\n')}\n`,
      { rateHz: 300 },
    );
    expect(recording.channels).toMatchObject([
      { name: 'II', lead: 'II', unit: 'mV', samplingRateHz: 300, sampleCount: 50 },
    ]);
  });

  test('no unit: mV only where the numbers can be nothing else', async () => {
    expect(warningCodes(await open(`I,II\n${bare}`, { rateHz: 250 }))).toEqual(['UNIT_ASSUMED']);
    const counts = `I,II\n${I.map((value, row) => `${1000 * value},${1000 * (II[row] ?? 0)}`).join('\n')}`;
    expect((await errorOf([textFile('t.csv', counts)], 'NEEDS_INPUT', { rateHz: 250 })).message).toMatch(/unit/);
    const recording = await open(counts, { rateHz: 250, unit: 'uV' });
    expect([...(await recording.samples(0, 0, 9))]).toEqual(f32(I));
  });

  test('decimals do not make mV of amplitudes that no heart has, too large or too small', async () => {
    for (const scale of [1000.5, 0.001]) {
      const text = `I,II\n${I.map((value, row) => `${scale * value},${scale * (II[row] ?? 0)}`).join('\n')}`;
      await errorOf([textFile('t.csv', text)], 'NEEDS_INPUT', { rateHz: 250 });
    }
  });

  test('one column of decimal commas is one lead', async () => {
    const recording = await open('0,065\n-0,065\n0,125\n1,5\n', { rateHz: 250 });
    expect([...(await recording.samples(0, 0, 9))]).toEqual(f32([0.065, -0.065, 0.125, 1.5]));
  });
});

describe('broken tables', () => {
  test.each([
    ['a time column in hours', 'time_s,I [mV]\n0,1\n3600,2\n7200,3\n', 'CORRUPT_FILE'],
    ['a word among numbers', 'time_s,I [mV]\n0,1\n0.002,2\n0.004,3\n0.006,four\n', 'CORRUPT_FILE'],
    ['too many cells', 'time_s,I [mV]\n0,1\n0.002,2\n0.004,3\n0.006,4,5\n', 'CORRUPT_FILE'],
    ['a number beyond all', 'time_s,I [mV]\n0,1\n0.002,2\n0.004,3\n0.006,1e999\n', 'CORRUPT_FILE'],
    ['no table', 'name,ward\nA,3\n', 'CORRUPT_FILE'],
  ])('%s', async (_, text, code) => {
    await errorOf([textFile('t.csv', text)], code as 'CORRUPT_FILE');
  });

  test('a last row that is cut off is left out with a warning', async () => {
    const recording = await open('time_s,I [mV],II [mV]\n0,1,2\n0.002,2,3\n0.004,3,4\n0.006');
    expect(recording.channels[0]?.sampleCount).toBe(3);
    expect(warningCodes(recording)).toEqual(['SAMPLES_MISSING']);
  });

  test('a table beyond reason is TOO_LARGE before it is read', async () => {
    const text = textFile('t.csv', 'time_s,I\n0,1\n0.002,2\n');
    await errorOf([{ ...text, size: 2 ** 40 }], 'TOO_LARGE');
  });
});
