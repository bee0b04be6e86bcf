import type { ByteSource } from '../../ecg';
import { extensionOf } from '../sources';

/** Annotators whose files are known by their names (PhysioNet's databases and WFDB's detectors). */
const ANNOTATORS = new Set(
  'atr ari ann qrs qrsc gqrs gqrsh gqrsl sqrs wqrs xws ecg pu pu0 pu1 pwave q1c q2c qt1 qt2 man st st- sta stb stc apn al ae16 cm i ii iii avr avl avf v1 v2 v3 v4 v5 v6'.split(
    ' ',
  ),
);

/** No annotation file of a day is larger. */
const MAX_BYTES = 2 ** 23;

/** True when a file holds WFDB annotations: by its annotator's name, or by walking its content to the end. */
export async function isAnnotation(source: ByteSource, head: Uint8Array): Promise<boolean> {
  if (source.size === 0 || source.size > MAX_BYTES) return false;
  if (!ANNOTATORS.has(extensionOf(source.name)) && !walks(head, false)) return false;
  return walks(await source.read(), true);
}

/**
 * Walks the words of the MIT annotation format (annot(5), G. B. Moody): code and interval in 16 bits, auxiliary text after code 63,
 * a long interval after code 59, a zero word at the end.
 *
 * @param whole false when the bytes are only the file's beginning
 */
function walks(bytes: Uint8Array, whole: boolean): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let annotations = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const word = view.getUint16(at, true);
    const code = word >> 10;
    if (word === 0) return annotations > 0 && at + 2 === bytes.length;
    if (code === 59) at += 4;
    else if (code === 63) at += (word & 1023) + (word & 1);
    else if (code < 50) annotations++;
    else if (code < 60) return false;
  }
  return !whole && annotations > 0;
}
