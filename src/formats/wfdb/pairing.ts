import { type ByteSource, EcgError } from '../../ecg';
import { list } from '../channels';
import { baseName, folderOf } from '../sources';
import type { Header } from './header';

/** A header file of the drop with what it says. */
export interface HeaderFile {
  readonly source: ByteSource;
  readonly header: Header;
}

/** The signal files of a record in the header's order, or why they are not there. */
export type Pairing = { readonly files: readonly ByteSource[] } | { readonly error: EcgError };

/**
 * Gives every header its signal files, by the names in it: first from its own folder, then, for what is left,
 * from anywhere in the drop if one file alone has the name and no header beside it wants it. So one patient's header never takes another's signal.
 */
export function pair(headers: readonly HeaderFile[], files: readonly ByteSource[]): ReadonlyMap<HeaderFile, Pairing> {
  const headerFiles = new Set(headers.map(({ source }) => source));
  const others = files.filter((file) => !headerFiles.has(file));
  const byPath = groupBy(others, ({ name }) => name.toLowerCase());
  const byBase = groupBy(others, ({ name }) => baseName(name).toLowerCase());
  const beside = new Map(headers.map((file) => [file, signalNames(file).map((name) => besides(file, name, byPath))]));
  const taken = new Set([...beside.values()].flat(2));
  const namesakes = groupBy(headers, ({ source }) => source.name);
  return new Map(
    headers.map((file) => {
      if ((namesakes.get(file.source.name)?.length ?? 0) > 1) return [file, { error: several(file, file.source.name) }];
      const found = signalNames(file).map((name, index): [string, readonly ByteSource[]] => {
        const near = beside.get(file)?.[index] ?? [];
        if (near.length > 0) return [name, near];
        return [name, (byBase.get(name.toLowerCase()) ?? []).filter((candidate) => !taken.has(candidate))];
      });
      return [file, pairing(file, found)];
    }),
  );
}

/** The names of a record's signal files, each once, without the null signals' `~`. */
export function signalNames({ header }: HeaderFile): readonly string[] {
  return [...new Set(header.signals.map(({ fileName }) => fileName))].filter((name) => name !== '~');
}

/** Candidates in the header's folder: those spelled exactly so if there are any, else those that differ in case. */
function besides({ source }: HeaderFile, name: string, byPath: Map<string, ByteSource[]>): readonly ByteSource[] {
  const folder = folderOf(source.name);
  const path = folder ? `${folder}/${name}` : name;
  const candidates = byPath.get(path.toLowerCase()) ?? [];
  const exact = candidates.filter((candidate) => candidate.name === path);
  return exact.length > 0 ? exact : candidates;
}

function pairing(file: HeaderFile, found: readonly (readonly [string, readonly ByteSource[]])[]): Pairing {
  const where = file.source.name;
  const missing = found.filter(([, candidates]) => candidates.length === 0).map(([name]) => name);
  if (missing.length > 0) {
    const message = `${where} needs ${list(missing)}: drop the header and its signal files together.`;
    return {
      error: new EcgError('MISSING_PART', message, { expected: missing.join(', '), found: 'no such file', where }),
    };
  }
  const [doubtful] = found.find(([, candidates]) => candidates.length > 1) ?? [];
  if (doubtful !== undefined) return { error: several(file, doubtful) };
  return { files: found.flatMap(([, candidates]) => candidates) };
}

function several({ source }: HeaderFile, name: string): EcgError {
  const message = `Several dropped files are called ${name}, so it is not certain which ones belong together: drop that record alone.`;
  return new EcgError('MISSING_PART', message, { expected: `one ${name}`, found: 'several', where: source.name });
}

/** Things by a key of theirs, each group in the order in which they came. */
export function groupBy<T>(things: readonly T[], key: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(key(thing));
    if (group) group.push(thing);
    else groups.set(key(thing), [thing]);
  }
  return groups;
}
