import { type ByteSource, EcgError } from '../../ecg';
import { bytesOf } from '../sources';

/** How a data set's elements are written (PS3.5, annex A). */
export interface Syntax {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  readonly deflated: boolean;
}

export const EXPLICIT_LITTLE: Syntax = { explicit: true, littleEndian: true, deflated: false };
export const IMPLICIT_LITTLE: Syntax = { explicit: false, littleEndian: true, deflated: false };

const SYNTAXES = new Map<string, Syntax>([
  ['1.2.840.10008.1.2', IMPLICIT_LITTLE],
  ['1.2.840.10008.1.2.1', EXPLICIT_LITTLE],
  ['1.2.840.10008.1.2.1.99', { ...EXPLICIT_LITTLE, deflated: true }],
  ['1.2.840.10008.1.2.2', { ...EXPLICIT_LITTLE, littleEndian: false }],
]);

/** A resting ECG inflates to a few hundred kB; this much stops a file that was made to fill the memory. */
const INFLATED_BYTES = 2 ** 28;

/** The transfer syntax of a UID; explicit little endian for images' compressed ones, whose elements are written so. */
export function syntaxOf(uid: string): Syntax {
  return SYNTAXES.get(uid) ?? EXPLICIT_LITTLE;
}

/**
 * What a deflated data set holds (RFC 1951, without a zlib header).
 *
 * @throws EcgError CORRUPT_FILE when it cannot be inflated, TOO_LARGE
 */
export async function inflate(source: ByteSource, start: number): Promise<ByteSource> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Blob([await source.read(start)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      size += chunk.value.length;
      if (size > INFLATED_BYTES) {
        const detail = { expected: `at most ${INFLATED_BYTES} bytes`, where: source.name };
        throw new EcgError('TOO_LARGE', `${source.name} unpacks to more than can be read safely.`, detail);
      }
      chunks.push(chunk.value);
    }
  } catch (thrown) {
    await reader.cancel().catch(() => undefined);
    if (thrown instanceof EcgError) throw thrown;
    // A PS3.10 file may be padded after its last block, which some engines call an error: what came out counts.
    if (size === 0) {
      const detail = { found: String(thrown), where: source.name };
      throw new EcgError('CORRUPT_FILE', `The packed content of ${source.name} cannot be unpacked.`, detail);
    }
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return bytesOf(source.name, whole);
}
