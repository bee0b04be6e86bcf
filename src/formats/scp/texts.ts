import type { Bytes } from '../bytes';

/** Where tag 14 names the device's language (EN 1064, 5.4.3.1, byte 17). */
const [DEVICE, LANGUAGE] = [14, 16];
const UTF_16 = 0x07;
/** Character sets by the language code, by the names that browsers have for them; ASCII and Latin-1 (0 and 1) need none. */
const CHARACTER_SETS = new Map([
  [0x03, 'iso-8859-2'],
  [0x0b, 'iso-8859-4'],
  [0x13, 'iso-8859-5'],
  [0x1b, 'iso-8859-6'],
  [0x23, 'iso-8859-7'],
  [0x2b, 'iso-8859-8'],
  [0x33, 'windows-874'],
  [0x3b, 'iso-8859-15'],
  [UTF_16, 'utf-16le'],
  [0x0f, 'shift_jis'],
  [0x17, 'euc-jp'],
  [0x1f, 'euc-jp'],
  [0x27, 'gbk'],
  [0x2f, 'euc-kr'],
]);

/**
 * How a file's texts are read: in the character set of its language where it names one, else in UTF-8 or Latin-1. What is UTF-8, or plain
 * ASCII, stays what it is whatever the file names.
 *
 * @param fields of section 1
 */
export function textDecoderOf(fields: ReadonlyMap<number, Bytes>): (text: Bytes | undefined) => string {
  const code = fields.get(DEVICE)?.u8(LANGUAGE) ?? 0;
  const name = CHARACTER_SETS.get(code);
  const decoder = name === undefined ? null : new TextDecoder(name);
  return (text) => {
    if (!text) return '';
    if (!decoder || (code !== UTF_16 && isUtf8(text))) return text.text();
    if (code === UTF_16 && text.raw.every((byte) => byte === 0 || byte >= 32) && !text.raw.slice(0, -2).includes(0)) {
      return text.text();
    }
    return decoder
      .decode(text.raw)
      .replace(/^\ufeff/, '')
      .replace(/\0.*$/s, '')
      .trim();
  };
}

function isUtf8({ raw }: Bytes): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(raw);
    return true;
  } catch {
    return false;
  }
}
