import { readFile } from 'node:fs/promises';
import { type Analysis, analysesOf, referenceOf } from './mit-annotations';
import { writeSection } from './section';

/**
 * How well the page finds the beats of MIT-BIH, into docs/measurements.md: the analyses that the page itself gave, and the folder with `.hea` and `.atr`.
 *
 *     npm run -s read -- FOLDER > ANALYSES.jsonl && npx tsx bench/beats.ts FOLDER ANALYSES.jsonl
 *
 * Whole records, pairs one to one within 150 ms (ANSI/AAMI EC57), ventricular flutter left out on both sides.
 */
const TOLERANCE_S = 0.15;

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
  const { beats, inFlutter } = await referenceOf(folder, name);
  const reference = beats.map(({ timeS }) => timeS);
  const detected = beatList.map(({ timeS }) => timeS).filter((timeS) => !inFlutter(timeS));
  return { name, beats: reference.length, detected: detected.length, matched: pairs(reference, detected) };
}

const [folder, file] = process.argv.slice(2);
if (!folder || !file) throw new Error('usage: npx tsx bench/beats.ts FOLDER ANALYSES.jsonl');
const scores: Awaited<ReturnType<typeof score>>[] = [];
for (const [name, analysis] of analysesOf(await readFile(file, 'utf8')))
  scores.push(await score(folder, name, analysis));
const sum = (key: 'beats' | 'detected' | 'matched') => scores.reduce((total, row) => total + row[key], 0);
scores.push({ name: `all ${scores.length}`, beats: sum('beats'), detected: sum('detected'), matched: sum('matched') });
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
await writeSection('mit-bih', [
  '| record | beats | missed | extra | sensitivity | positive predictivity |',
  '|---|---|---|---|---|---|',
  ...scores.map(
    ({ name, beats, detected, matched }) =>
      `| ${name} | ${beats} | ${beats - matched} | ${detected - matched} | ${percent(matched / beats)} | ${percent(matched / detected)} |`,
  ),
]);
