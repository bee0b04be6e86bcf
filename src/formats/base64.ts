/** The bytes of a base64 text, blanks and line ends left out, or null when it is none. A missing `=` at the end is forgiven. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> | null {
  const letters = text.replace(/\s+/g, '').replace(/=+$/, '');
  if (/[^a-z0-9+/]/i.test(letters)) return null;
  const binary = atob(letters.length % 4 === 1 ? letters.slice(0, -1) : letters);
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** Little-endian signed 16-bit numbers; an odd byte at the end is left out. */
export function int16(bytes: Uint8Array): Float64Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length >> 1 }, (_, index) => view.getInt16(2 * index, true));
}
