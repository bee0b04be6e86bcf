import type { DataSet } from './data-set';

/** Tags that are read, by their names in PS3.6. */
export const TAGS = {
  transferSyntax: 0x00020010,
  characterSet: 0x00080005,
  sopClass: 0x00080016,
  studyDate: 0x00080020,
  acquisitionDate: 0x00080022,
  contentDate: 0x00080023,
  acquisitionDateTime: 0x0008002a,
  studyTime: 0x00080030,
  acquisitionTime: 0x00080032,
  contentTime: 0x00080033,
  modality: 0x00080060,
  manufacturer: 0x00080070,
  codeValue: 0x00080100,
  codingScheme: 0x00080102,
  codeMeaning: 0x00080104,
  model: 0x00081090,
  patientName: 0x00100010,
  patientId: 0x00100020,
  birthDate: 0x00100030,
  sex: 0x00100040,
  age: 0x00101010,
  groupTimeOffset: 0x00181068,
  originality: 0x003a0004,
  channelCount: 0x003a0005,
  sampleCount: 0x003a0010,
  samplingFrequency: 0x003a001a,
  groupLabel: 0x003a0020,
  channels: 0x003a0200,
  channelLabel: 0x003a0203,
  channelSource: 0x003a0208,
  sensitivity: 0x003a0210,
  sensitivityUnits: 0x003a0211,
  correctionFactor: 0x003a0212,
  baseline: 0x003a0213,
  timeSkew: 0x003a0214,
  sampleSkew: 0x003a0215,
  bitsStored: 0x003a021a,
  filterLow: 0x003a0220,
  filterHigh: 0x003a0221,
  notch: 0x003a0222,
  unitsCode: 0x004008ea,
  conceptName: 0x0040a043,
  conceptCode: 0x0040a168,
  numericValue: 0x0040a30a,
  annotations: 0x0040b020,
  textValue: 0x00700006,
  waveforms: 0x54000100,
  bitsAllocated: 0x54001004,
  interpretation: 0x54001006,
  padding: 0x5400100a,
  waveformData: 0x54001010,
} as const;

const CHARACTER_SETS = new Map([
  ['ISO_IR 101', 'iso-8859-2'],
  ['ISO_IR 109', 'iso-8859-3'],
  ['ISO_IR 110', 'iso-8859-4'],
  ['ISO_IR 144', 'iso-8859-5'],
  ['ISO_IR 127', 'iso-8859-6'],
  ['ISO_IR 126', 'iso-8859-7'],
  ['ISO_IR 138', 'iso-8859-8'],
  ['ISO_IR 148', 'windows-1254'],
  ['ISO_IR 166', 'windows-874'],
  ['ISO_IR 13', 'shift_jis'],
  ['ISO_IR 192', 'utf-8'],
  ['GB18030', 'gb18030'],
  ['GBK', 'gbk'],
  ['ISO_IR 149', 'euc-kr'],
  ['ISO_IR 58', 'gb2312'],
  ['ISO_IR 87', 'iso-2022-jp'],
  ['ISO_IR 159', 'iso-2022-jp'],
]);

/** The decoder of a data set's texts: the last of its character sets that is known, else Latin-1 (PS3.3, C.12.1.1.2). */
export function decoderOf(elements: DataSet): TextDecoder {
  const named = textOf(elements, TAGS.characterSet, new TextDecoder('windows-1252')).split('\\');
  const known = named.flatMap((name) => CHARACTER_SETS.get(name.trim().replace(/^ISO 2022 IR/, 'ISO_IR')) ?? []);
  return new TextDecoder(known.at(-1) ?? 'windows-1252');
}

/** An element's text without its padding, empty where it is missing. */
export function textOf(elements: DataSet, tag: number, decoder = new TextDecoder()): string {
  const bytes = elements.get(tag)?.bytes;
  return bytes ? decoder.decode(bytes).replaceAll('\0', '').trim() : '';
}

/** An element's first decimal number (DS, IS), or null. */
export function decimalOf(elements: DataSet, tag: number): number | null {
  const text = textOf(elements, tag).split('\\')[0]?.trim() ?? '';
  const value = Number(text);
  return text !== '' && Number.isFinite(value) ? value : null;
}

/** An element's first unsigned number (US, UL), or null. */
export function unsignedOf(elements: DataSet, tag: number, littleEndian: boolean): number | null {
  const bytes = elements.get(tag)?.bytes;
  if (!bytes || bytes.length < 2) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return bytes.length >= 4 ? view.getUint32(0, littleEndian) : view.getUint16(0, littleEndian);
}

/** A coded value: `{ code: '5.6.3-9-1', scheme: 'SCPECG', meaning: 'Lead I' }`. */
export interface Code {
  readonly code: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** The first code of a code sequence, or null. */
export function codeOf(elements: DataSet, tag: number, decoder?: TextDecoder): Code | null {
  const item = elements.get(tag)?.items[0];
  if (!item) return null;
  return {
    code: textOf(item, TAGS.codeValue),
    scheme: textOf(item, TAGS.codingScheme),
    meaning: textOf(item, TAGS.codeMeaning, decoder),
  };
}
