import { type ByteSource, EcgError, errorRecord, toError } from '../../ecg';
import { type Claim, checkAbort, type ReadOptions, refusal } from '../reader';
import { bytesOf } from '../sources';
import { crc32, damaged, inflate, MAX_UNPACKED } from './inflate';
import { isLitter, type Packed, safePath } from './packed';
import { isTar, listTar } from './tar';
import { isZip, listZip } from './zip';

/** Archives in archives, and files of all together, that are searched. */
const MAX_DEPTH = 4;
const MAX_FILES = 20_000;
/** Unpacked bytes of all archives together that are kept for the next read. */
const KEPT_BYTES = MAX_UNPACKED;

/** A drop with its archives opened: the files to look at, and what could not be unpacked. */
export interface Unpacked {
  readonly files: readonly ByteSource[];
  readonly refusals: readonly Claim[];
}

/**
 * Opens the ZIP, GZIP, TAR and TGZ archives of a drop, those inside others too. A file's name becomes its path inside the archive,
 * after the archive's own name where two archives hold the same path. Nothing is unpacked before it is read, and never more than a limit.
 *
 * @throws EcgError ABORTED
 */
export async function unpack(files: readonly ByteSource[], options: ReadOptions): Promise<Unpacked> {
  const refusals: Claim[] = [];
  const opened: (readonly ByteSource[])[] = [];
  const context = { options, refusals, keep: keeper() };
  let count = files.length;
  for (const file of files) {
    checkAbort(options);
    const inside = await search(file, 0, Math.max(0, MAX_FILES - count), context);
    count += inside.length;
    opened.push(inside);
  }
  const owners = new Map<string, number>();
  for (const inside of opened)
    for (const name of new Set(inside.map((file) => file.name))) owners.set(name, (owners.get(name) ?? 0) + 1);
  const named = opened.flatMap((inside, i) => {
    const archive = files[i];
    const clash = inside[0] !== archive && inside.some(({ name }) => (owners.get(name) ?? 0) > 1);
    return clash ? inside.map((file) => ({ ...file, name: `${archive?.name}/${file.name}` })) : inside;
  });
  return { files: named, refusals };
}

interface Context {
  readonly options: ReadOptions;
  readonly refusals: Claim[];
  readonly keep: (file: ByteSource) => ByteSource;
}

/** The file itself, or what the archive holds. */
async function search(file: ByteSource, depth: number, room: number, context: Context): Promise<readonly ByteSource[]> {
  const { options, refusals, keep } = context;
  try {
    const list = await listOf(file);
    if (!list) return [file];
    if (depth === MAX_DEPTH || list.length > room) {
      const detail = { expected: `at most ${MAX_FILES} files, ${MAX_DEPTH} archives deep`, where: file.name };
      throw new EcgError(
        'TOO_LARGE',
        `${file.name} holds more files, or archives in archives, than are searched.`,
        detail,
      );
    }
    const wanted = list.filter(({ path }) => !isLitter(path));
    if (wanted.length === 0)
      throw new EcgError('EMPTY_FILE', `There is no file in ${file.name}.`, { where: file.name });
    if (wanted.some(({ path }) => path === '[Content_Types].xml')) {
      throw new EcgError(
        'UNSUPPORTED_FORMAT',
        `${file.name} looks like an office document, which this version does not read.`,
      );
    }
    const found: ByteSource[] = [];
    for (const { path, open } of wanted) {
      checkAbort(options);
      const name = safePath(path);
      try {
        const inner = keep({ ...(await open()), name });
        found.push(...(await search(inner, depth + 1, room - found.length, context)));
      } catch (thrown) {
        checkAbort(options);
        refusals.push(refusal(bytesOf(name, new Uint8Array(0)), () => toError(errorRecord(thrown))));
      }
    }
    return found;
  } catch (thrown) {
    checkAbort(options);
    refusals.push(refusal(file, () => toError(errorRecord(thrown))));
    return [];
  }
}

/** What an archive holds, or null for any other file. */
async function listOf(file: ByteSource): Promise<readonly Packed[] | null> {
  const head = await file.read(0, 512).catch(() => null);
  if (!head) return null;
  if (isZip(head)) {
    const list = await listZip(file);
    // NumPy's NPZ: its arrays are one recording.
    return list.length > 0 && list.every(({ path }) => /\.npy$/i.test(path)) ? null : list;
  }
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8)
    return [{ path: unzippedName(file.name), open: () => openGzip(file) }];
  return isTar(head) ? listTar(file, MAX_FILES) : null;
}

/** `ward/a.csv.gz` → `ward/a.csv`, `a.tgz` → `a.tar`: a gzipped file keeps the folder in which it lies. */
function unzippedName(name: string): string {
  return /\.tgz$/i.test(name) ? name.replace(/\.tgz$/i, '.tar') : name.replace(/\.gz$/i, '');
}

/** Unpacked once to know its size and that it is whole (RFC 1952); a tar stays in memory, all else is unpacked again when it is read. */
async function openGzip(file: ByteSource): Promise<ByteSource> {
  const name = unzippedName(file.name);
  const trailer = new DataView((await file.read(Math.max(0, file.size - 8), file.size)).slice().buffer);
  const hint = trailer.byteLength === 8 ? trailer.getUint32(4, true) : 0;
  const whole = await inflate(file, 'gzip', { from: 0, to: file.size, enough: MAX_UNPACKED + 1, hint });
  // Members that follow one another have a checksum each; the last one's size then differs from the whole's.
  if (hint === whole.length && trailer.byteLength === 8 && crc32(whole) !== trailer.getUint32(0, true))
    throw damaged(file.name, 'a wrong checksum');
  if (whole.length === 0) throw new EcgError('EMPTY_FILE', `There is nothing in ${file.name}.`, { where: file.name });
  if (isTar(whole)) return bytesOf(name, whole);
  const size = whole.length;
  return {
    name,
    size,
    read: async (start = 0, end = size) =>
      (
        await inflate(file, 'gzip', { from: 0, to: file.size, enough: Math.min(end, size), hint: Math.min(end, size) })
      ).subarray(start),
  };
}

/** Remembers whole files that were unpacked last, up to a limit for all, so that each is not unpacked for every read. */
function keeper(): (file: ByteSource) => ByteSource {
  const kept = new Map<ByteSource, Promise<Uint8Array<ArrayBuffer>>>();
  let bytes = 0;
  return (file) => ({
    ...file,
    read: async (start = 0, end = file.size) => {
      // The first bytes decide what a file is; for those alone it is not unpacked to its end.
      if (file.size > KEPT_BYTES || (!kept.has(file) && end < file.size && end <= 8192)) return file.read(start, end);
      const whole = kept.get(file) ?? file.read();
      if (!kept.has(file)) bytes += file.size;
      kept.delete(file);
      kept.set(file, whole);
      for (const [oldest] of kept) {
        if (bytes <= KEPT_BYTES || oldest === file) break;
        kept.delete(oldest);
        bytes -= oldest.size;
      }
      return (await whole).slice(start, end);
    },
  });
}
