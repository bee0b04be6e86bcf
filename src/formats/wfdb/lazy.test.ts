import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../ecg';
import { openOne, textFile } from '../testing/opened';
import { encode } from '../testing/wfdb-writer';

describe('24 hours', () => {
  /** A gigabyte that exists only where it is read: 12 leads, 500 Hz, format 16, value = frame number modulo 1000. */
  function holter(): { readonly files: ByteSource[]; readonly read: () => number } {
    const frames = 24 * 3600 * 500;
    let bytesRead = 0;
    const lines = Array.from({ length: 12 }, (_, i) => `h.dat 16 1000(0)/mV 16 0 0 1 0 V${i}`);
    const data: ByteSource = {
      name: 'h.dat',
      size: frames * 24,
      read: async (start = 0, end = frames * 24) => {
        bytesRead += end - start;
        return Uint8Array.from({ length: end - start }, (_, i) => {
          const value = Math.floor((start + i) / 24) % 1000;
          return (start + i) % 2 === 0 ? value & 255 : value >> 8;
        });
      },
    };
    return { files: [textFile('h.hea', `h 12 500 ${frames}\n${lines.join('\n')}`), data], read: () => bytesRead };
  }

  test('open by their first bytes, and a window reads that window once for all leads', async () => {
    const { files, read } = holter();
    const recording = await openOne(files);
    expect(recording.durationS).toBe(86400);
    expect(read()).toBeLessThanOrEqual(8192);
    const before = read();
    const windows = await Promise.all(recording.channels.map((_, i) => recording.samples(i, 43_200 * 500, 5000)));
    expect(read() - before).toBe(5000 * 24);
    expect(windows[11]?.[4999]).toBeCloseTo((4999 % 1000) / 1000, 6);
  });
});

test('a difference format is decoded once from the start, then from where it was', async () => {
  const values = Array.from({ length: 600_000 }, (_, i) => Math.round(1000 * Math.sin(i / 500)));
  const mV = (some: readonly number[]) => some.map((value) => Math.fround(value / 200));
  const bytes = Uint8Array.from(encode(8, values));
  let bytesRead = 0;
  const counted: ByteSource = {
    name: 'r.dat',
    size: bytes.length,
    read: async (start = 0, end = bytes.length) => {
      bytesRead += end - start;
      return bytes.slice(start, end);
    },
  };
  const recording = await openOne([textFile('r.hea', 'r 1 250 600000\nr.dat 8 200 12 0 0 0 0 I\n'), counted]);
  const end = await recording.samples(0, 599_990, 10);
  expect([...end]).toEqual(mV(values.slice(-10)));
  bytesRead = 0;
  expect([...(await recording.samples(0, 599_000, 5))]).toEqual(mV(values.slice(599_000, 599_005)));
  expect(bytesRead).toBeLessThan(100_000);
});
