import { describe, expect, test } from 'vitest';
import { EcgError } from '../../ecg';
import { bytesOf } from '../sources';
import { type FlacOptions, writeFlac } from '../testing/flac-writer';
import { openFlac } from '.';

const wave = (scale: number, phase = 0) =>
  Array.from({ length: 1000 }, (_, i) => Math.round(scale * Math.sin(i / 17 + phase)) + (i % 5));
const left = wave(3000);
const right = wave(2900, 0.3);

async function expectBack(channels: readonly number[][], bits: number, options: FlacOptions): Promise<void> {
  const stream = await openFlac(bytesOf('x.flac', writeFlac(channels, bits, options)));
  expect(stream).toMatchObject({ channels: channels.length, bitsPerSample: bits, sampleCount: channels[0]?.length });
  const read = await stream.read(0, stream.sampleCount);
  expect(read.map((samples) => [...samples])).toEqual(channels);
  const part = await stream.read(377, 200);
  expect(part.map((samples) => [...samples])).toEqual(channels.map((channel) => channel.slice(377, 577)));
}

describe('what a writer of our own made comes back', () => {
  test.each(['verbatim', 'fixed', 'lpc', 'escaped'] as const)('%s', async (kind) => {
    await expectBack([left, right, wave(1)], 16, { kind });
  });

  test.each(['left-side', 'side-right', 'mid-side'] as const)('%s', async (stereo) => {
    for (const kind of ['verbatim', 'fixed', 'lpc'] as const) await expectBack([left, right], 16, { kind, stereo });
  });

  test.each([8, 24])('%i bits, extremes too', async (bits) => {
    const top = 2 ** (bits - 1) - 1;
    const extremes = Array.from({ length: 1000 }, (_, i) => (i % 97 === 0 ? -top - 1 : i % 89 === 0 ? top : i % 50));
    for (const kind of ['verbatim', 'fixed', 'lpc', 'escaped'] as const) await expectBack([extremes], bits, { kind });
  });

  test('constant blocks, wasted bits, an unknown length, any block size', async () => {
    await expectBack([Array(1000).fill(-7)], 16, { kind: 'constant' });
    await expectBack([left.map((value) => 4 * value), right.map((value) => 4 * value)], 16, {
      wasted: 2,
      stereo: 'left-side',
    });
    await expectBack([left], 16, { total: false });
    for (const blockSize of [16, 100, 999, 1000]) await expectBack([left], 16, { blockSize });
  });
});

describe('what is damaged', () => {
  const bytes = writeFlac([left], 16);

  test('any flipped bit of a frame is found', async () => {
    for (let at = 60; at < bytes.length; at += 31) {
      const flipped = bytes.map((byte, i) => (i === at ? byte ^ 4 : byte));
      await expect(openFlac(bytesOf('x', flipped)), `byte ${at}`).rejects.toBeInstanceOf(EcgError);
    }
  });

  test('a cut is TRUNCATED_FILE, no stream CORRUPT_FILE', async () => {
    for (const size of [100, 300, bytes.length - 1])
      await expect(openFlac(bytesOf('x', bytes.subarray(0, size)))).rejects.toMatchObject({ code: 'TRUNCATED_FILE' });
    await expect(openFlac(bytesOf('x', new Uint8Array(100)))).rejects.toMatchObject({ code: 'CORRUPT_FILE' });
  });

  test('a promise beyond the file is not believed', async () => {
    const long = bytes.slice();
    long.set([0xff, 0xff, 0xff, 0xff], 22);
    await expect(openFlac(bytesOf('x', long))).rejects.toMatchObject({ code: 'TRUNCATED_FILE' });
    await expect(openFlac({ ...bytesOf('x', long), size: 2 ** 23 })).rejects.toMatchObject({ code: 'TRUNCATED_FILE' });
  });
});

test('a late stretch of a long stream is found again without decoding from the start', async () => {
  const bytes = writeFlac([Array.from({ length: 60_000 }, (_, i) => Math.round(900 * Math.sin(i / 9)))], 16, {
    kind: 'verbatim',
  });
  let read = 0;
  const stream = await openFlac({
    ...bytesOf('x', bytes),
    read: async (start = 0, end = bytes.length) => {
      read += Math.min(end, bytes.length) - start;
      return bytes.slice(start, end);
    },
  });
  read = 0;
  await stream.read(59_000, 10);
  expect(read).toBeLessThan(5000);
});
