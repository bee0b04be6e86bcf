/**
 * The text of an XML file, or null when the bytes are none. The bytes win over what the declaration says, because files are re-saved:
 * a byte order mark, then UTF-16 without one (every other byte of `<?xml` is zero), then UTF-8 if it is that, then what is declared, then Latin-1.
 *
 * @param cut true when the bytes are only the beginning, so that a character may be cut at their end
 */
export function decodeXmlText(bytes: Uint8Array, cut = false): string | null {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return decode('utf-16le', bytes, cut);
  if (a === 0xfe && b === 0xff) return decode('utf-16be', bytes, cut);
  if (a === 0xef && b === 0xbb && c === 0xbf) return decode('utf-8', bytes, cut);
  if (a === 0x3c && b === 0) return decode('utf-16le', bytes, cut);
  if (a === 0 && b === 0x3c) return decode('utf-16be', bytes, cut);
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(latin1(bytes.subarray(0, 256)))?.[1] ?? '';
  const eightBit = /^utf-?16/i.test(declared) ? '' : declared;
  return decode('utf-8', bytes, cut) ?? (eightBit === '' ? null : decode(eightBit, bytes, cut)) ?? latin1(bytes);
}

function decode(label: string, bytes: Uint8Array, cut: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes);
}
