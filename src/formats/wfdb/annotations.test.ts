import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../testing/shared';
import { bytesOf } from '../sources';
import { readAnnotations, symbolOf } from './annotations';
import { annotationsIn } from './annotators';

const word = (code: number, value: number) => {
  const bits = code * 1024 + value;
  return [bits % 256, Math.floor(bits / 256)];
};
/** A note at the record's beginning. */
const note = (text: string) => [
  ...word(22, 0),
  ...word(63, text.length),
  ...new TextEncoder().encode(text),
  ...(text.length % 2 ? [0] : []),
];
const END = [0, 0];

describe('our own words', () => {
  test('a long interval forwards and backwards, a subtype, a text of odd length', () => {
    const bytes = [
      ...[...word(59, 0), 1, 0, 2, 0, ...word(5, 3)],
      ...[...word(61, 254), ...word(60, 3), ...word(62, 1)],
      ...[...word(63, 3), 0x28, 0x56, 0x54, 0],
      ...[...word(59, 0), 0xff, 0xff, 0xff, 0xff, ...word(1, 0), ...END],
    ];
    expect(readAnnotations(Uint8Array.from(bytes))).toMatchObject({
      end: 'whole',
      annotations: [
        { code: 5, sample: 65541, subtype: -2, text: '(VT' },
        { code: 1, sample: 65540, subtype: 0, text: '' },
      ],
    });
  });

  test('a resolution and symbols of its own', async () => {
    const lines = [
      'gqrs -r 100',
      '## time resolution: 1000',
      '## annotation type definitions',
      '42 o pause',
      '## end of definitions',
    ];
    const bytes = Uint8Array.from([...lines.flatMap(note), ...word(42, 500), ...note('## late'), ...END]);
    expect(await annotationsIn([bytesOf('a.atr', bytes)], 250)).toEqual({
      count: 2,
      list: [
        { timeS: 0.5, symbol: 'o', text: '', source: 'atr' },
        { timeS: 0.5, symbol: '"', text: '## late', source: 'atr' },
      ],
    });
  });

  test('what is cut, and what is none', () => {
    expect(readAnnotations(Uint8Array.from([...word(1, 9)])).end).toBe('cut');
    expect(readAnnotations(Uint8Array.from([...word(55, 9), ...END])).end).toBe('none');
    expect(readAnnotations(Uint8Array.from([...word(1, 9), ...END, 1, 1])).end).toBe('none');
    expect(symbolOf(15, new Map())).toBe('[15]');
  });
});

interface Expected {
  readonly file: string;
  readonly n: number;
  readonly sample: readonly number[];
  readonly symbol: readonly string[];
  readonly aux: readonly string[];
  readonly subtype: readonly number[];
}

const root = sharedPath('samples');

describe.runIf(root)('real annotations of ../shared/samples, as wfdb-python reads them', () => {
  const folder = root ?? '.';
  const files = root
    ? readdirSync(join(folder, 'expected')).filter((name) => /^wfdb__.*\.(atr|g?qrsh?l?)\.json$/.test(name))
    : [];
  test('are all there', () => expect(files.length).toBeGreaterThanOrEqual(4));

  test.each(files)('%s', (name) => {
    const expected = JSON.parse(readFileSync(join(folder, 'expected', name), 'utf8')) as Expected;
    const { annotations, symbols, end } = readAnnotations(readFileSync(join(folder, expected.file)));
    expect(end).toBe('whole');
    expect(annotations.length).toBe(expected.n);
    expect(annotations.map(({ sample }) => sample)).toEqual(expected.sample);
    expect(annotations.map(({ code }) => symbolOf(code, symbols))).toEqual(expected.symbol);
    expect(annotations.map(({ text }) => text)).toEqual(expected.aux.map((text) => text.replace(/\0.*$/s, '')));
    expect(annotations.map(({ subtype }) => subtype)).toEqual(expected.subtype);
  });
});
