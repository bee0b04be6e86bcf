import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ByteSource, Format, SourceSummary } from '../ecg';

/** Bytes that are read and hashed at a time. */
const CHUNK_BYTES = 1 << 22;

/** What names a recording in every export: its file, and length and SHA-256 over all its parts in order. */
export async function identify(
  name: string,
  format: Format | null,
  parts: readonly ByteSource[],
): Promise<SourceSummary> {
  const hash = sha256.create();
  for (const part of parts) {
    for (let start = 0; start < part.size; start += CHUNK_BYTES) {
      hash.update(await part.read(start, start + CHUNK_BYTES));
    }
  }
  return { name, format, bytes: byteCount(parts), sha256: bytesToHex(hash.digest()) };
}

/** Bytes of all parts together. */
export function byteCount(parts: readonly ByteSource[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}
