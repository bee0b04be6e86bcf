import { describe, expect, test } from 'vitest';
import { encode } from '../testing/wfdb-writer';
import { bytesFor, PACKINGS, samplesIn } from './packing';

function decode(format: number, bytes: readonly number[]): number[] {
  const packing = PACKINGS.get(format);
  if (!packing) throw new Error(`no format ${format}`);
  const view = new DataView(Uint8Array.from(bytes).buffer);
  return Array.from({ length: samplesIn(packing, bytes.length) }, (_, i) => packing.at(view, i));
}

describe('bytes as signal(5) describes them', () => {
  test.each([
    [8, [0x01, 0xff, 0x7f, 0x80], [1, -1, 127, -128]],
    [16, [0x01, 0x00, 0xff, 0xff, 0x00, 0x80], [1, -1, -32768]],
    [61, [0x00, 0x01, 0xff, 0xff, 0x80, 0x00], [1, -1, -32768]],
    [24, [0x01, 0x00, 0x00, 0xff, 0xff, 0xff, 0x00, 0x00, 0x80], [1, -1, -8388608]],
    [32, [0x01, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x80], [1, -1, -2147483648]],
    [80, [0x81, 0x7f, 0x00], [1, -1, -128]],
    [160, [0x00, 0x80, 0xff, 0x7f, 0x00, 0x00], [0, -1, -32768]],
    // First words 1<<1 and -1<<1 with the third's low and high five bits on top: 0b00001_00010 = 34.
    [310, [0x02, 0x10, 0xfe, 0x0f], [1, -1, 34]],
    [310, [0x02, 0x00], [1]],
    // 1 | 1023 << 10 | 34 << 20.
    [311, [0x01, 0xfc, 0x2f, 0x02], [1, -1, 34]],
    // 0x001 and 0xfff: low byte 01, high nibbles f and 0, low byte ff.
    [212, [0x01, 0xf0, 0xff], [1, -1]],
    [212, [0x00, 0x78, 0xff, 0xe3, 0x04], [-2048, 2047, 0x4e3]],
  ])('format %i', (format, bytes, values) => {
    expect(decode(format, bytes)).toEqual(values);
  });

  test.each([...PACKINGS.keys()].filter((format) => format !== 8))(
    'format %i: every extreme comes back from another writer',
    (format) => {
      const width = { 80: 8, 212: 12, 310: 10, 311: 10, 24: 24, 32: 32 }[format] ?? 16;
      const top = 2 ** (width - 1) - 1;
      const values = [0, 1, -1, top, -top, -top - 1, 77, -78, 5];
      expect(decode(format, encode(format, values))).toEqual(values);
    },
  );
});

test('format 212 ends after two bytes when the number of samples is odd', () => {
  const packing = PACKINGS.get(212);
  if (!packing) throw new Error('no 212');
  expect([0, 1, 2, 3, 4].map((samples) => bytesFor(packing, samples))).toEqual([0, 2, 3, 5, 6]);
  expect([0, 1, 2, 3, 4, 5, 6].map((bytes) => samplesIn(packing, bytes))).toEqual([0, 0, 1, 2, 2, 3, 4]);
});
