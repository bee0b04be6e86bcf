import { type ByteSource, EcgError } from '../../ecg';
import { type Claim, type Reader, refusal, type SniffedFile } from '../reader';
import { extensionOf, folderOf, stemOf } from '../sources';
import { decodeText } from '../text';
import { isAnnotation } from './annotators';
import { isHeader, parseHeader, type SegmentLine } from './header';
import { parseMat4 } from './matlab';
import { openSegments, partsOf } from './multi-segment';
import { groupBy, type HeaderFile, type Pairing, pair } from './pairing';
import { openRecord } from './record';
import { gather } from './segments';

/** A header of a thousand signals is far smaller. */
const MAX_HEADER_BYTES = 2 ** 20;

/** WFDB records: a header (`.hea`), the signal files that it names, and annotation files beside them. */
export const wfdb: Reader = {
  claim: async (files) => {
    const headers: HeaderFile[] = [];
    const claims: Claim[] = [];
    const damaged: [ByteSource, EcgError][] = [];
    for (const file of files.filter(looksLikeHeader)) {
      const header = await readHeader(file.source);
      if ('error' in header) damaged.push([file.source, header.error]);
      else headers.push(header);
    }
    const sources = files.map(({ source }) => source);
    const pairings = pair(headers, sources);
    const signals = new Set([...pairings.values()].flatMap((pairing) => ('files' in pairing ? pairing.files : [])));
    const free = files.filter(({ source }) => !signals.has(source) && !looksLikeHeader({ source, text: null }));
    const byPlace = groupBy(free, ({ source }) => placeOf(folderOf(source.name), stemOf(source.name)));
    const orphans = ({ name }: ByteSource) => partsAlone(byPlace.get(placeOf(folderOf(name), stemOf(name))) ?? []);
    for (const [source, error] of damaged)
      claims.push({ ...refusal(source, () => error), beside: await orphans(source) });
    const byPath = groupBy(free, ({ source }) => source.name);
    for (const [file, pairing] of pairings) {
      if (isLayout(file, [...pairings.keys()])) continue;
      if ('error' in pairing) {
        const parts = [...fragments(file, byPath), ...(await orphans(file.source))];
        claims.push({ ...refusal(file.source, () => pairing.error), beside: parts });
      } else if (file.header.segments)
        claims.push(await joinedClaim(file, file.header.segments, pairings, beside(file, byPlace)));
      else claims.push(await recordClaim(file, pairing.files, beside(file, byPlace)));
    }
    return claims;
  },
};

/** What is left of a record whose header was not dropped: signal files and annotations alone. */
export const wfdbFragments: Reader = {
  claim: async (files) => {
    const claims: Claim[] = [];
    for (const file of files) {
      const { source, head } = file;
      const { name } = source;
      if (isSignalPart(file)) {
        const message = `${name} is the signal part of a WFDB record: drop its header ${stemOf(name)}.hea together with it.`;
        claims.push(refusal(source, () => missingPart(message, `${stemOf(name)}.hea`, name)));
      } else if (await safely(isAnnotation(source, head))) {
        const message = `${name} holds the annotations of a WFDB record, not its signal: drop ${stemOf(name)}.hea and its signal file.`;
        claims.push(refusal(source, () => missingPart(message, `${stemOf(name)}.hea and its signal file`, name)));
      }
    }
    return claims;
  },
};

function isSignalPart({ source, head, text }: SniffedFile): boolean {
  return text === null && source.size > 0 && (extensionOf(source.name) === 'dat' || parseMat4(head) !== null);
}

/** Parts of a record whose header is damaged: its error speaks for them too. */
async function partsAlone(files: readonly SniffedFile[]): Promise<readonly ByteSource[]> {
  return [...files.filter(isSignalPart).map(({ source }) => source), ...(await annotations(files))];
}

function looksLikeHeader({ source, text }: Pick<SniffedFile, 'source' | 'text'>): boolean {
  return extensionOf(source.name) === 'hea' || (text !== null && isHeader(text));
}

async function readHeader(source: ByteSource): Promise<HeaderFile | { readonly error: EcgError }> {
  try {
    if (source.size === 0) throw new EcgError('EMPTY_FILE', `${source.name} is empty.`, { found: '0 bytes' });
    if (source.size > MAX_HEADER_BYTES) {
      const detail = { expected: `at most ${MAX_HEADER_BYTES} bytes`, found: `${source.size}`, where: source.name };
      throw new EcgError('TOO_LARGE', `${source.name} is too large for a WFDB header.`, detail);
    }
    return { source, header: parseHeader(decodeText(await source.read()) ?? '', source.name) };
  } catch (thrown) {
    if (thrown instanceof EcgError) return { error: thrown };
    throw thrown;
  }
}

async function recordClaim(
  file: HeaderFile,
  signals: readonly ByteSource[],
  near: readonly SniffedFile[],
): Promise<Claim> {
  const beside = await annotations(near);
  return {
    parts: [file.source, ...signals],
    beside,
    open: (options) => openRecord(file, signals, beside, options),
  };
}

/** A record of several segments. Each of them stays a record of its own as well; only the layout header is none. */
async function joinedClaim(
  file: HeaderFile,
  lines: readonly SegmentLine[],
  pairings: ReadonlyMap<HeaderFile, Pairing>,
  near: readonly SniffedFile[],
): Promise<Claim> {
  const record = gather(file, lines, pairings);
  if ('error' in record) return refusal(file.source, () => record.error);
  const beside = await annotations(near);
  return { parts: partsOf(record), beside, open: (options) => openSegments(record, beside, options) };
}

/** True for the header that only lists the signals of a multi-segment record beside it. */
function isLayout({ source, header }: HeaderFile, others: readonly HeaderFile[]): boolean {
  return (
    header.signals.every(({ fileName }) => fileName === '~') &&
    others.some((other) => {
      const [first] = other.header.segments ?? [];
      return (
        first?.frames === 0 &&
        placeOf(folderOf(other.source.name), first.name) === placeOf(folderOf(source.name), stemOf(source.name))
      );
    })
  );
}

async function annotations(near: readonly SniffedFile[]): Promise<readonly ByteSource[]> {
  const found: ByteSource[] = [];
  for (const { source, head } of near) {
    if (await safely(isAnnotation(source, head))) found.push(source);
  }
  return found;
}

/** Files in the header's folder that bear its name or its record's. */
function beside({ source, header }: HeaderFile, byPlace: ReadonlyMap<string, SniffedFile[]>): readonly SniffedFile[] {
  const stems = new Set([stemOf(source.name), header.record]);
  return [...stems].flatMap((stem) => byPlace.get(placeOf(folderOf(source.name), stem)) ?? []);
}

/** Signal files that are there although others of their record are missing: the record's error speaks for them. */
function fragments({ source, header }: HeaderFile, byPath: ReadonlyMap<string, SniffedFile[]>): readonly ByteSource[] {
  const names = new Set(header.signals.map(({ fileName }) => placeOf(folderOf(source.name), fileName)));
  return [...names].flatMap((name) => byPath.get(name) ?? []).map((file) => file.source);
}

function placeOf(folder: string, name: string): string {
  return folder ? `${folder}/${name}` : name;
}

/** A file that cannot be read is left for the next reader, which says so. */
async function safely(question: Promise<boolean>): Promise<boolean> {
  return question.catch(() => false);
}

function missingPart(message: string, expected: string, where: string): EcgError {
  return new EcgError('MISSING_PART', message, { expected, where });
}
