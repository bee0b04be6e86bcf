import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ByteSource, LEADS } from '../ecg';
import { stretch } from '../signal';
import { simulate } from '../simulator';
import { sharedPath } from '../testing/shared';
import { measure } from '../waves';
import { bytesOf } from '.';
import { allSamples, errorOf, openOne, warningCodes } from './testing/opened';
import { u16, u32 } from './testing/scp-writer';

const samples = sharedPath('samples');
const { leads } = simulate('sinus', { samplingRateHz: 200, durationS: 3 });
/** Twelve leads in steps of 5 µV. */
const STEPS = LEADS.map((lead) => Array.from(leads[lead], (value) => Math.round(value * 200) || 0));
const frames = (channels: readonly (readonly number[])[]) =>
  (channels[0] ?? []).flatMap((_, i) => channels.flatMap((values) => u16(values[i] ?? 0)));
const ascii = (text: string, length = text.length) =>
  Array.from({ length }, (_, i) => (i < text.length ? text.charCodeAt(i) : 0));
const millivolts = (steps: readonly number[]) => Float32Array.from(steps, (step) => step * 5000 * 1e-6);

/** Counts what is read of a source. */
function counted(source: ByteSource): ByteSource & { readonly count: () => number } {
  let count = 0;
  const read = async (start?: number, end?: number) => {
    const bytes = await source.read(start, end);
    count += bytes.length;
    return bytes;
  };
  return { ...source, read, count: () => count };
}

/** CRC-CCITT bit by bit. */
function checksum(bytes: readonly number[]): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      crc = ((crc << 1) & 0xffff) ^ (((crc >> 15) ^ (byte >> bit)) & 1 ? 0x1021 : 0);
    }
  }
  return crc;
}

describe('ISHNE', () => {
  function writeIshne(channels: readonly (readonly number[])[], samples = channels[0]?.length ?? 0): ByteSource {
    const twelve = (values: readonly number[]) => Array.from({ length: 12 }, (_, i) => u16(values[i] ?? 0xfff7)).flat();
    const block = ascii('variable');
    const header = [
      ...u32(block.length),
      ...u32(samples),
      ...u32(522),
      ...u32(522 + block.length),
      ...u16(1),
      ...ascii('Ada', 40),
      ...ascii('M\xfcller', 40),
      ...ascii('id-1', 20),
      ...[2, 0, 31, 12, 1957, 29, 2, 2020, 1, 3, 2020, 10, 11, 12, channels.length].flatMap(u16),
      ...twelve(channels.map((_, i) => i + 5)),
      ...twelve([]),
      ...twelve(channels.map(() => 5000)),
      ...u16(0),
      ...ascii('digital', 40),
      ...u16(200),
      ...new Array(248).fill(0),
      ...block,
    ];
    return bytesOf(
      'a.ecg',
      Uint8Array.from([...ascii('ISHNE1.0'), ...u16(checksum(header)), ...header, ...frames(channels)]),
    );
  }

  test('samples stand behind the texts where the header points to no place in the file', async () => {
    const bytes = await writeIshne(STEPS).read();
    const recording = await openOne([bytesOf('a.ecg', bytes.fill(0, 22, 26))]);
    expect(await allSamples(recording)).toEqual(STEPS.map(millivolts));
    expect(warningCodes(recording)).toEqual(['LENGTH_FROM_DATA', 'CHECKSUM_MISMATCH']);
  });

  test('a simulated ECG is read back exactly, with who and when', async () => {
    const recording = await openOne([writeIshne(STEPS)]);
    expect(recording.channels.map(({ lead }) => lead)).toEqual(LEADS);
    expect(await allSamples(recording)).toEqual(STEPS.map(millivolts));
    expect(recording).toMatchObject({
      startTime: '2020-02-29T10:11:12',
      device: 'digital',
      patient: { id: 'id-1', name: 'Ada Müller', birthDate: '1957-12-31', ageYears: 62, sex: 'female' },
      warnings: [],
    });
  });

  test('hours are not read for a moment of them', async () => {
    const file = counted(writeIshne([Array.from({ length: 300_000 }, (_, i) => i % 1000)]));
    const recording = await openOne([file]);
    expect((await recording.samples(0, 250_001, 2))[1]).toBeCloseTo(2 * 0.005, 6);
    expect(recording.channels[0]?.sampleCount).toBe(300_000);
    expect(file.count()).toBeLessThan(10_000);
  });

  test('a header that gives another number of samples, or was changed, is told of', async () => {
    expect(warningCodes(await openOne([writeIshne(STEPS, 12 * 600)]))).toEqual([]);
    expect(warningCodes(await openOne([writeIshne(STEPS, 7)]))).toEqual(['LENGTH_FROM_DATA']);
    const bytes = await writeIshne(STEPS).read();
    bytes[30] = 88;
    expect(warningCodes(await openOne([bytesOf('a.ecg', bytes)]))).toEqual(['CHECKSUM_MISMATCH']);
  });

  describe('annotations', () => {
    const beat = (label: string, second: string, after: number) => [...ascii(label + second), ...u16(after)];
    const writeAnnotations = (rateHz: number, beats: readonly (readonly number[])[]) => {
      const header = [...ascii('ANN  1.0', 10), ...u32(8), ...ascii('', 258), ...u16(rateHz), ...ascii('', 248)];
      return bytesOf('a.ann', Uint8Array.from([...header, ...ascii('variable'), ...u32(50), ...beats.flat()]));
    };
    const beats = [beat('N', '#', 150), beat('!', '#', 65_535), beat('V', 'R', 65), [78, 35]];

    test('stand at their seconds; time that passes without a beat is none, and half a beat at the end neither', async () => {
      const recording = await openOne([writeAnnotations(0, beats), writeIshne(STEPS)]);
      expect(recording.warnings).toEqual([]);
      expect(await recording.annotations?.()).toEqual({
        count: 2,
        list: [
          { timeS: 1, symbol: 'N', text: '', source: 'ann' },
          { timeS: 329, symbol: 'V', text: 'R', source: 'ann' },
        ],
      });
    });

    test('count in the rate of their own header', async () => {
      const recording = await openOne([writeAnnotations(100, beats.slice(0, 1)), writeIshne(STEPS)]);
      expect((await recording.annotations?.())?.list.map(({ timeS }) => timeS)).toEqual([2]);
    });

    test('are an error without the recording, and none where their file is cut short', async () => {
      expect((await errorOf([writeAnnotations(200, beats)], 'MISSING_PART')).message).toContain('a.ecg');
      const cut = bytesOf('a.ann', Uint8Array.from(ascii('ANN  1.0', 60)));
      expect(await (await openOne([cut, writeIshne(STEPS)])).annotations?.()).toEqual({ count: 0, list: [] });
    });

    test.runIf(samples)('of a real recording stand on its QRS complexes', async () => {
      const part = (end: string) => bytesOf(`a.${end}`, readFileSync(join(samples ?? '.', `ishne/ECG_P28.01.${end}`)));
      const recording = await openOne([part('ecg'), part('ann')]);
      const found = measure(await stretch(recording, 0, recording.durationS)).beats;
      const list = (await recording.annotations?.())?.list ?? [];
      expect(list.length).toBe(97);
      expect(list.filter(({ timeS }) => found.some((beat) => Math.abs(beat - timeS) < 0.06)).length).toBe(95);
    });
  });

  test('a header cut short, and one of no leads', async () => {
    await errorOf([bytesOf('a', (await writeIshne(STEPS).read()).subarray(0, 400))], 'TRUNCATED_FILE');
    await errorOf([writeIshne([])], 'CORRUPT_FILE');
  });
});

describe('MFER', () => {
  const define = (tag: number, value: readonly number[]) => [tag, value.length, ...value];
  const channel = (index: number, value: readonly number[]) => [0x3f, index, value.length, ...value];
  const long = (tag: number, value: readonly number[]) => [tag, 0x84, ...u32(value.length).reverse(), ...value];

  /** Two channels at 200 Hz and 100 Hz in sequences of half a second, little endian. */
  function writeMfer(fast: readonly number[], slow: readonly number[], sequences = fast.length / 100): ByteSource {
    const data = Array.from({ length: fast.length / 100 }, (_, i) => [
      ...fast.slice(100 * i, 100 * i + 100),
      ...slow.slice(50 * i, 50 * i + 50),
    ]).flat();
    return bytesOf(
      'a.mwf',
      Uint8Array.from([
        ...define(0x40, ascii('MFR Test', 32)),
        ...define(0x01, [1]),
        ...define(0x17, ascii('Maker^Model^1')),
        ...define(0x82, ascii('id-1')),
        ...define(0x81, ascii('Ada')),
        ...define(0x83, [62, 0, 0, ...u16(1957), 12, 31]),
        ...define(0x84, [2]),
        ...define(0x85, [...u16(2020), 2, 29, 10, 11, 12]),
        ...define(0x06, u16(sequences)),
        ...define(0x05, [2]),
        ...define(0x12, u16(0x8000)),
        ...channel(0, [
          ...define(0x09, u16(2)),
          ...define(0x04, u16(100)),
          ...define(0x0b, [1, 0xfd, 5]),
          ...define(0x0c, [0, 0xfa, 5]),
        ]),
        ...channel(1, [
          ...define(0x09, u16(143)),
          ...define(0x04, u16(50)),
          ...define(0x0b, [0, 0, 100]),
          ...define(0x0c, [1, 0xff, 5]),
        ]),
        ...long(0x1e, data.flatMap(u16)),
        0x80,
        0,
      ]),
    );
  }

  const slow = Array.from({ length: 300 }, (_, i) => (i === 7 ? -32768 : i));

  test('defaults of the format: 1000 Hz with a warning, and a definition without a value takes back the one before', async () => {
    const file = (more: readonly number[]) =>
      bytesOf(
        'a.mwf',
        Uint8Array.from([
          ...define(0x40, ascii('MFR Test', 32)),
          ...define(0x0a, [3]),
          ...define(0x0c, [0, 0xfd, 0, 2]),
          ...more,
          ...define(0x1e, [0, 1, 0, 2]),
        ]),
      );
    const bytes = await openOne([file([])]);
    expect(bytes.channels).toMatchObject([{ samplingRateHz: 1000, sampleCount: 4, unit: 'mV' }]);
    expect(warningCodes(bytes)).toContain('RATE_ASSUMED');
    const words = await openOne([file(define(0x0a, []))]);
    expect((await allSamples(words))[0]).toEqual(Float32Array.of(2, 4));
  });

  test('a simulated ECG is read back exactly, with who, when and a second rate', async () => {
    const recording = await openOne([writeMfer(STEPS[1] ?? [], slow)]);
    expect(recording.channels).toMatchObject([
      { lead: 'II', unit: 'mV', samplingRateHz: 200, sampleCount: 600 },
      { lead: null, unit: 'mmHg', samplingRateHz: 100, sampleCount: 300 },
    ]);
    const [ecg = new Float32Array(0), pressure] = await allSamples(recording);
    expect(Array.from(ecg, (value) => Math.round(value * 200) || 0)).toEqual(STEPS[1]);
    expect(pressure?.[6]).toBe(3);
    expect(pressure?.[7]).toBeNaN();
    expect(await recording.samples(0, 95, 10)).toEqual(ecg.slice(95, 105));
    expect(recording).toMatchObject({
      startTime: '2020-02-29T10:11:12',
      device: 'Maker Model',
      patient: { id: 'id-1', name: 'Ada', birthDate: '1957-12-31', ageYears: 62, sex: 'female' },
      warnings: [],
    });
  });

  test('a promise of more sequences than there are is told of', async () => {
    const recording = await openOne([writeMfer(STEPS[1] ?? [], slow, 60_000)]);
    expect(recording.channels[0]?.sampleCount).toBe(600);
    expect(warningCodes(recording)).toEqual(['LENGTH_FROM_DATA']);
  });

  test('without a waveform', async () => {
    await errorOf([bytesOf('a.mwf', Uint8Array.from(define(0x40, ascii('MFR Test', 32))))], 'CORRUPT_FILE');
  });
});

describe('AliveCor ATC', () => {
  function writeAtc(blocks: readonly (readonly [string, readonly number[]])[]): ByteSource {
    const bytes = blocks.flatMap(([id, data]) => {
      const block = [...ascii(id), ...u32(data.length), ...data];
      return [...block, ...u32(block.reduce((sum, byte) => sum + byte, 0))];
    });
    return bytesOf('a.atc', Uint8Array.from([...ascii('ALIVE', 8), ...u32(3), ...bytes]));
  }
  const format = ['fmt ', [1, ...u16(200), ...u16(5000), 0, 0, 0]] as const;
  const leadsOf = STEPS.map(
    (steps, i) => [i === 0 ? 'ecg ' : `ecg${(i + 1).toString(16)}`, steps.flatMap(u16)] as const,
  );

  test('a simulated ECG is read back exactly', async () => {
    const info = ['info', ascii('2020-02-29T10:11:12.123+01:00', 264)] as const;
    const recording = await openOne([writeAtc([info, format, ...leadsOf, ['avg ', u16(5)]])]);
    expect(recording.channels.map(({ lead }) => lead)).toEqual(LEADS);
    expect(await allSamples(recording)).toEqual(STEPS.map(millivolts));
    expect(recording).toMatchObject({ startTime: '2020-02-29T10:11:12', warnings: [] });
  });

  test('a wrong checksum and a cut end are warnings, and the data are kept', async () => {
    const bytes = await writeAtc([format, ...leadsOf]).read();
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    expect(warningCodes(await openOne([bytesOf('a', bytes)]))).toEqual(['CHECKSUM_MISMATCH']);
    const cut = await openOne([bytesOf('a', bytes.subarray(0, -500))]);
    expect(warningCodes(cut)).toEqual(['CHECKSUM_MISMATCH', 'LENGTH_FROM_DATA']);
  });

  test('without a format, and with one that is not known', async () => {
    await errorOf([writeAtc(leadsOf)], 'CORRUPT_FILE');
    await errorOf([writeAtc([['fmt ', [2, ...u16(200), ...u16(500), 0, 0, 0]], ...leadsOf])], 'UNSUPPORTED_FORMAT');
  });
});
