import { describe, expect, test } from 'vitest';
import { LEADS } from '../../ecg';
import { simulate } from '../../simulator';
import { bytesOf } from '..';
import { allSamples, errorOf, openOne, warningCodes } from '../testing/opened';
import { bits, defaultCode, u16, type WrittenScp, writeScp } from '../testing/scp-writer';

const CODES = [1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8];
const { leads: simulated } = simulate('sinus', { samplingRateHz: 250, durationS: 4 });
/** Twelve leads in steps of 2.5 µV. */
const STEPS = LEADS.map((lead) => Array.from(simulated[lead], (value) => Math.round(value * 400) || 0));
const leads = STEPS.map((stored, i) => ({ code: CODES[i] ?? 0, stored }));
const millivolts = (steps: readonly number[], nanovolts = 2500) =>
  Float32Array.from(steps, (step) => ((step * nanovolts) / 1000) * 1e-3);
const lead = (stored: readonly number[], samples?: number) => ({ code: 1, stored, ...(samples && { samples }) });
const first = async (file: WrittenScp) => (await allSamples(await openOne([writeScp('a.scp', file)])))[0];

describe('a simulated ECG is read back exactly', () => {
  test.each([
    ['raw', 0],
    ['raw', 2],
    ['default', 0],
    ['default', 1],
    ['default', 2],
  ] as const)('%s, differences of order %i', async (coding, differences) => {
    const recording = await openOne([writeScp('a', { leads, coding, differences })]);
    expect(recording.channels.map(({ lead }) => lead)).toEqual(LEADS);
    expect(recording.channels[0]).toMatchObject({ samplingRateHz: 250, sampleCount: 1000, unit: 'mV' });
    expect(await allSamples(recording)).toEqual(STEPS.map((steps) => millivolts(steps)));
    expect(recording.warnings).toEqual([]);
  });
});

test.each(['raw', 'default'] as const)(
  '%s: a difference of more than 16 bits goes round and comes back',
  async (coding) => {
    const stored = [0, 0, 20_000, -20_000, 30_000, 5];
    const spike = await first({ leads: [lead(stored)], coding, differences: 2 });
    expect(spike).toEqual(millivolts(stored));
  },
);

describe('Huffman tables of its own', () => {
  const codes = [
    { prefix: '0', bits: 1, value: 7 },
    { prefix: '10', bits: 10, value: 0 },
    { prefix: '110', bits: 3, value: 0, to: 2 },
  ];
  const second = [
    { prefix: '1', bits: 1, value: -3 },
    { prefix: '01', bits: 2, value: 0, to: 1 },
  ];

  test('prefixes, values behind them and switches of table; every lead begins with the first', async () => {
    const bitsOf = `0${`10${bits(-100, 8)}`}110${'1'}${'01'}0`;
    const two = [lead([7, -100, -3, 7]), { code: 2, stored: [7, 7, 7, 7] }];
    const recording = await openOne([writeScp('a', { leads: two, tables: [codes, second], bits: [bitsOf, '0000'] })]);
    expect(await allSamples(recording)).toEqual([millivolts([7, -100, -3, 7]), millivolts([7, 7, 7, 7])]);
  });

  test('a switch to a table that is not there, or round and round, ends', async () => {
    const endless = [[{ prefix: '1', bits: 1, value: 0, to: 1 }, ...codes.slice(0, 1)]];
    const samples = await first({ leads: [lead([7, 0, 0])], tables: endless, bits: ['0111111111111111'] });
    expect(samples).toEqual(millivolts([7]));
    expect(await first({ leads: [lead([7, 0])], tables: [codes], bits: ['01101'] })).toEqual(millivolts([7]));
  });
});

describe('reference beat and bimodal compression', () => {
  const beat = [10, 20, 40, 20, 10];
  const reference = { nanovolts: 2500, intervalUs: 4000, leads: [beat] };

  test("the reference beat is added in its own amplitude to the rhythm's, only to beats of type 0", async () => {
    const residual = Array.from({ length: 20 }, (_, i) => i % 3);
    const at = (type: number, fiducial: number) => ({
      type,
      fiducial,
      start: fiducial - 2,
      end: fiducial + 2,
      area: [fiducial - 1, fiducial + 1] as const,
    });
    const beats = { fiducial: 3, list: [at(0, 5), at(1, 15)] };
    const samples = await first({ leads: [lead(residual)], nanovolts: 5000, reference, beats });
    const expected = residual.map((value, i) => value * 5000 + (i >= 2 && i <= 6 ? (beat[i - 2] ?? 0) * 2500 : 0));
    expect(samples).toEqual(Float32Array.from(expected, (value) => (value / 1000) * 1e-3));
  });

  test('protected samples are whole, the others are interpolated between their means', async () => {
    const beats = { fiducial: 1, list: [{ type: 1, start: 9, fiducial: 10, end: 12, area: [9, 12] as const }] };
    const stored = [0, 8, /* protected */ 50, 90, 40, 3, /* then */ 4, 12, /* left over */ 5];
    const file = { leads: [lead(stored, 21)], nanovolts: 1000, intervalUs: 16_000, bimodal: true, beats, reference };
    const recording = await openOne([writeScp('a', file)]);
    expect(recording.channels[0]).toMatchObject({ samplingRateHz: 250, sampleCount: 21 });
    const [samples = new Float32Array(0)] = await allSamples(recording);
    const steps = Array.from(samples, (value) => Math.round(value * 1000));
    expect(steps).toEqual([0, 0, 0, 2, 4, 6, 8, 8, 50, 90, 40, 3, 4, 4, 4, 6, 8, 10, 12, 12, 5]);
  });

  test('a simulated ECG keeps its QRS exactly', async () => {
    const steps = STEPS[1] ?? [];
    const areas = [
      [101, 160],
      [401, 480],
    ] as const;
    const list = areas.map((area) => ({ type: 1, start: area[0], fiducial: area[0] + 20, end: area[1], area }));
    const stored: number[] = [];
    for (let i = 1; i <= 1000; ) {
      const whole = areas.some(([start, end]) => i >= start && i <= end);
      const some = steps.slice(i - 1, i + 3);
      stored.push(whole ? (steps[i - 1] ?? 0) : Math.round(some.reduce((a, b) => a + b, 0) / 4));
      i += whole ? 1 : 4;
    }
    const file = { leads: [lead(stored, 1000)], intervalUs: 16_000, bimodal: true, differences: 2, reference };
    const samples = await first({ ...file, beats: { fiducial: 1, list } });
    expect(samples).toHaveLength(1000);
    for (const [start, end] of areas) {
      expect(samples?.slice(start - 1, end)).toEqual(millivolts(steps.slice(start - 1, end)));
    }
  });
});

test('who, when, with what; measurements and statements', async () => {
  const text = (value: string) => [...new TextEncoder().encode(value), 0];
  const words = [255, 255];
  const global = [...u16(100), ...u16(200), ...u16(260), ...u16(350), ...u16(660), ...words, ...words, ...words];
  const recording = await openOne([
    writeScp('a', {
      leads,
      fields: [
        [0, text('Müller')],
        [1, text('Ada')],
        [2, text('id-1')],
        [5, [...u16(1957), 12, 31]],
        [8, [2]],
        [14, [0, 0, 0, 0, 0, 0, 0, 1, ...text('M1')]],
        [25, [...u16(2020), 2, 29]],
        [26, [10, 11, 12]],
        [27, u16(5)],
        [28, u16(150)],
        [29, [2]],
      ],
      sections: [
        [7, [1, 0, ...u16(800), ...u16(800), ...global]],
        [8, [0, ...u16(2020), 2, 29, 10, 11, 12, 1, 1, ...u16(7), ...text('NORMAL')]],
      ],
    }),
  ]);
  expect(recording).toMatchObject({
    startTime: '2020-02-29T10:11:12',
    device: 'M1',
    patient: { id: 'id-1', name: 'Ada Müller', birthDate: '1957-12-31', ageYears: 62, sex: 'female' },
    deviceMeasurements: { heartRateBpm: 75, prMs: 160, qrsMs: 90, qtMs: 400 },
    deviceStatements: ['NORMAL'],
    filters: { highPassHz: 0.05, lowPassHz: 150, notchHz: 50 },
  });
});

test('the rate that the device states wins over one of the mean RR, unless they contradict', async () => {
  const none = [...Array(5).fill(u16(29_999)), u16(999), u16(999), u16(999)].flat();
  const spike = [...u16(100), ...u16(900), 1, 0, ...u16(0), ...u16(500)];
  const measured = (rate: number) => [1, 1, ...u16(800), ...u16(800), ...none, ...spike, ...u16(2), 0, 0, ...u16(rate)];
  const rateOf = async (rate: number) => {
    const recording = await openOne([writeScp('a', { leads, sections: [[7, measured(rate)]] })]);
    return recording.deviceMeasurements?.heartRateBpm;
  };
  expect(await rateOf(77)).toBe(77);
  expect(await rateOf(150)).toBe(75);
  expect(await rateOf(0)).toBe(75);
});

describe('texts in the character set of the device', () => {
  const device = (language: number) => [...Array(16).fill(0), language];
  const nameOf = async (language: number, bytes: readonly number[]) => {
    const file = writeScp('a', {
      leads,
      fields: [
        [14, device(language)],
        [0, [...bytes, 0, 0]],
      ],
    });
    return (await openOne([file])).patient.name;
  };

  test.each([
    ['Cyrillic', 0x13, [0xb8, 0xd2, 0xd0, 0xdd], 'Иван'],
    ['UTF-16', 0x07, [0x41, 0x01, 0xf3, 0x00], 'Łó'],
    ['plain ASCII that says it were UTF-16', 0x07, [0x41, 0x6e, 0x6e, 0x61], 'Anna'],
    ['UTF-8 whatever it says', 0x13, [0xc3, 0xbc], 'ü'],
    ['Latin-1 where it says nothing', 0, [0xfc], 'ü'],
  ])('%s', async (_, language, bytes, name) => {
    expect(await nameOf(language, bytes)).toBe(name);
  });
});

describe('what does not fit', () => {
  test('a wrong checksum is a warning, and the data are kept', async () => {
    const bytes = await writeScp('a', { leads }).read();
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
    const recording = await openOne([bytesOf('a', bytes)]);
    expect(warningCodes(recording)).toEqual(['CHECKSUM_MISMATCH']);
    expect(recording.channels).toHaveLength(12);
  });

  test('a lead that promises more than it holds is as long as it is', async () => {
    const recording = await openOne([writeScp('a', { leads: [lead([1, 2, 3], 4_000_000)], coding: 'raw' })]);
    expect(recording.channels[0]?.sampleCount).toBe(3);
    expect(warningCodes(recording)).toEqual(['LENGTH_FROM_DATA']);
  });

  test('without rhythm, or compressed by beats that are not there', async () => {
    await errorOf([writeScp('a', { leads: [] })], 'CORRUPT_FILE');
    await errorOf([writeScp('a', { leads, bimodal: true })], 'CORRUPT_FILE');
  });

  test('from version 3 on nothing is compressed by beats, whatever the reserved byte says', async () => {
    const samples = await first({ leads, bimodal: true, version: 30 });
    expect(samples).toEqual(millivolts(STEPS[0] ?? []));
  });
});

test('the default codes are those of EN 1064', () => {
  expect([0, 1, -1, 8, 9, -300].map(defaultCode)).toEqual([
    '0',
    '100',
    '101',
    '1111111100',
    '111111111000001001',
    '11111111111111111011010100',
  ]);
});
