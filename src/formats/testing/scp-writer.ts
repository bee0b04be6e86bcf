import type { ByteSource } from '../../ecg';
import { bytesOf } from '../sources';

/** A code of an own Huffman table: prefix as bits, bits of the whole, base value; `to` makes it a switch to that table. */
export interface WrittenCode {
  readonly prefix: string;
  readonly bits: number;
  readonly value: number;
  readonly to?: number;
}

/** Beat of section 4, in samples counted from 1. */
export interface WrittenBeat {
  readonly type: number;
  readonly start: number;
  readonly fiducial: number;
  readonly end: number;
  readonly area: readonly [start: number, end: number];
}

export interface WrittenScp {
  /** EN 1064's number of each lead, and its stored numbers (residuals, decimated, where they are). */
  readonly leads: readonly { readonly code: number; readonly stored: readonly number[]; readonly samples?: number }[];
  readonly nanovolts?: number;
  readonly intervalUs?: number;
  readonly differences?: number;
  readonly coding?: 'raw' | 'default';
  /** Own tables; the bits of each lead are then given as they are. */
  readonly tables?: readonly (readonly WrittenCode[])[];
  readonly bits?: readonly string[];
  readonly bimodal?: boolean;
  /** Of every section; 20 is EN 1064 of 2005. */
  readonly version?: number;
  readonly beats?: { readonly fiducial: number; readonly list: readonly WrittenBeat[] };
  readonly reference?: {
    readonly nanovolts: number;
    readonly intervalUs: number;
    readonly leads: readonly (readonly number[])[];
  };
  /** Fields of section 1 by their tag. */
  readonly fields?: readonly (readonly [tag: number, value: readonly number[]])[];
  /** More sections as they are. */
  readonly sections?: readonly (readonly [id: number, body: readonly number[]])[];
}

/** Writes an SCP-ECG file by bit strings, with all checksums. */
export function writeScp(name: string, file: WrittenScp): ByteSource {
  const { leads, differences = 0, coding = 'default', tables, reference, beats, bimodal = false } = file;
  const encode = (values: readonly number[], index: number) =>
    tables && file.bits ? packed(file.bits[index] ?? '') : encoded(differenced(values, differences), coding);
  const data = leads.map(({ stored }, index) => encode(stored, index));
  const bodies: (readonly [number, readonly number[]])[] = [
    [1, [...(file.fields ?? []).flatMap(([tag, value]) => [tag, ...u16(value.length), ...value]), 255, 0, 0]],
    ...(coding === 'raw' && !tables ? [] : [[2, tableSection(tables)] as const]),
    [
      3,
      [leads.length, (reference ? 1 : 0) + 4 + (leads.length << 3)].concat(
        leads.flatMap(({ code, stored, samples = stored.length }) => [...u32(1), ...u32(samples), code]),
      ),
    ],
    ...(beats ? [[4, beatSection(beats, reference)] as const] : []),
    ...(reference ? [[5, referenceSection(reference, encode, differences)] as const] : []),
    [
      6,
      [
        ...u16(file.nanovolts ?? 2500),
        ...u16(file.intervalUs ?? 4000),
        differences,
        bimodal ? 1 : 0,
        ...data.flatMap((bytes) => u16(bytes.length)),
        ...data.flat(),
      ],
    ],
    ...(file.sections ?? []),
  ];
  return bytesOf(name, assemble(bodies, file.version ?? 20));
}

/** The default code of one number: ones and a zero and the sign up to 8, else 8 or 16 bits behind their prefix. */
export function defaultCode(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) <= 8) return `${'1'.repeat(Math.abs(value))}0${value < 0 ? 1 : 0}`;
  return value >= -128 && value < 128 ? `1111111110${bits(value, 8)}` : `1111111111${bits(value, 16)}`;
}

export function bits(value: number, width: number): string {
  return (value < 0 ? value + 2 ** width : value).toString(2).padStart(width, '0');
}

export function u16(value: number): number[] {
  return [value & 255, (value >> 8) & 255];
}

export function u32(value: number): number[] {
  return [...u16(value % 65536), ...u16(Math.floor(value / 65536))];
}

function encoded(values: readonly number[], coding: 'raw' | 'default'): number[] {
  return coding === 'raw'
    ? values.flatMap(u16)
    : packed(values.map((value) => defaultCode((value << 16) >> 16)).join(''));
}

function packed(text: string): number[] {
  return (text.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

function differenced(values: readonly number[], order: number): number[] {
  return values.map((value, i) => {
    const [before = 0, further = 0] = [values[i - 1], values[i - 2]];
    if (order === 1 && i > 0) return value - before;
    return order === 2 && i > 1 ? value - 2 * before + further : value;
  });
}

function tableSection(tables: WrittenScp['tables']): number[] {
  if (!tables) return u16(19999);
  return [
    ...u16(tables.length),
    ...tables.flatMap((codes) => [
      ...u16(codes.length),
      ...codes.flatMap(({ prefix, bits: whole, value, to }) => [
        prefix.length,
        whole,
        to === undefined ? 1 : 0,
        ...u16(to ?? value),
        ...u32(Number.parseInt([...prefix].reverse().join('') || '0', 2)),
      ]),
    ]),
  ];
}

/** The length of the reference beat in ms, its fiducial point, then the beats. */
function beatSection(
  { fiducial, list }: NonNullable<WrittenScp['beats']>,
  reference: WrittenScp['reference'],
): number[] {
  const samples = reference?.leads[0]?.length ?? 0;
  return [
    ...u16((samples * (reference?.intervalUs ?? 0)) / 1000),
    ...u16(fiducial),
    ...u16(list.length),
    ...list.flatMap(({ type, start, fiducial: point, end }) => [
      ...u16(type),
      ...u32(start),
      ...u32(point),
      ...u32(end),
    ]),
    ...list.flatMap(({ area: [start, end] }) => [...u32(start), ...u32(end)]),
  ];
}

function referenceSection(
  { nanovolts, intervalUs, leads }: NonNullable<WrittenScp['reference']>,
  encode: (values: readonly number[], index: number) => number[],
  differences: number,
): number[] {
  const data = leads.map(encode);
  const lengths = data.flatMap((bytes) => u16(bytes.length));
  return [...u16(nanovolts), ...u16(intervalUs), differences, 0, ...lengths, ...data.flat()];
}

/** Pointers of all twelve sections, then the sections, each padded to an even length. */
function assemble(bodies: readonly (readonly [number, readonly number[]])[], version: number): Uint8Array {
  const sections = new Map(
    bodies.map(([id, body]) => [id, section(id, version, body.length % 2 ? [...body, 0] : body)]),
  );
  let index = 6 + 16 + 120 + 1;
  const pointers = Array.from({ length: 12 }, (_, id) => {
    const length = id === 0 ? 136 : (sections.get(id)?.length ?? 0);
    const place = id === 0 ? 7 : length > 0 ? index : 0;
    if (id > 0) index += length;
    return [...u16(id), ...u32(length), ...u32(place)];
  }).flat();
  const ordered = Array.from({ length: 12 }, (_, id) => sections.get(id) ?? []).flat();
  const rest = [...section(0, version, pointers, 'SCPECG'), ...ordered];
  const record = [...u32(rest.length + 6), ...rest];
  return Uint8Array.from([...u16(checksum(record)), ...record]);
}

function section(id: number, version: number, body: readonly number[], magic = '\0\0\0\0\0\0'): number[] {
  const name = Array.from(magic, (letter) => letter.charCodeAt(0));
  const content = [...u16(id), ...u32(body.length + 16), version, version, ...name, ...body];
  return [...u16(checksum(content)), ...content];
}

/** CRC-CCITT bit by bit, on purpose in another way than the reader. */
function checksum(bytes: readonly number[]): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const out = ((crc >> 15) ^ (byte >> bit)) & 1;
      crc = ((crc << 1) & 0xffff) ^ (out ? 0x1021 : 0);
    }
  }
  return crc;
}
