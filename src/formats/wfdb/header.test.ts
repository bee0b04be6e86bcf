import { describe, expect, test } from 'vitest';
import { EcgError } from '../../ecg';
import { isHeader, parseHeader } from './header';

const signal = (line: string) => parseHeader(`r 1 360 10\n${line}\n`, 'r.hea').signals[0];

describe('the record line', () => {
  test.each([
    ['r 0', null, null, null],
    ['r 0 360', 360, null, null],
    ['r 0 360/360(0) 650000', 360, 650000, null],
    ['r 0 1e3/125.5(-7) 10 10:20:30 31/01/2020', 1000, 10, '2020-01-31T10:20:30'],
    ['r 0 250 10 8:26:04.250 26/10/1994', 250, 10, '1994-10-26T08:26:04'],
    ['r 0 250 0', 250, null, null],
    ['r 0 250 10 10:20:30', 250, 10, null],
    ['r 0 250 10 10:20:30 31/02/2020', 250, 10, null],
  ])('%s', (line, frameRateHz, frames, startTime) => {
    expect(parseHeader(line, 'r.hea')).toMatchObject({ record: 'r', frameRateHz, frames, startTime });
  });

  test('comments, empty lines and any line end are allowed anywhere', () => {
    const header = parseHeader('# before\r\nr 2 360 10\r\rr.dat 16\n\n## between\nr.dat 16\n #after', 'r.hea');
    expect(header.signals).toHaveLength(2);
    expect(header.comments).toEqual(['before', 'between', 'after']);
  });
});

describe('the signal line', () => {
  test('has the defaults of header(5)', () => {
    expect(signal('r.dat 16')).toEqual({
      fileName: 'r.dat',
      format: 16,
      samplesPerFrame: 1,
      skew: 0,
      byteOffset: 0,
      gain: null,
      baseline: 0,
      unit: 'mV',
      initialValue: 0,
      checksum: null,
      name: '',
    });
  });

  test('in full', () => {
    expect(signal('r.dat 212x4:3+24 12.84(-1605)/mmHg 12 7 -943 -23651 0 lead  II, raw ')).toEqual({
      fileName: 'r.dat',
      format: 212,
      samplesPerFrame: 4,
      skew: 3,
      byteOffset: 24,
      gain: 12.84,
      baseline: -1605,
      unit: 'mmHg',
      initialValue: -943,
      checksum: -23651,
      name: 'lead  II, raw',
    });
  });

  test('a baseline with decimals, as programs write that keep it as a float', () => {
    expect(signal('r.dat 16 200.5(-3.0)/mV 16 0 0 0 0 I')).toMatchObject({ gain: 200.5, baseline: -3 });
  });

  test('without a baseline, zero is the middle of the converter', () => {
    expect(signal('r.dat 212 200 11 1024 995 -22131 0 MLII')).toMatchObject({
      gain: 200,
      baseline: 1024,
      name: 'MLII',
    });
  });

  test.each(['0', '0/mV', '0(5)/mV'])('gain %s means that nobody calibrated', (gain) => {
    expect(signal(`r.dat 16 ${gain} 16 0`)?.gain).toBeNull();
  });
});

describe('what no header is', () => {
  test.each([
    ['', 'CORRUPT_FILE'],
    ['r', 'CORRUPT_FILE'],
    ['r 1 0 10\nr.dat 16', 'CORRUPT_FILE'],
    ['r 1 -5 10\nr.dat 16', 'CORRUPT_FILE'],
    ['r 1 250 10\nr.dat sixteen', 'CORRUPT_FILE'],
    ['r 1 250 10\nr.dat 16 200 16 0 0 xx 0 I', 'CORRUPT_FILE'],
    ['r 2 250 10\nr.dat 16', 'TRUNCATED_FILE'],
    ['r 100000 250 10\nr.dat 16', 'TOO_LARGE'],
    ['r 1 9e99 10\nr.dat 16', 'TOO_LARGE'],
    ['r 1 250 99999999999999999999\nr.dat 16', 'TOO_LARGE'],
    ['r 1 250 10\nr.dat 16x999999999', 'TOO_LARGE'],
  ])('%j gives %s', (text, code) => {
    expect(() => parseHeader(text, 'r.hea')).toThrow(EcgError);
    expect(() => parseHeader(text, 'r.hea')).toThrow(expect.objectContaining({ code }));
  });
});

test('a header is known by its content, and a table of numbers is none', () => {
  expect(isHeader('100 2 360 650000\n100.dat 212 200\n100.dat 212 200\n')).toBe(true);
  expect(isHeader('041s/2 7 125 2000\n041s01 1000\n')).toBe(true);
  expect(isHeader('1 2 360 5\n4 16 200 7\n7 16 200 9\n')).toBe(false);
  expect(isHeader('time I II\n0 1 2\n')).toBe(false);
});
