import { readFile } from 'node:fs/promises';
import { type Analysis, analysesOf, referenceOf } from './mit-annotations';
import { writeSection } from './section';

/**
 * How well the page tells V and S on MIT-BIH, from the analyses that it gave itself (as `bench/beats.ts` has them), into docs/measurements.md:
 * `npx tsx bench/beat-classes.ts FOLDER ANALYSES.jsonl`.
 *
 * Whole records but the four paced ones, pairs within 150 ms, a missed beat of a class counts against its sensitivity; as ANSI/AAMI EC57
 * has it, neither fusion nor unclassifiable beats called V or S count against +P.
 */
const TOLERANCE_S = 0.15;
const PACED = ['102', '104', '107', '217'];
const CLASSES = ['V', 'S'] as const;

/** What a reference beat is, and what it was called: `-` for none. */
type Call = readonly [truth: string, called: string];

async function calls(folder: string, name: string, { beatList: found }: Analysis): Promise<readonly Call[]> {
  const { beats } = await referenceOf(folder, name);
  const all: Call[] = [];
  let next = 0;
  const time = () => found[next]?.timeS ?? Number.POSITIVE_INFINITY;
  for (const { timeS, aami } of beats) {
    for (; time() < timeS - TOLERANCE_S; next++) all.push(['-', found[next]?.class ?? '-']);
    const isPaired = time() <= timeS + TOLERANCE_S;
    all.push([aami, isPaired ? (found[next]?.class ?? '-') : '-']);
    if (isPaired) next++;
  }
  for (; next < found.length; next++) all.push(['-', found[next]?.class ?? '-']);
  return all;
}

function row(name: string, all: readonly Call[]): string {
  const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`);
  const cells = CLASSES.flatMap((own) => {
    const beats = all.filter(([truth]) => truth === own).length;
    const right = all.filter(([truth, called]) => truth === own && called === own).length;
    const called = all.filter(([truth, c]) => c === own && truth !== 'F' && truth !== 'Q').length;
    return [beats, percent(right / beats), percent(right / called)];
  });
  return `| ${[name, ...cells].join(' | ')} |`;
}

const [folder, file] = process.argv.slice(2);
if (!folder || !file) throw new Error('usage: npx tsx bench/beat-classes.ts FOLDER ANALYSES.jsonl');
const rows: string[] = [];
const every: Call[] = [];
const analyses = analysesOf(await readFile(file, 'utf8'));
for (const [name, analysis] of analyses) {
  if (PACED.includes(name)) continue;
  const all = await calls(folder, name, analysis);
  rows.push(row(name, all));
  every.push(...all);
}
await writeSection('beat-classes', [
  '| record | V beats | V sensitivity | V +P | S beats | S sensitivity | S +P |',
  '|---|---|---|---|---|---|---|',
  ...rows,
  row(`all ${rows.length}`, every),
]);
