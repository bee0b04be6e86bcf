import { deflateRawSync } from 'node:zlib';
import type { ByteSource } from '../../ecg';
import { bytesOf } from '../sources';

/** A channel to be written, with what DICOM says of its scale. */
export interface WrittenChannel {
  /** Code value and scheme of its source, `['5.6.3-9-1', 'SCPECG']`. */
  readonly source: readonly [code: string, scheme: string];
  readonly values: readonly number[];
  readonly sensitivity?: number;
  readonly correction?: number;
  readonly baseline?: number;
  readonly unit?: string;
  readonly sampleSkew?: number;
  /** Low, high and notch frequency, Hz. */
  readonly filters?: readonly [low: number, high: number, notch: number];
}

export interface WrittenGroup {
  readonly label: string;
  readonly rateHz: number;
  readonly channels: readonly WrittenChannel[];
  readonly interpretation?: string;
  readonly bytesPerSample?: number;
  readonly bitsStored?: number;
  readonly padding?: number;
  readonly promised?: number;
  readonly offsetMs?: number;
  /** In big endian only each 16-bit word of a sample is turned, as DCMTK writes OW. */
  readonly turnedByWords?: boolean;
}

export type WrittenSyntax = 'explicit' | 'implicit' | 'deflated' | 'big endian';

const UIDS: Readonly<Record<WrittenSyntax, string>> = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  'big endian': '1.2.840.10008.1.2.2',
};

type Element = (syntax: WrittenSyntax) => number[];

/** Text elements of the data set by tag and VR, `[0x00100020, 'LO', 'id-1']`. */
export type WrittenText = readonly [tag: number, vr: string, text: string];

/** Writes a DICOM waveform file element by element. Sequences have undefined lengths, as half of the world writes them. */
export function writeDicom(
  name: string,
  groups: readonly WrittenGroup[],
  { syntax = 'explicit' as WrittenSyntax, texts = [] as readonly WrittenText[], annotations = [] as Element[][] } = {},
): ByteSource {
  const meta = [element(0x00020010, 'UI', ascii(UIDS[syntax]))('explicit')].flat();
  const body = [
    ...texts.map(([tag, vr, text]) => element(tag, vr, ascii(text))),
    ...(annotations.length > 0 ? [sequence(0x0040b020, annotations)] : []),
    sequence(
      0x54000100,
      groups.map((group) => groupItem(group)),
    ),
  ].flatMap((one) => one(syntax));
  const content = syntax === 'deflated' ? [...deflateRawSync(Uint8Array.from(body))] : body;
  return bytesOf(name, Uint8Array.from([...new Uint8Array(128), ...ascii('DICM'), ...meta, ...content]));
}

/** A measurement of the device. */
export function measurement(code: string, scheme: string, meaning: string, value: number, unit: string): Element[] {
  return [
    sequence(0x004008ea, [codeItem(unit, 'UCUM', unit)]),
    sequence(0x0040a043, [codeItem(code, scheme, meaning)]),
    element(0x0040a30a, 'DS', ascii(String(value))),
  ];
}

/** A statement of the device in words. */
export function statement(text: string): Element[] {
  return [element(0x00700006, 'ST', ascii(text))];
}

function groupItem(group: WrittenGroup): Element[] {
  const {
    label,
    rateHz,
    channels,
    interpretation = 'SS',
    bytesPerSample = 2,
    bitsStored,
    padding,
    offsetMs = 0,
  } = group;
  const count = channels[0]?.values.length ?? 0;
  const frames = Array.from({ length: count }, (_, i) => channels.map(({ values }) => values[i] ?? 0)).flat();
  const whole =
    (tag: number, vr: string, values: readonly number[], width: number): Element =>
    (syntax) =>
      element(
        tag,
        vr,
        values.flatMap((value) => integer(value, width, syntax)),
      )(syntax);
  return [
    element(0x00181068, 'DS', ascii(String(offsetMs))),
    element(0x003a0004, 'CS', ascii('ORIGINAL')),
    whole(0x003a0005, 'US', [channels.length], 2),
    whole(0x003a0010, 'UL', [group.promised ?? count], 4),
    element(0x003a001a, 'DS', ascii(String(rateHz))),
    element(0x003a0020, 'SH', ascii(label)),
    sequence(
      0x003a0200,
      channels.map(
        ({
          source: [code, scheme],
          sensitivity,
          correction = 1,
          baseline = 0,
          unit = 'uV',
          sampleSkew = 0,
          filters = [],
        }) => [
          sequence(0x003a0208, [codeItem(code, scheme, '')]),
          ...(sensitivity === undefined ? [] : [element(0x003a0210, 'DS', ascii(String(sensitivity)))]),
          sequence(0x003a0211, [codeItem(unit, 'UCUM', unit)]),
          element(0x003a0212, 'DS', ascii(String(correction))),
          element(0x003a0213, 'DS', ascii(String(baseline))),
          element(0x003a0215, 'DS', ascii(String(sampleSkew))),
          whole(0x003a021a, 'US', [bitsStored ?? 8 * bytesPerSample], 2),
          ...filters.map((hz, i) => element(0x003a0220 + i, 'DS', ascii(String(hz)))),
        ],
      ),
    ),
    whole(0x54001004, 'US', [8 * bytesPerSample], 2),
    element(0x54001006, 'CS', ascii(interpretation)),
    ...(padding === undefined ? [] : [whole(0x5400100a, 'OW', [padding], bytesPerSample)]),
    group.turnedByWords ? samplesByWords(frames, bytesPerSample) : whole(0x54001010, 'OW', frames, bytesPerSample),
  ];
}

function samplesByWords(values: readonly number[], width: number): Element {
  const words = values.flatMap((value) => {
    const bytes = integer(value, width, 'explicit');
    return Array.from({ length: width }, (_, i) => bytes[i ^ 1] ?? 0);
  });
  return element(0x54001010, 'OW', words);
}

function codeItem(code: string, scheme: string, meaning: string): Element[] {
  return [
    element(0x00080100, 'SH', ascii(code)),
    element(0x00080102, 'SH', ascii(scheme)),
    element(0x00080104, 'LO', ascii(meaning)),
  ];
}

function element(tag: number, vr: string, value: readonly number[]): Element {
  const even = value.length % 2 === 0 ? value : [...value, vr === 'UI' ? 0 : 32];
  return (syntax) => [...header(tag, vr, even.length, syntax), ...even];
}

function sequence(tag: number, items: readonly (readonly Element[])[]): Element {
  return (syntax) => [
    ...header(tag, 'SQ', 0xffffffff, syntax),
    ...items.flatMap((item) => [
      ...header(0xfffee000, '', 0xffffffff, syntax),
      ...item.flatMap((one) => one(syntax)),
      ...header(0xfffee00d, '', 0, syntax),
    ]),
    ...header(0xfffee0dd, '', 0, syntax),
  ];
}

function header(tag: number, vr: string, length: number, syntax: WrittenSyntax): number[] {
  const place = [...integer(Math.floor(tag / 65536), 2, syntax), ...integer(tag % 65536, 2, syntax)];
  if (syntax === 'implicit' || vr === '') return [...place, ...integer(length, 4, syntax)];
  const long = ['OB', 'OW', 'SQ', 'UN'].includes(vr);
  return [...place, ...ascii(vr), ...(long ? [0, 0, ...integer(length, 4, syntax)] : integer(length, 2, syntax))];
}

function integer(value: number, width: number, syntax: WrittenSyntax): number[] {
  const positive = value < 0 ? value + 256 ** width : value;
  const bytes = Array.from({ length: width }, (_, i) => Math.floor(positive / 256 ** i) % 256);
  return syntax === 'big endian' ? bytes.reverse() : bytes;
}

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}
