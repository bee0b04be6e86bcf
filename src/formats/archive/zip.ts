import { type ByteSource, EcgError } from '../../ecg';
import { decodeText } from '../text';
import { crc32, damaged, inflate, MAX_UNPACKED, tooLarge } from './inflate';
import type { Packed } from './packed';

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record and the longest comment after it. */
const TAIL_BYTES = 22 + 65535;
/** A directory of a hundred thousand entries. */
const MAX_DIRECTORY = 2 ** 24;

/** True for the first bytes of a ZIP archive, an empty one too. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && head[3] === (head[2] ?? 0) + 1;
}

/**
 * Lists a ZIP archive by its directory after PKWARE's APPNOTE 6.3, ZIP64 too; no entry is unpacked before it is read.
 *
 * @throws EcgError CORRUPT_FILE, TOO_LARGE, UNREADABLE_FILE
 */
export async function listZip(source: ByteSource): Promise<readonly Packed[]> {
  const { start, size } = await directoryOf(source);
  if (size > MAX_DIRECTORY) throw tooLarge(source.name);
  const bytes = await source.read(start, start + size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: Packed[] = [];
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY; ) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    if (extraEnd > bytes.length) throw damaged(source.name, 'a cut directory');
    const name = nameOf(bytes.subarray(at + 46, nameEnd));
    const [unpacked = 0, packed = 0, offset = 0] = sizes(view, at, nameEnd, extraEnd);
    const entry = {
      name,
      unpacked,
      packed,
      offset,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
    };
    if (!name.endsWith('/')) entries.push({ path: name, open: () => openEntry(source, entry) });
    at = extraEnd + view.getUint16(at + 32, true);
  }
  return entries;
}

interface Entry {
  readonly name: string;
  readonly unpacked: number;
  readonly packed: number;
  readonly offset: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
}

/** Where the directory lies, from the record at the archive's end. */
async function directoryOf(source: ByteSource): Promise<{ readonly start: number; readonly size: number }> {
  const tailStart = Math.max(0, source.size - TAIL_BYTES);
  const tail = await source.read(tailStart, source.size);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue;
    let size = view.getUint32(at + 12, true);
    let start = view.getUint32(at + 16, true);
    if (at >= 20 && view.getUint32(at - 20, true) === END_64_LOCATOR) {
      const record = await source.read(big(view, at - 12), big(view, at - 12) + 56);
      const long = new DataView(record.buffer, record.byteOffset, record.length);
      if (record.length < 56 || long.getUint32(0, true) !== END_64) throw damaged(source.name, 'no ZIP64 record');
      size = big(long, 40);
      start = big(long, 48);
    }
    if (start + size > source.size) throw damaged(source.name, 'a directory beyond the end');
    return { start, size };
  }
  throw damaged(source.name, 'no directory at its end');
}

/** Unpacked and packed size and the local header's offset; the extra field 1 has those that do not fit into 32 bits. */
function sizes(view: DataView, at: number, extra: number, end: number): number[] {
  const short = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  for (let field = extra; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let next = field + 4;
    return short.map((value) => {
      if (value !== 0xffffffff || next + 8 > end) return value;
      next += 8;
      return big(view, next - 8);
    });
  }
  return short;
}

async function openEntry(source: ByteSource, entry: Entry): Promise<ByteSource> {
  const { name, unpacked, packed, method } = entry;
  if (entry.flags & 1) throw refused(name, 'is protected by a password');
  if (method !== 0 && method !== 8)
    throw refused(name, `is packed in a way (${method}) that this version does not read`);
  const local = await source.read(entry.offset, entry.offset + 30);
  const view = new DataView(local.buffer, local.byteOffset, local.length);
  if (local.length < 30 || view.getUint32(0, true) !== LOCAL)
    throw damaged(source.name, `no entry at byte ${entry.offset}`);
  const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + packed > source.size || (method === 0 && unpacked !== packed))
    throw damaged(source.name, `a cut ${name}`);
  if (method === 0) return part(source, name, start, unpacked);
  if (unpacked > MAX_UNPACKED) throw tooLarge(name);
  return {
    name,
    size: unpacked,
    read: async (from = 0, to = unpacked) => {
      const end = Math.min(to, unpacked);
      const bytes = await inflate(source, 'deflate', { from: start, to: start + packed, enough: end, hint: end });
      const whole = end === unpacked && bytes.length === end;
      if (bytes.length < end || (whole && crc32(bytes) !== entry.crc))
        throw damaged(source.name, `${bytes.length} of ${end} bytes of ${name}`);
      return bytes.subarray(from, end);
    },
  };
}

/** A piece of a source as a file of its own. */
export function part(source: ByteSource, name: string, start: number, size: number): ByteSource {
  return {
    name,
    size,
    read: (from = 0, to = size) => source.read(start + Math.min(from, size), start + Math.min(to, size)),
  };
}

function refused(where: string, why: string): EcgError {
  return new EcgError('UNSUPPORTED_FORMAT', `${where} ${why}: unpack the archive first.`, { where });
}

/** UTF-8 where it is, else the Western code page; archives of DOS and Windows use backslashes. */
function nameOf(bytes: Uint8Array): string {
  return (decodeText(bytes) ?? new TextDecoder('windows-1252').decode(bytes)).replaceAll('\\', '/');
}

function big(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
