/** How a text file is encoded, as far as its first bytes tell. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding of a text that begins with these bytes, or null when they are no text. */
export function encodingOf(head: Uint8Array): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.some((byte) => byte < 32 && !TEXT_CONTROLS.has(byte))) return null;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    // Older exports write µ in Latin-1. Binary data has far more high bytes than a text of numbers and names.
    return head.filter((byte) => byte >= 128).length < head.length / 20 ? 'windows-1252' : null;
  }
}

/** The text that begins with these bytes, or null when they are no text. A character cut at the end is left out. */
export function decodeText(head: Uint8Array): string | null {
  const encoding = encodingOf(head);
  return encoding && new TextDecoder(encoding).decode(head, { stream: true });
}

/** Tab, line feed, vertical tab, form feed, carriage return, and DOS's end of file. */
const TEXT_CONTROLS = new Set([9, 10, 11, 12, 13, 26]);
