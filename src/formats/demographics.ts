import Papa from 'papaparse';
import type { ByteSource, Sex } from '../ecg';
import { baseName, extensionOf, folderOf } from './sources';
import { decodeText } from './text';

/** What a table says of the patient of one recording; null and `unknown` where it says nothing. */
export interface Person {
  readonly ageYears: number | null;
  readonly sex: Sex;
}

/** A table `file,age,sex` that was dropped beside the recordings. */
export interface PeopleTable {
  readonly name: string;
  readonly rows: readonly (Person & { readonly file: string })[];
  /** One sentence for each row that cannot be understood. */
  readonly refusals: readonly string[];
}

export interface Joined {
  /** By place in the list of recordings. */
  readonly people: ReadonlyMap<number, Person & { readonly table: string; readonly file: string }>;
  /** Why a recording was given nothing although a table may mean it: one sentence, by place in the list of recordings. */
  readonly doubts: ReadonlyMap<number, string>;
  /** One sentence for each row that was joined to nothing, by table. */
  readonly refusals: ReadonlyMap<string, readonly string[]>;
}

const HEAD_BYTES = 512;
const MAX_BYTES = 2 ** 23;
const MAX_YEARS = 130;
const SEXES = new Map<string, Sex>([
  ['', 'unknown'],
  ['unknown', 'unknown'],
  ['u', 'unknown'],
  ['f', 'female'],
  ['female', 'female'],
  ['m', 'male'],
  ['male', 'male'],
]);

/** Takes the tables of ages and sexes out of a drop; a file that cannot be read stays for the readers, who say so. */
export async function takePeople(
  files: readonly ByteSource[],
): Promise<{ readonly tables: readonly PeopleTable[]; readonly rest: readonly ByteSource[] }> {
  const tables: PeopleTable[] = [];
  const rest: ByteSource[] = [];
  for (const file of files) {
    const table = await peopleIn(file).catch(() => null);
    if (table) tables.push(table);
    else rest.push(file);
  }
  return { tables, rest };
}

async function peopleIn(file: ByteSource): Promise<PeopleTable | null> {
  if (!/^(csv|tsv|txt)$/.test(extensionOf(file.name)) || file.size > MAX_BYTES) return null;
  if (!isPeopleTable(decodeText(await file.read(0, HEAD_BYTES)) ?? '')) return null;
  return parsePeople(file.name, decodeText(await file.read()) ?? '');
}

/** The first line names a file and an age or a sex, and nothing that would be a lead. */
export function isPeopleTable(text: string): boolean {
  const names = (text.split(/\r?\n/, 1)[0] ?? '').split(/[,;\t]/).map(plain);
  return names.includes('file') && (names.includes('age') || names.includes('sex'));
}

/** Rows of `file,age,sex`; columns in any order, further ones are left alone. */
export function parsePeople(name: string, text: string): PeopleTable {
  const { data } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: plain,
  });
  const rows: (Person & { file: string })[] = [];
  const refusals: string[] = [];
  for (const { file: written = '', age = '', sex: word = '' } of data) {
    const file = written.trim().replaceAll('\\', '/').replace(/^\.\//, '');
    const ageYears = age.trim() === '' ? null : Number(age);
    const sex = SEXES.get(word.trim().toLowerCase());
    if (file === '') refusals.push('a row names no file.');
    else if (ageYears !== null && !(ageYears >= 0 && ageYears <= MAX_YEARS))
      refusals.push(`“${age.trim()}” is no age in years for ${file}.`);
    else if (sex === undefined) refusals.push(`“${word.trim()}” is no sex for ${file}: write female or male.`);
    else rows.push({ file, ageYears, sex });
  }
  return { name, rows, refusals };
}

/**
 * Gives each recording the row that names it. A row counts where its file, with as much of a path as it has, is the name of a part of
 * one recording alone, or that name without its ending; whatever could be two recordings or two different rows is joined to none.
 *
 * @param recordings the names of each recording's parts, with their paths as far as they are known
 */
export function joinPeople(tables: readonly PeopleTable[], recordings: readonly (readonly string[])[]): Joined {
  const byBase = new Map<string, number[]>();
  for (const [place, parts] of recordings.entries()) {
    for (const base of new Set(parts.flatMap((part) => [baseName(part), stem(baseName(part))]))) {
      byBase.set(base, [...(byBase.get(base) ?? []), place]);
    }
  }
  const claims = new Map<number, (Person & { table: string; file: string })[]>();
  const doubts = new Map<number, string>();
  const refusals = new Map(tables.map(({ name, refusals: own }) => [name, [...own]]));
  for (const { name: table, rows } of tables) {
    for (const { file, ageYears, sex } of rows) {
      const near = byBase.get(baseName(file)) ?? [];
      const named = near.filter((place) => recordings[place]?.some((part) => isNamed(part, file)));
      const beside = named.filter((place) => recordings[place]?.some((part) => isBeside(part, file, table)));
      const meant = beside.length === 1 ? beside : named;
      const [one] = meant;
      if (one === undefined) {
        refusals.get(table)?.push(`${file} is not among these files.`);
      } else if (meant.length > 1) {
        const names = meant.map((place) => recordings[place]?.[0] ?? '').join(' or ');
        const sentence = `${file} could be ${names}.`;
        refusals.get(table)?.push(sentence);
        for (const place of meant) doubts.set(place, `Age and sex were not taken from ${table}: ${sentence}`);
      } else {
        claims.set(one, [...(claims.get(one) ?? []), { table, file, ageYears, sex }]);
      }
    }
  }
  const people = new Map<number, Person & { table: string; file: string }>();
  for (const [place, [first, ...others]] of claims) {
    if (!first || doubts.has(place)) continue;
    if (others.every(({ ageYears, sex }) => ageYears === first.ageYears && sex === first.sex)) {
      people.set(place, first);
      continue;
    }
    const sentence = `${recordings[place]?.[0] ?? ''} stands in it twice, with different values.`;
    refusals.get(first.table)?.push(sentence);
    doubts.set(place, `Age and sex were not taken from ${first.table}: ${sentence}`);
  }
  return { people, doubts, refusals };
}

const plain = (heading: string) =>
  heading
    .replace(/^\uFEFF/, '')
    .replace(/["']/g, '')
    .trim()
    .toLowerCase();

const stem = (name: string) => name.replace(/\.[^./]*$/, '');

/** The part is the file, or lies somewhere under a folder that the row leaves out. */
function isNamed(part: string, file: string): boolean {
  return [part, stem(part)].some((name) => name === file || name.endsWith(`/${file}`));
}

/** The file as it is written from the table's own folder. */
function isBeside(part: string, file: string, table: string): boolean {
  const folder = folderOf(table);
  return folder !== '' && [part, stem(part)].includes(`${folder}/${file}`);
}
