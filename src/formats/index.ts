import { type ByteSource, EcgError, errorRecord, type Recording, toError } from '../ecg';
import { importSealed } from '../release/sealed';
import { unpack } from './archive';
import { withoutCompanions } from './companions';
import { openAnswered } from './questions';
import { type Claim, checkAbort, type Reader, type ReadOptions, refusal, type SniffedFile, sniff } from './reader';
import { wfdb, wfdbFragments } from './wfdb';

export { unpack } from './archive';
export { joinPeople, type PeopleTable, type Person, parsePeople, takePeople } from './demographics';
export { byteCount, identify } from './identify';
export { type Preview, previewOf } from './questions';
export type { Claim, Reader, ReadOptions, SniffedFile } from './reader';
export { bytesOf, fileSource } from './sources';

/**
 * The readers between WFDB's, which knows the demo ECGs, and what is left: fetched for the first file that WFDB does not claim, or once the page has time.
 *
 * @throws EcgError NOT_AS_BUILT, or MISSING_PART where they cannot be fetched; the next call tries again
 */
export async function furtherReaders(): Promise<readonly Reader[]> {
  try {
    return (await importSealed('readers', () => import('./readers'))).READERS;
  } catch (thrown) {
    if (thrown instanceof EcgError) throw thrown;
    const message = 'A part of this page could not be loaded: check the connection and open the file again.';
    throw new EcgError('MISSING_PART', message, { found: String(thrown) });
  }
}

/** Each takes what it knows and leaves the rest to the next. */
async function* readers(left: () => number): AsyncGenerator<Reader> {
  yield wfdb;
  if (left() === 0) return;
  yield* await furtherReaders();
  yield wfdbFragments;
}

/** One recording of a drop, or one failure. `name` is the file that names it, `parts` are all its files. */
export type Outcome =
  | { readonly name: string; readonly parts: readonly ByteSource[]; readonly recording: Recording }
  | { readonly name: string; readonly parts: readonly ByteSource[]; readonly error: EcgError };

/**
 * Opens whatever was dropped: pairs the files that belong together and reads what is needed to describe each recording; samples stay in the files.
 *
 * @returns one outcome a recording or failure, in the order of the files dropped (a record stands where its first part stood)
 * @throws EcgError ABORTED when `options.signal` fires; never for a bad file
 */
export async function openFiles(files: readonly ByteSource[], options: ReadOptions = {}): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const claim of await claimFiles(files, options)) outcomes.push(await openClaim(claim, options));
  return outcomes;
}

/** Which files make which recording, archives searched, before anything but their first bytes is read, in the order of the files. */
export async function claimFiles(dropped: readonly ByteSource[], options: ReadOptions = {}): Promise<readonly Claim[]> {
  const { files, refusals } = await unpack(dropped, options);
  const claims: Claim[] = [...refusals];
  let rest: SniffedFile[] = [];
  for (const source of files) {
    checkAbort(options);
    try {
      rest.push(await sniff(source));
    } catch (thrown) {
      claims.push(refusal(source, () => toError(errorRecord(thrown))));
    }
  }
  for await (const reader of readers(() => rest.length)) {
    const claimed = await reader.claim(rest);
    const taken = new Set(claimed.flatMap(({ parts, beside = [] }) => [...parts, ...beside]));
    rest = rest.filter(({ source }) => !taken.has(source));
    claims.push(...claimed);
  }
  claims.push(...rest.map(unrecognised));
  const place = new Map(files.map((source, index) => [source, index]));
  const placeOf = (source: ByteSource | undefined) => (source && place.get(source)) ?? files.length;
  const first = ({ parts }: Claim) => parts.reduce((least, part) => Math.min(least, placeOf(part)), files.length);
  const inOrder = claims.sort((a, b) => first(a) - first(b) || placeOf(a.parts[0]) - placeOf(b.parts[0]));
  return withoutCompanions(inOrder, dropped);
}

/** Reads what describes one recording. Throws EcgError ABORTED; never for a bad file. */
export async function openClaim(claim: Claim, options: ReadOptions): Promise<Outcome> {
  const { parts } = claim;
  const name = parts[0]?.name ?? '';
  checkAbort(options);
  try {
    return { name, parts, recording: await openAnswered(claim, options) };
  } catch (thrown) {
    checkAbort(options);
    return { name, parts, error: thrown instanceof EcgError ? thrown : toError(errorRecord(thrown)) };
  }
}

function unrecognised({ source, text }: SniffedFile): Claim {
  if (source.size === 0 || text?.trim() === '') {
    return refusal(
      source,
      () => new EcgError('EMPTY_FILE', `${source.name} is empty.`, { found: `${source.size} bytes` }),
    );
  }
  const message = `${source.name} is no ECG file that this version knows.`;
  return { ...refusal(source, () => new EcgError('UNSUPPORTED_FORMAT', message)), unread: true };
}
