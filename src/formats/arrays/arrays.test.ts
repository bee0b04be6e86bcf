import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../sources';
import { writeNpy } from '../testing/npy-writer';
import { allSamples, errorOf, openOne, textFile, warningCodes } from '../testing/opened';

const I = Array.from({ length: 100 }, (_, i) => Math.round(400 * Math.sin(i / 5)) / 500);
const II = I.map((value) => value / 2);
const rows = I.map((value, i) => [value, II[i] ?? 0]);
const f32 = (values: readonly number[]) => [...Float32Array.from(values)];
const letters = (text: string, width: number) => Array.from({ length: width }, (_, i) => text.charCodeAt(i) || 0);

async function expectBoth(recording: Awaited<ReturnType<typeof openOne>>, named = true) {
  expect((await allSamples(recording)).map((samples) => [...samples])).toEqual([f32(I), f32(II)]);
  expect(recording.channels.map(({ lead }) => lead)).toEqual(named ? ['I', 'II'] : [null, null]);
  expect(recording.channels.every(({ samplingRateHz }) => samplingRateHz === 500)).toBe(true);
}

describe('JSON', () => {
  const open = (value: unknown, options = {}) => openOne([textFile('a.json', JSON.stringify(value))], options);
  const samples = rows.map(([first, second]) => ({ I: first, II: second }));
  const numbered = (values: readonly number[]) => Object.fromEntries(values.entries());

  test("AliveCor's Kardia: steps in nanovolts, the unfiltered samples", async () => {
    const steps = (values: readonly number[]) => values.map((value) => Math.round(value * 2000));
    const block = (factor: number) => ({
      frequency: 500,
      amplitudeResolution: 500,
      samples: { leadI: steps(I).map((step) => step * factor), leadII: steps(II).map((step) => step * factor) },
    });
    const recording = await open({
      recordedAt: '2021-04-16T15:19:09+05:30',
      algorithmDetermination: 'normal',
      data: { raw: block(1), enhanced: block(2) },
      deviceInfo: { hardwareType: 'kardia_6l' },
    });
    await expectBoth(recording);
    expect(recording).toMatchObject({
      startTime: '2021-04-16T15:19:09',
      device: 'AliveCor kardia_6l',
      deviceStatements: ['normal'],
      warnings: [],
    });
  });

  test.each<[string, unknown]>([
    ['leads by name', { leads: { I, II }, samplingRate: 500, unit: 'mV' }],
    [
      'leads with fields of their own',
      { ecg: { leads: { I: { samples: I, unit: 'mV' }, II: { samples: II } } }, fs: 500 },
    ],
    [
      'a list of leads',
      {
        signals: [
          { name: 'I', values: I },
          { name: 'II', values: II },
        ],
        sampling_rate_hz: 500,
        units: 'mV',
      },
    ],
    [
      'rate in each lead',
      [
        { lead: 'I', data: I, fs: 500, unit: 'mV' },
        { lead: 'II', data: II, fs: 500 },
      ],
    ],
    ['names beside leads', { lead_names: ['I', 'II'], data: [I, II], units: ['mV', 'mV'], fs: '500 Hz' }],
    ['pandas: split', { columns: ['I', 'II'], index: I.map((_, i) => i), data: rows, fs: 500, unit: 'mV' }],
    ['pandas: records', { data: samples, fs: 500, unit: 'mV' }],
    ['pandas: columns', { I: numbered(I), II: numbered(II), fs: 500, unit: 'mV' }],
    ['a time array', { time: I.map((_, i) => i / 500), I, II, unit: 'mV' }],
    ['microvolts', { I: I.map((v) => 1000 * v), II: II.map((v) => 1000 * v), unit: 'µV', fs: 500, samples: 100 }],
  ])('%s', async (_, value) => {
    const recording = await open(value);
    await expectBoth(recording);
    expect(recording.source.format).toBe('json');
    expect(recording.warnings.filter(({ code }) => code !== 'RATE_ASSUMED')).toEqual([]);
  });

  test('leads or samples in arrays of arrays, in which the rate and the leads are not told', async () => {
    for (const value of [rows, [I, II], [[I, II]]]) {
      const error = await errorOf([textFile('a.json', JSON.stringify(value))], 'NEEDS_INPUT');
      expect(error.message).toContain('sampling rate');
      const recording = await open(value, { rateHz: 500 });
      await expectBoth(recording, false);
      expect(warningCodes(recording)).toEqual(['UNIT_ASSUMED', 'LEAD_UNKNOWN']);
    }
    expect((await open(I, { rateHz: 500 })).channels).toHaveLength(1);
  });

  test('NaN and null are missing, a shorter lead ends earlier, patient and rate stand beside', async () => {
    const text = `{"fs": 250, "unit": "mV", "patient": {"age": 63, "sex": "F"}, "I": [NaN, null, ${I}], "II": [${II}]}`;
    const recording = await openOne([textFile('a.json', text)]);
    const [first, second] = await allSamples(recording);
    expect(f32([...(first ?? [])].slice(0, 3))).toEqual([Number.NaN, Number.NaN, f32(I)[0]]);
    expect([second?.length, second?.at(-1)]).toEqual([102, Number.NaN]);
    expect(recording.patient).toMatchObject({ ageYears: 63, sex: 'female', ageOrigin: 'file' });
    expect(warningCodes(recording)).toEqual(['SAMPLES_MISSING']);
  });

  test('what is none, is cut, or is our own', async () => {
    const refused = async (text: string, code: Parameters<typeof errorOf>[1]) =>
      (await errorOf([textFile('a.json', text)], code, { rateHz: 500 })).message;
    expect(await refused('{"name": "x", "files": ["a"], "ids": [1, 2, 3]}', 'UNSUPPORTED_FORMAT')).toContain(
      'no array',
    );
    expect(await refused('{"leads": {"I": [1, 2', 'TRUNCATED_FILE')).toContain('cut off');
    expect(await refused('{"leads": }', 'CORRUPT_FILE')).toContain('no JSON');
    expect(await refused('{"schema": "efficientecg.analysis/1"}\n{"schema"', 'UNSUPPORTED_FORMAT')).toContain(
      'analysis',
    );
    expect(await refused('[["a"], [1, 2]]', 'UNSUPPORTED_FORMAT')).toContain('no array');
  });
});

describe('NPY and NPZ', () => {
  const npy = (descr: string, shape: readonly number[], values: readonly number[], fortran = false) =>
    bytesOf('a.npy', writeNpy({ descr, shape, values, fortran }));
  const options = { rateHz: 500, unit: 'mV' } as const;
  const steps = (values: readonly number[]) => values.map((value) => 500 * value);

  test('leads in rows or columns, C and Fortran order, either byte order', async () => {
    for (const file of [
      npy('<f8', [2, 100], [...I, ...II]),
      npy('>f8', [100, 2], rows.flat()),
      npy('<f8', [100, 2], [...I, ...II], true),
      npy('<f8', [1, 2, 100, 1], [...I, ...II]),
    ])
      await expectBoth(await openOne([file], options), false);
  });

  test.each(['|i1', '<i2', '>i2', '<i4', '<i8', '>f4'])('numbers of the type %s', async (descr) => {
    const values = Array.from({ length: 100 }, (_, i) => (i % 100) - 50);
    expect([...((await allSamples(await openOne([npy(descr, [100], values)], options)))[0] ?? [])]).toEqual(values);
  });

  test('halves', async () => {
    const halves = [0x3c00, 0xc000, 0x3555, 0x0001, 0x7e00, 0x0000, 0x7c00, 0xbc00, 0x4248, 0x0400];
    const half = bytesOf('a.npy', writeNpy({ descr: '<i2', claimed: '<f2', shape: [10], values: halves }));
    const found = [...((await allSamples(await openOne([half], options)))[0] ?? [])];
    expect(found.slice(0, 5)).toEqual(f32([1, -2, 0.333251953125, 2 ** -24, Number.NaN]));
  });

  test('rate and unit are asked for; of many recordings the first is shown', async () => {
    const whole = npy('<i2', [100], steps(I).map(Math.round));
    expect((await errorOf([whole], 'NEEDS_INPUT')).message).toContain('sampling rate');
    expect((await errorOf([whole], 'NEEDS_INPUT', { rateHz: 500 })).message).toContain('unit');
    const three = await openOne([npy('<f8', [2, 2, 100], [...I, ...II, ...II, ...I])], options);
    await expectBoth(three, false);
    expect(warningCodes(three)).toContain('PART_SHOWN');
  });

  test('an NPZ names its leads, rate and unit, dropped or in an archive', async () => {
    const named = zipSync({
      'signal.npy': writeNpy({ descr: '<f8', shape: [100, 2], values: rows.flat() }),
      'leads.npy': writeNpy({ descr: '<U3', shape: [2], values: [...letters('I', 3), ...letters('II', 3)] }),
      'fs.npy': writeNpy({ descr: '<i8', shape: [], values: [500] }),
      'unit.npy': writeNpy({ descr: '|i1', claimed: '|S2', shape: [], values: letters('mV', 2) }),
      'object.npy': writeNpy({ descr: '<i8', claimed: '|O8', shape: [2], values: [1, 2] }),
    });
    const recording = await openOne([bytesOf('a.npz', named)]);
    await expectBoth(recording);
    expect(recording.source.format).toBe('npz');
    expect(warningCodes(recording)).toEqual(['PART_SHOWN']);
    const inside = await openOne([bytesOf('all.zip', zipSync({ 'ward/a.npz': named }))]);
    expect(inside.source.name).toBe('ward/a.npz');
  });

  test('damaged arrays', async () => {
    const whole = await npy('<f8', [100], I).read();
    const cut = bytesOf('a.npy', whole.subarray(0, whole.length - 1));
    await errorOf([cut], 'TRUNCATED_FILE', options);
    await errorOf([bytesOf('a.npy', whole.subarray(0, 9))], 'CORRUPT_FILE', options);
    await errorOf([npy('<c8', [1], [1])], 'UNSUPPORTED_FORMAT', options);
    await errorOf([npy('<f4', [9e9], [1])], 'TOO_LARGE', options);
    await errorOf([npy('<f4', [0, 12], [])], 'UNSUPPORTED_FORMAT', options);
  });
});
