/** A view of some bytes that gives zero, never an error, beyond their end: what a damaged file points to is not there. */
export interface Bytes {
  readonly length: number;
  u8(at: number): number;
  u16(at: number): number;
  i16(at: number): number;
  u32(at: number): number;
  /** Part of it, cut at its ends. */
  slice(start: number, end?: number): Bytes;
  /** Text up to the first NUL, in UTF-8 where it is that, else in Latin-1. */
  text(start?: number, end?: number): string;
  readonly raw: Uint8Array<ArrayBuffer>;
}

/** Bytes of a file, little endian unless said. */
export function bytesView(raw: Uint8Array<ArrayBuffer>, littleEndian = true): Bytes {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const within = (at: number, size: number) => at >= 0 && at + size <= raw.length;
  return {
    raw,
    length: raw.length,
    u8: (at) => raw[at] ?? 0,
    u16: (at) => (within(at, 2) ? view.getUint16(at, littleEndian) : 0),
    i16: (at) => (within(at, 2) ? view.getInt16(at, littleEndian) : 0),
    u32: (at) => (within(at, 4) ? view.getUint32(at, littleEndian) : 0),
    slice: (start, end = raw.length) => {
      const from = Math.min(Math.max(0, start), raw.length);
      return bytesView(raw.subarray(from, Math.min(Math.max(from, end), raw.length)), littleEndian);
    },
    text: (start = 0, end = raw.length) => plainText(raw.subarray(Math.max(0, start), Math.max(0, end))),
  };
}

function plainText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text).trim();
  } catch {
    return new TextDecoder('windows-1252').decode(text).trim();
  }
}

/** CRC-CCITT (x¹⁶ + x¹² + x⁵ + 1, from 0xFFFF), as EN 1064 and ISHNE write it. */
export function crcCcitt(bytes: Uint8Array, start = 0xffff): number {
  let crc = start;
  for (const byte of bytes) crc = ((crc << 8) ^ (CCITT[((crc >> 8) ^ byte) & 255] ?? 0)) & 0xffff;
  return crc;
}

const CCITT = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});
