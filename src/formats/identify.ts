import type { ByteSource, Format, SourceSummary } from '../ecg';

/** WebCrypto takes its input in one piece; a recording beyond this keeps no digest rather than half the memory. */
const DIGESTED_BYTES = 2 ** 28;

/** Bytes of all parts together. */
export function byteCount(parts: readonly ByteSource[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

/**
 * Name, size and SHA-256 (over all parts in their order) of what a recording was read from.
 *
 * @throws EcgError UNREADABLE_FILE when the bytes can no longer be read
 */
export async function identify(
  name: string,
  format: Format | null,
  parts: readonly ByteSource[],
): Promise<SourceSummary> {
  const bytes = byteCount(parts);
  return { name, format, bytes, sha256: bytes > DIGESTED_BYTES ? null : await digest(parts, bytes) };
}

async function digest(parts: readonly ByteSource[], size: number): Promise<string> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    const bytes = (await part.read()).subarray(0, size - at);
    whole.set(bytes, at);
    at += bytes.length;
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
