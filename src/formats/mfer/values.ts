import type { Bytes } from '../bytes';

/** A whole number of up to 6 bytes; of longer ones the last 6. */
export function unsigned(value: Bytes, littleEndian: boolean): number {
  const bytes = littleEndian ? value.raw.toReversed() : value.raw;
  return bytes.subarray(-6).reduce((sum, byte) => sum * 256 + byte, 0);
}

export function signed(value: Bytes, littleEndian: boolean): number {
  const number = unsigned(value, littleEndian);
  const range = 256 ** Math.min(6, value.length);
  return value.length > 0 && number >= range / 2 ? number - range : number;
}

/** The decoder of a character set as MFER names it; the Western code page where the name is unknown. */
export function decoderOf(name: string): TextDecoder {
  const plain = name.replace(/[\s_]+/g, ' ').trim();
  const jis = /^(jis x 020[18]|iso.?2022|rfc 1468)/i.test(plain) ? 'iso-2022-jp' : plain.replace(/ /g, '-');
  try {
    return new TextDecoder(/^(ansi|ascii|iso 646)/i.test(plain) ? 'windows-1252' : jis);
  } catch {
    return new TextDecoder('windows-1252');
  }
}
