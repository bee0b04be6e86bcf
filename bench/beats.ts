import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOf, openFiles } from '../src/formats';
import { stretch } from '../src/signal';
import { measure } from '../src/waves';

/**
 * How well the QRS detector finds the beats of MIT-BIH: `npx tsx bench/beats.ts FOLDER`, the folder with `.hea`, `.dat` and `.atr`.
 * Whole records, pairs one to one within 150 ms (ANSI/AAMI EC57), ventricular flutter left out on both sides.
 */
const TOLERANCE_S = 0.15;

/** Annotation codes of beats, and of the start and end of ventricular flutter (WFDB, annot(5)). */
const BEATS = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 25, 30, 34, 35, 38, 41]);
const [FLUTTER_ON, FLUTTER_OFF] = [32, 33];
const [SKIP, NUMBER, CHANNEL, TEXT] = [59, 60, 62, 63];

interface Annotation {
  readonly code: number;
  readonly sample: number;
}

/** The annotations of an `.atr` file in MIT format (annot(5)). */
function readAnnotations(file: Buffer): Annotation[] {
  const found: Annotation[] = [];
  let sample = 0;
  for (let at = 0; at + 1 < file.length; ) {
    const word = file.readUInt16LE(at);
    at += 2;
    const [code, value] = [word >> 10, word & 0x3ff];
    if (word === 0) break;
    if (code === SKIP) {
      sample += (file.readInt16LE(at) << 16) + file.readUInt16LE(at + 2);
      at += 4;
    } else if (code === TEXT) {
      at += value + (value % 2);
    } else if (code < NUMBER || code > CHANNEL) {
      sample += value;
      found.push({ code, sample });
    }
  }
  return found;
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

async function score(folder: string, name: string) {
  const part = async (end: string) =>
    bytesOf(`${name}.${end}`, new Uint8Array(await readFile(join(folder, `${name}.${end}`))));
  const [outcome] = await openFiles([await part('hea'), await part('dat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${name} cannot be read.`);
  const { recording } = outcome;
  const rate = recording.channels[0]?.samplingRateHz ?? Number.NaN;
  const annotations = readAnnotations(await readFile(join(folder, `${name}.atr`)));
  const edges = annotations.filter(({ code }) => code === FLUTTER_ON || code === FLUTTER_OFF);
  const inFlutter = (timeS: number) => edges.filter(({ sample }) => sample / rate <= timeS).at(-1)?.code === FLUTTER_ON;
  const reference = annotations.filter(({ code }) => BEATS.has(code)).map(({ sample }) => sample / rate);
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
