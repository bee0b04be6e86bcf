import type { ByteSource } from '../../ecg';
import { damaged } from './inflate';
import type { Packed } from './packed';
import { part } from './zip';

const BLOCK = 512;

/** True for the first block of a tar archive: its header adds up to the checksum in it (POSIX 1003.1, pax and ustar; GNU). */
export function isTar(head: Uint8Array): boolean {
  if (head.length < BLOCK) return false;
  const block = head.subarray(0, BLOCK);
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  const stated = octal(block.subarray(148, 156));
  return block[0] !== 0 && stated === sum;
}

/**
 * Lists a tar archive by walking its headers. Files are read where they lie.
 *
 * @throws EcgError CORRUPT_FILE, UNREADABLE_FILE
 */
export async function listTar(source: ByteSource, most: number): Promise<readonly Packed[]> {
  const entries: Packed[] = [];
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= source.size; ) {
    const head = await source.read(at, at + BLOCK);
    if (head.every((byte) => byte === 0)) break;
    if (!isTar(head)) throw damaged(source.name, `no header at byte ${at}`);
    const size = octal(head.subarray(124, 136));
    const start = at + BLOCK;
    if (!(size >= 0) || start + size > source.size) throw damaged(source.name, `an entry cut at byte ${start}`);
    const type = String.fromCharCode(head[156] ?? 0);
    if (type === 'L' || type === 'x') {
      const text = new TextDecoder().decode(await source.read(start, start + Math.min(size, 2 ** 16)));
      longName = type === 'L' ? text.replace(/\0.*$/s, '') : (/^\d+ path=(.*)$/m.exec(text)?.[1] ?? longName);
    } else {
      const [name, prefix] = [field(head, 0, 100), field(head, 345, 155)];
      const path = longName ?? (prefix && field(head, 257, 5) === 'ustar' ? `${prefix}/${name}` : name);
      if (/[0\0]/.test(type)) entries.push({ path, open: async () => part(source, path, start, size) });
      longName = null;
      if (entries.length > most) break;
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

function field(head: Uint8Array, start: number, length: number): string {
  return new TextDecoder().decode(head.subarray(start, start + length)).replace(/\0.*$/s, '');
}

/** NaN where there is no octal number. */
function octal(bytes: Uint8Array): number {
  const text = String.fromCharCode(...bytes)
    .replace(/\0.*$/s, '')
    .trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}
