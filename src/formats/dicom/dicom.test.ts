import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../ecg';
import { LEADS } from '../../ecg';
import { simulate } from '../../simulator';
import { bytesOf } from '..';
import { measurement, statement, type WrittenChannel, type WrittenSyntax, writeDicom } from '../testing/dicom-writer';
import { allSamples, errorOf, openOne, warningCodes } from '../testing/opened';

const CODES = [1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8];
const { leads } = simulate('sinus', { samplingRateHz: 250, durationS: 4 });
/** Twelve leads in steps of 2.5 µV. */
const STEPS = LEADS.map((lead) => Array.from(leads[lead], (value) => Math.round(value * 400) || 0));
const channels = STEPS.map(
  (values, i): WrittenChannel => ({ source: [`5.6.3-9-${CODES[i]}`, 'SCPECG'], values, sensitivity: 2.5 }),
);
const rhythm = { label: 'RHYTHM', rateHz: 250, channels };
const lead = (values: readonly number[], more: Partial<WrittenChannel> = {}): WrittenChannel => ({
  source: ['2:1', 'MDC'],
  values,
  sensitivity: 1,
  unit: 'mV',
  ...more,
});
const one = (channel: WrittenChannel, more = {}) =>
  writeDicom('a.dcm', [{ label: '', rateHz: 100, channels: [channel], ...more }]);
const valuesOf = async (file: ByteSource) => Array.from((await allSamples(await openOne([file])))[0] ?? []);

describe('a simulated ECG is read back exactly', () => {
  test.each<WrittenSyntax>(['explicit', 'implicit', 'deflated', 'big endian'])('%s', async (syntax) => {
    const recording = await openOne([writeDicom('a', [rhythm], { syntax })]);
    expect(recording.channels.map(({ lead }) => lead)).toEqual(LEADS);
    expect(recording.channels[0]).toMatchObject({ samplingRateHz: 250, sampleCount: 1000, unit: 'mV' });
    const samples = await allSamples(recording);
    STEPS.forEach((steps, i) => {
      expect(samples[i]).toEqual(Float32Array.from(steps, (step) => (step * 2.5) / 1000));
    });
    expect(recording.warnings).toEqual([]);
  });

  test.each([false, true])('32 bits in big endian, turned by words: %s', async (turnedByWords) => {
    const wide = { ...rhythm, interpretation: 'SL', bytesPerSample: 4, turnedByWords };
    const samples = await allSamples(await openOne([writeDicom('a', [wide], { syntax: 'big endian' })]));
    STEPS.forEach((steps, i) => {
      expect(samples[i]).toEqual(Float32Array.from(steps, (step) => (step * 2.5) / 1000));
    });
  });

  test('any part of it is the same part', async () => {
    const recording = await openOne([writeDicom('a', [rhythm])]);
    const whole = await recording.samples(6, 0, 1000);
    expect(await recording.samples(6, 990, 50)).toEqual(whole.slice(990));
    expect(await recording.samples(6, -5, 7)).toEqual(whole.slice(0, 2));
  });

  test('only what is asked for is read', async () => {
    const file = writeDicom('a', [{ ...rhythm, channels: [lead(Array.from({ length: 200_000 }, (_, i) => i % 100))] }]);
    let read = 0;
    const counted: ByteSource = {
      ...file,
      read: async (start, end) => {
        const bytes = await file.read(start, end);
        read += bytes.length;
        return bytes;
      },
    };
    const recording = await openOne([counted]);
    await recording.samples(0, 100_000, 10);
    expect(recording.channels[0]?.sampleCount).toBe(200_000);
    expect(read).toBeLessThan(210_000);
  });
});

describe('scale', () => {
  test('sensitivity times correction, and a baseline in units', async () => {
    expect(await valuesOf(one(lead([0, 4, -4], { sensitivity: 0.5, correction: 2, baseline: 0.25 })))).toEqual([
      0.25, 4.25, -3.75,
    ]);
  });

  test.each([
    ['SB', 1, [-128, 127]],
    ['UB', 1, [0, 255]],
    ['SS', 2, [-32767, 32767]],
    ['US', 2, [0, 65535]],
    ['SL', 4, [-(2 ** 31), 2 ** 31 - 1]],
    ['UL', 4, [0, 2 ** 32 - 1]],
  ])('%s', async (interpretation, bytesPerSample, values) => {
    const file = one(lead(values), { interpretation, bytesPerSample });
    expect(await valuesOf(file)).toEqual([...Float32Array.from(values)]);
  });

  test('companded samples are linear again: silence, and both ends', async () => {
    expect(await valuesOf(one(lead([0xff, 0x80, 0]), { interpretation: 'MB', bytesPerSample: 1 }))).toEqual([
      0, 32124, -32124,
    ]);
    expect(await valuesOf(one(lead([0xd5, 0xaa, 0x2a]), { interpretation: 'AB', bytesPerSample: 1 }))).toEqual([
      8, 32256, -32256,
    ]);
  });

  test('twelve bits whose sign was not extended, and twelve that were', async () => {
    expect(await valuesOf(one(lead([1, 4095, 2048]), { bitsStored: 12 }))).toEqual([1, -1, -2048]);
    expect(await valuesOf(one(lead([1, -1, 3000]), { bitsStored: 12 }))).toEqual([1, -1, 3000]);
  });

  test('the padding value and the lowest number are missing', async () => {
    expect(await valuesOf(one(lead([1, 99, -32768]), { padding: 99 }))).toEqual([1, Number.NaN, Number.NaN]);
  });

  test('without a sensitivity there is no voltage', async () => {
    const recording = await openOne([
      writeDicom('a', [{ ...rhythm, channels: [{ source: ['2:1', 'MDC'], values: [5] }] }]),
    ]);
    expect(recording.channels[0]?.unit).toBe('NU');
    expect(warningCodes(recording)).toEqual(['NO_ABSOLUTE_VOLTAGE']);
  });
});

describe('groups', () => {
  test('the rhythm is shown, not the median beat, whatever their order', async () => {
    const median = { label: 'MEDIAN BEAT', rateHz: 500, channels: channels.map((c) => ({ ...c, values: [1, 2, 3] })) };
    const recording = await openOne([writeDicom('a', [median, rhythm])]);
    expect(recording.channels).toHaveLength(12);
    expect(recording.durationS).toBe(4);
  });

  test('leads that were recorded one group after the other stand where they belong', async () => {
    const recording = await openOne([
      writeDicom('a', [
        { label: '', rateHz: 100, channels: [lead([1, 2])] },
        { label: '', rateHz: 100, channels: [lead([3, 4], { source: ['2:2', 'MDC'] })], offsetMs: 20 },
      ]),
    ]);
    expect((await allSamples(recording)).map((some) => [...some])).toEqual([
      [1, 2],
      [Number.NaN, Number.NaN, 3, 4],
    ]);
    expect(warningCodes(recording)).toEqual(['SIGNALS_SKEWED']);
  });

  test('of a part that repeats the rhythm strip the other leads are shown; a beat that repeats leads is not', async () => {
    const named = (code: number, from: number, count: number) =>
      lead(
        Array.from({ length: count }, (_, i) => from + i),
        { source: [`2:${code}`, 'MDC'] },
      );
    const strip = { label: '', rateHz: 1, channels: [named(2, 0, 8)] };
    const part = { label: '', rateHz: 1, channels: [named(1, 20, 2), named(2, 30, 2)] };
    const beat = { label: '', rateHz: 10, channels: [named(2, 40, 5), named(3, 50, 5)] };
    const recording = await openOne([writeDicom('a', [part, beat, strip])]);
    expect(recording.channels.map(({ lead: name, sampleCount }) => [name, sampleCount])).toEqual([
      ['I', 2],
      ['II', 8],
    ]);
    expect((await allSamples(recording))[0]).toEqual(Float32Array.of(20, 21));
  });

  test('a skewed channel begins later', async () => {
    expect(await valuesOf(one(lead([1, 2], { sampleSkew: 1 })))).toEqual([Number.NaN, 1, 2]);
  });

  test('a promise of more samples than there are is told of', async () => {
    const recording = await openOne([one(lead([1, 2, 3]), { promised: 4_000_000_000 })]);
    expect(recording.channels[0]?.sampleCount).toBe(3);
    expect(warningCodes(recording)).toEqual(['LENGTH_FROM_DATA']);
  });
});

test('filters: the narrowest band of the channels; zero is none', async () => {
  const filtersOf = async (...filters: [number, number, number][]) => {
    const some = filters.map((one) => lead([1, 2], { filters: one }));
    return (await openOne([writeDicom('a', [{ label: '', rateHz: 100, channels: some }])])).filters;
  };
  const narrowest = { highPassHz: 0.5, lowPassHz: 40, notchHz: 50 };
  expect(await filtersOf([0.05, 150, 50], [0.5, 40, 50])).toEqual(narrowest);
  expect(await filtersOf([0.05, 300, 0])).toEqual({ highPassHz: 0.05, lowPassHz: 300, notchHz: null });
  expect(await filtersOf([0, 0, 0])).toBeNull();
});

test('patient, time, device, measurements and statements', async () => {
  const recording = await openOne([
    writeDicom('a', [rhythm], {
      texts: [
        [0x00080005, 'CS', 'ISO_IR 100'],
        [0x0008002a, 'DT', '20200229101112.5'],
        [0x00080070, 'LO', 'Maker'],
        [0x00081090, 'LO', 'Model 1'],
        [0x00100010, 'PN', 'M\xfcller^Ada'],
        [0x00100020, 'LO', 'id-1'],
        [0x00100030, 'DA', '19571231'],
        [0x00100040, 'CS', 'F'],
      ],
      annotations: [
        statement('SINUS RHYTHM'),
        measurement('5.10.2.1-3', 'SCPECG', 'RR Interval', 800, 'ms'),
        measurement('2:16770', 'MDC', 'ECG Heart Rate', 76, '/min'),
        measurement('5.13.5-7', 'SCPECG', 'PR Interval', 160, 'ms'),
        measurement('x', 'MDC', 'QRS Duration', 0.09, 's'),
        measurement('5.13.5-11', 'SCPECG', 'QT Interval', 400, 'ms'),
      ],
    }),
  ]);
  expect(recording).toMatchObject({
    startTime: '2020-02-29T10:11:12',
    device: 'Maker Model 1',
    patient: { id: 'id-1', name: 'Müller Ada', birthDate: '1957-12-31', ageYears: 62, sex: 'female' },
    deviceMeasurements: { heartRateBpm: 76, prMs: 160, qrsMs: 90, qtMs: 400 },
    deviceStatements: ['SINUS RHYTHM'],
  });
});

describe('what cannot be read', () => {
  test('an object without a waveform', async () => {
    const error = await errorOf([writeDicom('a', [], { texts: [[0x00080060, 'CS', 'CT']] })], 'UNSUPPORTED_FORMAT');
    expect(error.message).toContain('modality CT');
  });

  test('an interpretation that is none, and an empty group', async () => {
    await errorOf([one(lead([1]), { interpretation: 'XX' })], 'UNSUPPORTED_FORMAT');
    await errorOf([one(lead([]))], 'CORRUPT_FILE');
  });

  test('a packed content that is none', async () => {
    const bytes = await writeDicom('a', [rhythm], { syntax: 'deflated' }).read();
    bytes.fill(255, bytes.length - 4000);
    await errorOf([bytesOf('a', bytes.subarray(0, 170))], 'CORRUPT_FILE');
  });
});
