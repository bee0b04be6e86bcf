import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOf, openFiles } from '../src/formats';
import { readAnnotations } from '../src/formats/wfdb/annotations';
import { stretch } from '../src/signal';
import { measure } from '../src/waves';
import { AAMI, FLUTTER_OFF, FLUTTER_ON } from './mit-annotations';

/**
 * How well the QRS detector finds the beats of MIT-BIH: `npx tsx bench/beats.ts FOLDER`, the folder with `.hea`, `.dat` and `.atr`.
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

async function score(folder: string, name: string) {
  const part = async (end: string) =>
    bytesOf(`${name}.${end}`, new Uint8Array(await readFile(join(folder, `${name}.${end}`))));
  const [outcome] = await openFiles([await part('hea'), await part('dat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${name} cannot be read.`);
  const { recording } = outcome;
  const rate = recording.channels[0]?.samplingRateHz ?? Number.NaN;
  const { annotations } = readAnnotations(await readFile(join(folder, `${name}.atr`)));
  const edges = annotations.filter(({ code }) => code === FLUTTER_ON || code === FLUTTER_OFF);
  const inFlutter = (timeS: number) => edges.filter(({ sample }) => sample / rate <= timeS).at(-1)?.code === FLUTTER_ON;
  const reference = annotations.filter(({ code }) => AAMI.has(code)).map(({ sample }) => sample / rate);
  const detected = measure(await stretch(recording, 0, recording.durationS)).beats.filter((timeS) => !inFlutter(timeS));
  return { name, beats: reference.length, detected: detected.length, matched: pairs(reference, detected) };
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: npx tsx bench/beats.ts FOLDER');
const names = (await readdir(folder)).filter((file) => file.endsWith('.atr')).map((file) => file.slice(0, -4));
const scores: Awaited<ReturnType<typeof score>>[] = [];
for (const name of names.sort()) scores.push(await score(folder, name));
const sum = (key: 'beats' | 'detected' | 'matched') => scores.reduce((total, row) => total + row[key], 0);
scores.push({ name: 'all', beats: sum('beats'), detected: sum('detected'), matched: sum('matched') });
for (const { name, beats, detected, matched } of scores) {
  const percent = (share: number) => (100 * share).toFixed(2);
  console.log(`${name}\t${beats} beats\tSe ${percent(matched / beats)} %\t+P ${percent(matched / detected)} %`);
}
