import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAnnotations } from '../src/formats/wfdb/annotations';
import { AAMI, FLUTTER_OFF, FLUTTER_ON } from './mit-annotations';
import { writeSection } from './section';

/**
 * How well the page finds the beats of MIT-BIH, into docs/measurements.md: the analyses that the page itself gave, and the folder with `.hea` and `.atr`.
 *
 *     npm run -s read -- FOLDER > ANALYSES.jsonl && npx tsx bench/beats.ts FOLDER ANALYSES.jsonl
 *
 * Whole records, pairs one to one within 150 ms (ANSI/AAMI EC57), ventricular flutter left out on both sides.
 */
const TOLERANCE_S = 0.15;

/** What is read of an analysis. */
interface Analysis {
  readonly source: { readonly name: string };
  readonly beatList: readonly { readonly timeS: number }[];
}

/** How many of two ascending lists of times pair up, one to one. */
function pairs(reference: readonly number[], detected: readonly number[]): number {
  let [matched, next] = [0, 0];
  for (const time of reference) {
    while ((detected[next] ?? Number.POSITIVE_INFINITY) < time - TOLERANCE_S) next++;
    if ((detected[next] ?? Number.POSITIVE_INFINITY) <= time + TOLERANCE_S) {
      matched++;
      next++;
    }
  }
  return matched;
}

async function score(folder: string, name: string, { beatList }: Analysis) {
  const header = await readFile(join(folder, `${name}.hea`), 'utf8');
  const rate = Number(header.split('\n')[0]?.split(' ')[2]);
  const { annotations } = readAnnotations(await readFile(join(folder, `${name}.atr`)));
  const edges = annotations.filter(({ code }) => code === FLUTTER_ON || code === FLUTTER_OFF);
  const inFlutter = (timeS: number) => edges.filter(({ sample }) => sample / rate <= timeS).at(-1)?.code === FLUTTER_ON;
  const reference = annotations.filter(({ code }) => AAMI.has(code)).map(({ sample }) => sample / rate);
  const detected = beatList.map(({ timeS }) => timeS).filter((timeS) => !inFlutter(timeS));
  return { name, beats: reference.length, detected: detected.length, matched: pairs(reference, detected) };
}

const [folder, file] = process.argv.slice(2);
if (!folder || !file) throw new Error('usage: npx tsx bench/beats.ts FOLDER ANALYSES.jsonl');
const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
const analyses = lines.map((line) => JSON.parse(line) as Analysis);
const names = (await readdir(folder)).filter((path) => path.endsWith('.atr')).map((path) => path.slice(0, -4));
const scores: Awaited<ReturnType<typeof score>>[] = [];
for (const name of names.sort()) {
  const analysis = analyses.find(({ source }) => source.name === `${name}.hea`);
  if (!analysis) throw new Error(`${file} has no analysis of ${name}.`);
  scores.push(await score(folder, name, analysis));
}
const sum = (key: 'beats' | 'detected' | 'matched') => scores.reduce((total, row) => total + row[key], 0);
scores.push({ name: `all ${names.length}`, beats: sum('beats'), detected: sum('detected'), matched: sum('matched') });
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
await writeSection('mit-bih', [
  '| record | beats | missed | extra | sensitivity | positive predictivity |',
  '|---|---|---|---|---|---|',
  ...scores.map(
    ({ name, beats, detected, matched }) =>
      `| ${name} | ${beats} | ${beats - matched} | ${detected - matched} | ${percent(matched / beats)} | ${percent(matched / detected)} |`,
  ),
]);
