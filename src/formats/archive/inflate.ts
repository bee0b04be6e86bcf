import { Gunzip, Inflate } from 'fflate';
import { type ByteSource, EcgError } from '../../ecg';

/** The most that one packed file may unpack to: hours of twelve leads; a bomb ends here. */
export const MAX_UNPACKED = 2 ** 27;
/** No recording packs better than this to one, beyond some megabytes: what does is a bomb. */
const MAX_RATIO = 200;
const UNSUSPECTED = 2 ** 22;
/** Packed bytes that are handed over at a time; deflate makes at most 1032 bytes of one. */
const CHUNK = 2 ** 14;

/**
 * Unpacks deflated or gzipped bytes, no further than asked for.
 *
 * @param from first packed byte in the source, @param to the byte after the last
 * @param enough unpacked bytes after which it stops
 * @param hint unpacked bytes that are promised; memory for them is taken at once
 * @throws EcgError CORRUPT_FILE when the bytes are damaged, TOO_LARGE beyond `MAX_UNPACKED`, UNREADABLE_FILE
 */
export async function inflate(
  source: ByteSource,
  kind: 'deflate' | 'gzip',
  { from, to, enough, hint }: { from: number; to: number; enough: number; hint: number },
): Promise<Uint8Array<ArrayBuffer>> {
  let whole = new Uint8Array(Math.min(enough, hint, MAX_UNPACKED));
  let length = 0;
  const stream = kind === 'gzip' ? new Gunzip() : new Inflate();
  stream.ondata = (piece) => {
    const kept = piece.subarray(0, Math.min(enough, MAX_UNPACKED + 1) - length);
    if (length + kept.length > whole.length) {
      const larger = new Uint8Array(Math.min(MAX_UNPACKED + 1, 2 * (length + kept.length)));
      larger.set(whole.subarray(0, length));
      whole = larger;
    }
    whole.set(kept, length);
    length += kept.length;
  };
  for (let at = from; at < to && length < enough; at += CHUNK) {
    const end = Math.min(at + CHUNK, to);
    const packed = await source.read(at, end);
    try {
      stream.push(packed, end === to);
    } catch (cause) {
      throw damaged(source.name, String(cause));
    }
    if (length > MAX_UNPACKED || (length > UNSUSPECTED && length > MAX_RATIO * (end - from)))
      throw tooLarge(source.name);
  }
  return whole.subarray(0, length);
}

/** The CRC-32 of ZIP and GZIP (polynomial 0xEDB88320, reflected). */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC[(crc ^ byte) & 255] ?? 0);
  return ~crc >>> 0;
}

const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

export function tooLarge(where: string): EcgError {
  const detail = { expected: `at most ${MAX_UNPACKED} bytes`, where };
  return new EcgError('TOO_LARGE', `${where} unpacks to more than can be read safely.`, detail);
}

export function damaged(where: string, found: string): EcgError {
  return new EcgError('CORRUPT_FILE', `The archive ${where} is damaged.`, {
    expected: 'a whole archive',
    found,
    where,
  });
}
