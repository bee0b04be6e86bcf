import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAnnotations } from '../src/formats/wfdb/annotations';

/** Codes of the start and end of ventricular flutter (WFDB, annot(5)). */
const [FLUTTER_ON, FLUTTER_OFF] = [32, 33];

/**
 * The AAMI class of each beat code (ANSI/AAMI EC57, as de Chazal et al. 2004 list it): normal and bundle branch blocks, supraventricular,
 * ventricular, fusion, paced and unclassifiable.
 */
const AAMI: ReadonlyMap<number, 'N' | 'S' | 'V' | 'F' | 'Q'> = new Map([
  ...[1, 2, 3, 11, 34].map((code) => [code, 'N'] as const),
  ...[4, 7, 8, 9].map((code) => [code, 'S'] as const),
  ...[5, 10, 41].map((code) => [code, 'V'] as const),
  [6, 'F'],
  ...[12, 13, 38, 25, 30, 35].map((code) => [code, 'Q'] as const),
]);

/** What is read of an analysis of the page. */
export interface Analysis {
  readonly source: { readonly name: string };
  readonly beatList: readonly { readonly timeS: number; readonly class: string }[];
}

/** The page's analyses, one a line, by the record's name, in its order. */
export function analysesOf(lines: string): readonly (readonly [name: string, analysis: Analysis])[] {
  const analyses = lines
    .split('\n')
    .filter(Boolean)
    .map((line): Analysis => JSON.parse(line));
  const named = analyses.map((analysis) => [analysis.source.name.replace(/\.hea$/, ''), analysis] as const);
  return named.sort(([a], [b]) => a.localeCompare(b));
}

/** The reference beats of a record with their AAMI classes, and whether a moment lies in ventricular flutter. */
export async function referenceOf(folder: string, name: string) {
  const header = await readFile(join(folder, `${name}.hea`), 'utf8');
  const rate = Number(header.split('\n')[0]?.split(' ')[2]);
  const { annotations } = readAnnotations(await readFile(join(folder, `${name}.atr`)));
  const edges = annotations.filter(({ code }) => code === FLUTTER_ON || code === FLUTTER_OFF);
  return {
    beats: annotations.flatMap(({ code, sample }) => {
      const aami = AAMI.get(code);
      return aami ? [{ timeS: sample / rate, aami }] : [];
    }),
    inFlutter: (timeS: number) => edges.filter(({ sample }) => sample / rate <= timeS).at(-1)?.code === FLUTTER_ON,
  };
}
