import { describe, expect, test } from 'vitest';
import { bytesOf } from '../sources';
import { allSamples, errorOf, openOne, textFile, warningCodes } from '../testing/opened';
import { encode, writeRecord } from '../testing/wfdb-writer';

const WAVE = [10, -20, 30, 47, -5, 0, 63];
const mV = (values: readonly number[], gain = 200) => values.map((value) => Math.fround(value / gain));

describe.each([8, 16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 516, 524])('format %i', (format) => {
  test('two leads of odd length decode exactly, checksums and all', async () => {
    const second = WAVE.map((value) => 50 - value);
    const recording = await openOne(
      writeRecord('r', '250', [
        { format, values: WAVE, name: 'I' },
        { format, values: second, name: 'aVF' },
      ]),
    );
    expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([mV(WAVE), mV(second)]);
    expect(recording.channels).toMatchObject([
      { name: 'I', lead: 'I', unit: 'mV', samplingRateHz: 250, sampleCount: 7 },
      { name: 'aVF', lead: 'aVF', unit: 'mV', samplingRateHz: 250, sampleCount: 7 },
    ]);
    expect(recording.warnings).toEqual([]);
    expect(recording.durationS).toBe(7 / 250);
  });

  test('any stretch is what the whole has there, cut at the ends', async () => {
    const recording = await openOne(
      writeRecord('r', '250', [
        { format, values: WAVE },
        { format, values: WAVE },
        { format, values: WAVE },
      ]),
    );
    for (const [start, count] of [
      [0, 3],
      [1, 1],
      [3, 4],
      [5, 99],
      [7, 1],
      [-2, 4],
      [2, 0],
    ] as const) {
      const stretch = await recording.samples(1, start, count);
      expect([...stretch]).toEqual(mV(WAVE).slice(Math.max(0, start), Math.max(0, start + count)));
    }
  });

  test('the lowest value is no sample', async () => {
    const lowest =
      {
        8: Number.NaN,
        80: -128,
        212: -2048,
        310: -512,
        311: -512,
        508: -128,
        24: -8388608,
        524: -8388608,
        32: -2147483648,
      }[format] ?? -32768;
    if (Number.isNaN(lowest)) return;
    const recording = await openOne(writeRecord('r', '250', [{ format, values: [5, lowest, lowest + 1, 5] }]));
    expect([...(await recording.samples(0, 0, 4))]).toEqual([mV([5])[0], Number.NaN, mV([lowest + 1])[0], mV([5])[0]]);
  });

  test('one byte less than promised is TRUNCATED_FILE', async () => {
    const [header, data] = writeRecord('r', '250', [{ format, values: WAVE, name: 'I' }]);
    if (!header || !data) throw new Error('no record');
    const error = await errorOf([header, bytesOf('r.dat', (await data.read()).subarray(0, -1))], 'TRUNCATED_FILE');
    if (format < 500)
      expect(error.detail).toMatchObject({ expected: `${data.size} bytes`, found: `${data.size - 1} bytes` });
  });
});

describe('scale', () => {
  test.each([
    ['400(100)/mV', 300, 0.5, 'mV'],
    ['2/uV', 300, 0.15, 'mV'],
    ['2/µV', 300, 0.15, 'mV'],
    ['100000/V', 300, 3, 'mV'],
    ['-200(0)/mV', 300, -1.5, 'mV'],
    ['10(50)/mmHg', 300, 25, 'mmHg'],
  ])('gain %s', async (gain, value, expected, unit) => {
    const recording = await openOne(writeRecord('r', '250', [{ format: 16, values: [value], gain, name: 'x' }]));
    expect((await recording.samples(0, 0, 1))[0]).toBeCloseTo(expected, 6);
    expect(recording.channels[0]?.unit).toBe(unit);
    expect(warningCodes(recording)).toEqual([]);
  });

  test('a gain of 0 is read as 200 with GAIN_ASSUMED', async () => {
    const recording = await openOne(writeRecord('r', '250', [{ format: 16, values: [300], gain: '0', name: 'I' }]));
    expect((await recording.samples(0, 0, 1))[0]).toBe(1.5);
    expect(warningCodes(recording)).toEqual(['GAIN_ASSUMED']);
  });

  test('NU is kept with NO_ABSOLUTE_VOLTAGE', async () => {
    const recording = await openOne(
      writeRecord('r', '250', [{ format: 16, values: [300], gain: '200/NU', name: 'I' }]),
    );
    expect(recording.channels[0]?.unit).toBe('NU');
    expect(warningCodes(recording)).toEqual(['NO_ABSOLUTE_VOLTAGE']);
  });
});

describe('time', () => {
  test('several samples a frame give a channel its own rate', async () => {
    const values = Array.from({ length: 12 }, (_, i) => i);
    const recording = await openOne(
      writeRecord('r', '125', [
        { format: 212, values, samplesPerFrame: 4, name: 'I' },
        { format: 212, values: [7, 8, 9], name: 'ABP' },
      ]),
    );
    expect(recording.channels).toMatchObject([
      { samplingRateHz: 500, sampleCount: 12 },
      { samplingRateHz: 125, sampleCount: 3 },
    ]);
    expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([mV(values), mV([7, 8, 9])]);
    expect([...(await recording.samples(0, 3, 6))]).toEqual(mV(values.slice(3, 9)));
  });

  test('skew is taken out and the end is missing', async () => {
    const recording = await openOne(
      writeRecord('r', '250', [
        { format: 16, values: [1, 2, 3, 4], name: 'I' },
        { format: 16, values: [9, 9, 1, 2], skew: 2, name: 'II' },
      ]),
    );
    expect([...(await recording.samples(1, 0, 4))]).toEqual([...mV([1, 2]), Number.NaN, Number.NaN]);
    expect([...(await recording.samples(1, 1, 2))]).toEqual([...mV([2]), Number.NaN]);
    expect(warningCodes(recording)).toEqual(['SIGNALS_SKEWED']);
  });

  test('without a length it is taken from the shortest file', async () => {
    const recording = await openOne(
      writeRecord(
        'r',
        '250',
        [
          { format: 16, values: WAVE, name: 'I', file: 'a.dat', checksum: 0 },
          { format: 212, values: WAVE.slice(0, 4), name: 'II', file: 'b.dat', checksum: 0 },
        ],
        { length: false },
      ),
    );
    expect(recording.channels.map(({ sampleCount }) => sampleCount)).toEqual([4, 4]);
    expect(warningCodes(recording)).toEqual(['LENGTH_FROM_DATA']);
  });

  test('without a rate it asks, and takes the answer', async () => {
    const files = [
      textFile('r.hea', 'r 1\nr.dat 16 200 16 0 1 0 0 I\n'),
      bytesOf('r.dat', Uint8Array.from(encode(16, [1, 2]))),
    ];
    await errorOf(files, 'NEEDS_INPUT');
    expect((await openOne(files, { rateHz: 128 })).channels[0]?.samplingRateHz).toBe(128);
  });
});

test('a changed sample is CHECKSUM_MISMATCH', async () => {
  const recording = await openOne(writeRecord('r', '250', [{ format: 16, values: WAVE, name: 'I', checksum: 4711 }]));
  expect(warningCodes(recording)).toEqual(['CHECKSUM_MISMATCH']);
});

describe('MATLAB level 4', () => {
  const mat = (rows: number, columns: number, precision = 3) => {
    const head = new DataView(new ArrayBuffer(24));
    [10 * precision, rows, columns, 0, 4].forEach((value, i) => void head.setUint32(4 * i, value, true));
    [...'val\0'].forEach((letter, i) => void head.setUint8(20 + i, letter.charCodeAt(0)));
    return new Uint8Array(head.buffer);
  };
  const signals = [
    { format: 16, values: WAVE, name: 'I', file: 'r.mat' },
    { format: 16, values: WAVE, name: 'II', file: 'r.mat' },
  ];

  test('is read from its offset', async () => {
    const recording = await openOne(writeRecord('r', '500', signals, { prefix: mat(2, WAVE.length) }));
    expect([...(await recording.samples(1, 0, 7))]).toEqual(mV(WAVE));
  });

  test.each([
    ['rows', mat(3, WAVE.length)],
    ['columns', mat(2, 3)],
    ['type', mat(2, WAVE.length, 0)],
    ['magic', new Uint8Array(24)],
  ])('with other %s than the header says is CORRUPT_FILE', async (_, prefix) => {
    await errorOf(writeRecord('r', '500', signals, { prefix }), 'CORRUPT_FILE');
  });
});

describe('what is not read', () => {
  test.each([[0], [77], [509]])('format %i alone is UNSUPPORTED_FORMAT with its number', async (format) => {
    const error = await errorOf(
      [textFile('r.hea', `r 1 250 1\nr.dat ${format} 200\n`), bytesOf('r.dat', new Uint8Array(9))],
      'UNSUPPORTED_FORMAT',
    );
    expect(error.message).toContain(`format ${format} `);
  });

  test('beside others it is left out with a warning', async () => {
    const header = textFile('r.hea', 'r 2 250 2\na.dat 77 200 10 0 0 0 0 II\nb.dat 16 200 16 0 0 0 0 I\n');
    const recording = await openOne([
      header,
      bytesOf('a.dat', new Uint8Array(4)),
      bytesOf('b.dat', Uint8Array.from(encode(16, [5, 6]))),
    ]);
    expect(recording.channels.map(({ name }) => name)).toEqual(['I']);
    expect(warningCodes(recording)).toEqual(['SIGNAL_SKIPPED']);
    expect([...(await recording.samples(0, 0, 2))]).toEqual(mV([5, 6]));
  });

  test('segments without their files are MISSING_PART, an empty part EMPTY_FILE, two formats in one file CORRUPT_FILE', async () => {
    await errorOf([textFile('m.hea', 'm/2 1 250 10\nm1 5\nm2 5\n')], 'MISSING_PART');
    await errorOf([textFile('r.hea', 'r 1 250 1\nr.dat 16\n'), bytesOf('r.dat', new Uint8Array(0))], 'EMPTY_FILE');
    await errorOf(
      [textFile('r.hea', 'r 2 250 1\nr.dat 16\nr.dat 212\n'), bytesOf('r.dat', new Uint8Array(9))],
      'CORRUPT_FILE',
    );
  });
});
