import { describe, expect, test } from 'vitest';
import { bytesOf } from '../sources';
import { writeEdf } from '../testing/edf-writer';
import { allSamples, errorOf, openOne, warningCodes } from '../testing/opened';

const FOUR = [100, -200, 300, -400];
const f32 = (values: readonly number[], factor = 1e-3) => values.map((value) => Math.fround(value * factor));

describe('samples', () => {
  test.each([16, 24] as const)('%i bits, two rates, two records', async (bits) => {
    const top = 2 ** (bits - 1) - 1;
    const recording = await openOne([
      writeEdf(
        'a',
        [
          { label: 'ECG I', values: [...FOUR, top, -top - 1, 0, 1] },
          { label: 'EKG V2', values: [7, -7] },
        ],
        {
          bits,
          records: 2,
          recordSeconds: 0.02,
        },
      ),
    ]);
    expect(recording.source.format).toBe(bits === 16 ? 'edf' : 'bdf');
    expect(recording.channels).toMatchObject([
      { name: 'I', lead: 'I', unit: 'mV', samplingRateHz: 200, sampleCount: 8 },
      { name: 'V2', lead: 'V2', unit: 'mV', samplingRateHz: 50, sampleCount: 2 },
    ]);
    expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([
      f32([...FOUR, top, -top - 1, 0, 1]),
      f32([7, -7]),
    ]);
    expect([...(await recording.samples(0, 3, 2))]).toEqual(f32([-400, top]));
    expect([...(await recording.samples(0, 6, 99))]).toEqual(f32([0, 1]));
    expect(recording.warnings).toEqual([]);
    expect(recording.durationS).toBe(0.04);
  });

  test.each([
    ['uV', ['-100', '100'], 1e-3, 'mV'],
    ['µV', ['-100', '100'], 1e-3, 'mV'],
    ['\u00e6V', ['-100', '100'], 1e-3, 'mV'],
    ['microV', ['-100', '100'], 1e-3, 'mV'],
    ['mVolt', ['-100', '100'], 1, 'mV'],
    ['V', ['-100', '100'], 1e3, 'mV'],
    ['mV', ['-0,5', '0,5'], 0.005, 'mV'],
    ['mV', ['0.5', '-0.5'], -0.005, 'mV'],
    ['mmHg', ['-100', '100'], 1, 'mmHg'],
  ] as const)('unit %s from %j', async (unit, physical, factor, decoded) => {
    const recording = await openOne([
      writeEdf('a', [{ label: 'x y', unit, physical, digital: [-100, 100], values: [50, -100] }]),
    ]);
    expect(recording.channels[0]?.unit).toBe(decoded);
    const [first, second] = await recording.samples(0, 0, 2);
    expect(first).toBeCloseTo(50 * factor, 5);
    expect(second).toBeCloseTo(-100 * factor, 5);
  });

  test('a range of nothing has no scale', async () => {
    const recording = await openOne([writeEdf('a', [{ label: 'I', physical: [0, 0], values: FOUR }])]);
    expect([...(await recording.samples(0, 0, 4))]).toEqual(FOUR);
    expect(warningCodes(recording)).toEqual(['NO_ABSOLUTE_VOLTAGE']);
  });

  test('24 hours open by their header, and a window reads itself', async () => {
    const small = await writeEdf('h', [{ label: 'I', values: Array(500).fill(5) }]).read();
    const header = small.slice(0, 512);
    header.set(new TextEncoder().encode('86400   '), 236);
    let read = 0;
    const recording = await openOne([
      {
        name: 'h.edf',
        size: 512 + 86400 * 1000,
        read: async (start = 0, end = 0) => {
          read += end - start;
          return start < 512
            ? header.slice(start, end)
            : Uint8Array.from({ length: end - start }, (_, i) => 5 * ((i + 1) % 2));
        },
      },
    ]);
    expect(recording.durationS).toBe(86400);
    expect(read).toBeLessThan(10_000);
    expect((await recording.samples(0, 40_000 * 500, 5000)).every((value) => value === Math.fround(0.005))).toBe(true);
    expect(read).toBeLessThan(25_000);
  });
});

describe('time', () => {
  const six = [1, 2, 3, 4, 5, 6];

  test('gaps of a discontinuous file are missing samples, and its annotations are no lead', async () => {
    const recording = await openOne([
      writeEdf('a', [{ label: 'II', values: six }], { records: 3, onsets: [0.5, 1.5, 4], variant: 'EDF+D' }),
    ]);
    expect(recording.channels).toMatchObject([{ name: 'II', samplingRateHz: 2, sampleCount: 9 }]);
    expect([...(await recording.samples(0, 0, 9))]).toEqual([...f32([1, 2, 3, 4]), NaN, NaN, NaN, ...f32([5, 6])]);
    expect([...(await recording.samples(0, 3, 5))]).toEqual([...f32([4]), NaN, NaN, NaN, ...f32([5])]);
    expect(warningCodes(recording)).toEqual(['SAMPLES_MISSING']);
  });

  test('texts stand at their moments from the first sample, in any script', async () => {
    const texts = [
      [[0.75, 'Lage geändert']],
      [],
      [
        [4.5, 'VES'],
        [1.5, '動悸'],
      ],
    ] as const;
    const recording = await openOne([
      writeEdf('a', [{ label: 'II', values: six }], { records: 3, onsets: [0.5, 1.5, 4], variant: 'EDF+D', texts }),
    ]);
    const found = await recording.annotations?.();
    expect(found?.list.map(({ timeS, text }) => [timeS, text])).toEqual([
      [0.25, 'Lage geändert'],
      [1, '動悸'],
      [4, 'VES'],
    ]);
    expect(found?.list[0]).toMatchObject({ symbol: '"', source: 'edf' });
    expect((await openOne([writeEdf('a', [{ label: 'II', values: six }])])).annotations).toBeUndefined();
  });

  test('gaps at unknown places are told of; time that goes back is CORRUPT_FILE; a gap of a year TOO_LARGE or CORRUPT', async () => {
    const unknown = await openOne([writeEdf('a', [{ label: 'II', values: six }], { records: 3, variant: 'EDF+D' })]);
    expect(warningCodes(unknown)).toEqual(['SAMPLES_MISSING']);
    for (const onsets of [
      [0, 5, 3],
      [0, 1, 1e9],
    ])
      await errorOf(
        [writeEdf('a', [{ label: 'II', values: six }], { records: 3, onsets, variant: 'EDF+D' })],
        'CORRUPT_FILE',
      );
  });

  test('the starting time, its part of a second, and the date of the recording line', async () => {
    const start = async (options: object) =>
      (await openOne([writeEdf('a', [{ label: 'II', values: six }], options)])).startTime;
    expect(await start({ start: '31.01.2010.20.30' })).toBe('2020-01-31T10:20:30');
    expect(await start({ start: '31.12.9923.59.59', onsets: [0.75] })).toBe('1999-12-31T23:59:59');
    expect(await start({ start: '31.12.9923.59.59', onsets: [1.25] })).toBe('2000-01-01T00:00:00');
    expect(await start({ start: '01.01.0010.20.30', onsets: [0], recording: 'Startdate 02-MAR-2101 X X Rec_7' })).toBe(
      '2101-03-02T10:20:30',
    );
    expect(await start({ start: '31.02.2010.20.30' })).toBeNull();
  });

  test('an unknown number of records comes from the size', async () => {
    const recording = await openOne([writeEdf('a', [{ label: 'II', values: six }], { records: 3, statedRecords: -1 })]);
    expect(recording.channels[0]?.sampleCount).toBe(6);
    expect(warningCodes(recording)).toEqual(['LENGTH_FROM_DATA']);
  });

  test('records of no length ask for the rate', async () => {
    const file = writeEdf('a', [{ label: 'II', values: six }], { recordSeconds: 0 });
    await errorOf([file], 'NEEDS_INPUT');
    expect((await openOne([file], { rateHz: 250 })).channels[0]?.samplingRateHz).toBe(250);
  });
});

test('no unit anywhere asks for it', async () => {
  const file = writeEdf('a', [{ label: 'II', unit: '', values: FOUR }]);
  await errorOf([file], 'NEEDS_INPUT');
  expect([...(await (await openOne([file], { unit: 'uV' })).samples(0, 0, 4))]).toEqual(f32(FOUR));
});

test('who and with what: EDF+ in subfields, EDF as it stands, Latin-1', async () => {
  const options = {
    onsets: [0],
    patient: 'M-1 F 02-MAR-1957 J\u00fcrgens_Ann',
    recording: 'Startdate 31-JAN-2020 X X Rec_7',
  };
  const { patient, device } = await openOne([writeEdf('a', [{ label: 'II', values: FOUR }], options)]);
  expect(patient).toMatchObject({
    id: 'M-1',
    name: 'J\u00fcrgens Ann',
    birthDate: '1957-03-02',
    ageYears: 62,
    sex: 'female',
  });
  expect(device).toBe('Rec 7');
  const hidden = await openOne([writeEdf('a', [{ label: 'II', values: FOUR }], { ...options, patient: 'X X X X' })]);
  expect(hidden.patient).toMatchObject({ id: null, name: null, birthDate: null, sex: 'unknown' });
  const unmarked = await openOne([writeEdf('a', [{ label: 'II', values: FOUR }], { ...options, variant: '' })]);
  expect(unmarked.patient).toEqual(patient);
  expect(unmarked.device).toBe(device);
  const plain = await openOne([writeEdf('a', [{ label: 'II', values: FOUR }], { patient: 'ward 7 F' })]);
  expect(plain.patient).toMatchObject({ id: 'ward 7 F', sex: 'unknown' });
});

test('what is cut off is TRUNCATED_FILE, a header that is none CORRUPT_FILE', async () => {
  const whole = await writeEdf('a', [{ label: 'II', values: FOUR }]).read();
  for (const size of [300, 512, whole.length - 1])
    await errorOf([bytesOf('a', whole.subarray(0, size))], 'TRUNCATED_FILE');
  const broken = whole.slice();
  broken.set(new TextEncoder().encode('x'), 244);
  await errorOf([bytesOf('a', broken)], 'CORRUPT_FILE');
});
