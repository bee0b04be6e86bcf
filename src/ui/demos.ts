import { EcgError, type Sex } from '../ecg';
import type { Words } from '../words';

/** One ECG of the gallery: files of ours, fetched and opened like any drop. */
export interface Demo {
  readonly id: string;
  readonly title: string;
  /** One line: what to look at. */
  readonly description: string;
  readonly ageYears: number | null;
  readonly sex: Sex;
  /** Paths beside the index. */
  readonly files: readonly string[];
}

/** What a demo is called; one that the dictionary does not know keeps the words of its own file. */
export function demoText(
  { demos }: Words,
  { id, title, description }: Demo,
): readonly [title: string, description: string] {
  const known: Readonly<Partial<Record<string, readonly [string, string]>>> = demos;
  return known[id] ?? [title, description];
}

const FOLDER = 'demos/';

/** The gallery, or none where it was not built. */
export async function listDemos(): Promise<readonly Demo[]> {
  const response = await fetch(`${FOLDER}index.json`);
  const isIndex = response.ok && response.headers.get('content-type')?.includes('json');
  return isIndex ? response.json() : [];
}

export async function demoFiles(demo: Demo): Promise<readonly File[]> {
  return Promise.all(
    demo.files.map(async (path) => {
      const response = await fetch(FOLDER + path);
      if (!response.ok) {
        throw new EcgError('MISSING_PART', 'This demo ECG could not be loaded.', {
          found: `HTTP ${response.status}`,
          where: path,
        });
      }
      return new File([await response.blob()], path.split('/').at(-1) ?? path);
    }),
  );
}
