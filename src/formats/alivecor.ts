import { type ByteSource, EcgError, type Recording, type Warning } from '../ecg';
import { type Bytes, bytesView } from './bytes';
import { type DecodedSignal, inMemoryRecording } from './in-memory';
import type { Reader } from './reader';

/** A block: four letters, and its data. */
interface Block {
  readonly id: string;
  readonly data: Bytes;
  readonly sound: boolean;
}

/** Data blocks by their letters; averaged beats (`avg`, `med`) are not shown. */
const LEAD_OF_BLOCK: ReadonlyMap<string, string> = new Map([
  ['ecg ', 'I'],
  ['ecg2', 'II'],
  ['ecg3', 'III'],
  ['ecg4', 'aVR'],
  ['ecg5', 'aVL'],
  ['ecg6', 'aVF'],
  ['ecg7', 'V1'],
  ['ecg8', 'V2'],
  ['ecg9', 'V3'],
  ['ecga', 'V4'],
  ['ecgb', 'V5'],
  ['ecgc', 'V6'],
]);

/** Five minutes of twelve leads at 300 Hz have 2 MB. */
const MAX_BYTES = 2 ** 24;
const FIRST_BLOCK = 12;

/** Recordings of AliveCor's Kardia devices (`.atc`). */
export const alivecorAtc: Reader = {
  claim: async (files) =>
    files
      .filter(({ head }) => String.fromCharCode(...head.subarray(0, 6)) === 'ALIVE\0')
      .map(({ source }) => ({ parts: [source], open: () => openAtc(source) })),
};

/**
 * Opens an ATC file after AliveCor's ATC File Format Specification 1.7 (2021). Proved with a recording of one lead. A block whose checksum
 * is wrong is shown with a warning.
 *
 * @throws EcgError CORRUPT_FILE without format or samples, UNSUPPORTED_FORMAT, TOO_LARGE, UNREADABLE_FILE
 */
async function openAtc(source: ByteSource): Promise<Recording> {
  const where = source.name;
  if (source.size > MAX_BYTES) {
    const detail = { expected: `at most ${MAX_BYTES} bytes`, found: `${source.size}`, where };
    throw new EcgError('TOO_LARGE', `${where} is too large for an AliveCor recording.`, detail);
  }
  const { blocks, cut } = blocksOf(bytesView(await source.read()));
  const format = blocks.find(({ id }) => id === 'fmt ')?.data;
  if (!format || format.length < 5) {
    const detail = { found: blocks.map(({ id }) => id).join(', '), where };
    throw new EcgError('CORRUPT_FILE', `${where} does not say how its samples are written.`, detail);
  }
  if (format.u8(0) !== 1) {
    const detail = { expected: 'format 1 (16 bits)', found: `format ${format.u8(0)}`, where };
    throw new EcgError('UNSUPPORTED_FORMAT', `${where} has samples of a kind that is not known here.`, detail);
  }
  const nanovolts = format.u16(3);
  const signals = blocks.flatMap(({ id, data }): DecodedSignal[] => {
    const spelling = LEAD_OF_BLOCK.get(id);
    if (spelling === undefined) return [];
    const values = Float64Array.from({ length: data.length >> 1 }, (_, i) => data.i16(2 * i) * (nanovolts || 1));
    return [{ spelling, unit: nanovolts > 0 ? 'nV' : 'NU', samplingRateHz: format.u16(1), values }];
  });
  const info = blocks.find(({ id }) => id === 'info')?.data;
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(info?.text(0, 32) ?? '')?.[0] ?? null;
  return inMemoryRecording(source, {
    format: 'alivecor-atc',
    signals,
    startTime: date,
    device: info ? `AliveCor ${info.text(180, 212)}`.trim() : 'AliveCor',
    warnings: [...checksumWarnings(blocks), ...(cut ? [CUT] : [])],
  });
}

const CUT: Warning = {
  code: 'LENGTH_FROM_DATA',
  message: 'The file ends before its last block does; what is there is shown.',
};

/** Identifier, length, data and checksum, one block after the other; the last one as far as it goes. */
function blocksOf(file: Bytes): { readonly blocks: readonly Block[]; readonly cut: boolean } {
  const blocks: Block[] = [];
  let at = FIRST_BLOCK;
  while (at + 8 < file.length) {
    const length = file.u32(at + 4);
    const end = Math.min(at + 8 + length, file.length);
    const id = String.fromCharCode(...file.raw.subarray(at, at + 4));
    const written = file.u32(end);
    const content = file.raw.subarray(at, end);
    const sound = at + 12 + length <= file.length && (written === byteSum(content) || written === crc32(content));
    blocks.push({ id, data: file.slice(at + 8, end), sound });
    if (at + 12 + length > file.length) return { blocks, cut: true };
    at += 12 + length;
  }
  return { blocks, cut: false };
}

function checksumWarnings(blocks: readonly Block[]): readonly Warning[] {
  const damaged = blocks.filter(({ sound }) => !sound).map(({ id }) => id.trim());
  if (damaged.length === 0) return [];
  const message = `The checksum of ${damaged.join(', ')} does not fit: the file was changed or damaged after it was written.`;
  return [{ code: 'CHECKSUM_MISMATCH', message }];
}

/** What recordings have: the sum of all bytes. */
function byteSum(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum + byte) >>> 0, 0);
}

/** What the specification says: CRC-32. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
