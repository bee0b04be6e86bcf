import { type ByteSource, EcgError } from '../../ecg';
import { list } from '../channels';
import { folderOf, stemOf } from '../sources';
import type { SegmentLine } from './header';
import { groupBy, type HeaderFile, type Pairing } from './pairing';

/** One segment of a record with its files; `file` is null where nothing was recorded. */
export interface Segment {
  readonly file: HeaderFile | null;
  readonly signals: readonly ByteSource[];
  readonly frames: number;
}

/** A multi-segment record with all its files (header(5), multi-segment records). */
export interface SegmentedRecord {
  readonly master: HeaderFile;
  readonly segments: readonly Segment[];
  /** The header that lists the signals of a record whose segments have different ones; it holds no samples. */
  readonly layout: HeaderFile | null;
}

/** No record is longer: a null segment costs no bytes, so its claim is held to this. Two months. */
const MAX_SECONDS = 62 * 86400;

/**
 * Finds the segments of a record among the headers beside it.
 *
 * @returns the record, or the error that says which parts are missing or damaged
 */
export function gather(
  master: HeaderFile,
  lines: readonly SegmentLine[],
  pairings: ReadonlyMap<HeaderFile, Pairing>,
): SegmentedRecord | { readonly error: EcgError } {
  const where = master.source.name;
  const near = groupBy(
    [...pairings.keys()].filter(({ source }) => folderOf(source.name) === folderOf(where)),
    ({ source }) => stemOf(source.name),
  );
  const named = lines.filter(({ name }) => name !== '~');
  const missing = named.filter(({ name }) => !near.has(name)).map(({ name }) => `${name}.hea`);
  if (missing.length > 0) {
    const message = `${where} joins segments of which ${list([...new Set(missing)])} is not there: drop the whole record together.`;
    return { error: new EcgError('MISSING_PART', message, { expected: missing.join(', ').slice(0, 500), where }) };
  }
  const seconds = lines.reduce((sum, { frames }) => sum + frames, 0) / (master.header.frameRateHz ?? 1);
  if (seconds > MAX_SECONDS) {
    const detail = { expected: `at most ${MAX_SECONDS} s`, found: `${seconds} s`, where };
    return { error: new EcgError('TOO_LARGE', `${where} claims to be longer than any recording is.`, detail) };
  }
  const [first] = lines;
  const layout = first && first.frames === 0 ? (near.get(first.name)?.[0] ?? null) : null;
  const segments: Segment[] = [];
  for (const { name, frames } of layout ? lines.slice(1) : lines) {
    const file = near.get(name)?.[0] ?? null;
    const pairing = file && pairings.get(file);
    if (pairing && 'error' in pairing) return { error: pairing.error };
    if (file?.header.segments) return { error: nested(where, name) };
    segments.push({ file, signals: pairing?.files ?? [], frames });
  }
  return { master, segments, layout };
}

function nested(where: string, name: string): EcgError {
  const message = `${where} names ${name} as a segment, which is made of segments itself.`;
  return new EcgError('CORRUPT_FILE', message, { expected: 'a record of one piece', found: name, where });
}
