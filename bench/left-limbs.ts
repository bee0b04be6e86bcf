import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Lead, MedianBeat } from '../src/ecg';
import { type LeftLimbSigns, leftLimbSigns } from '../src/findings/left-limbs';
import { bytesOf, openFiles } from '../src/formats';
import { createDelineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { partOf, stretch } from '../src/signal';
import { measure } from '../src/waves';
import { writeSection } from './section';

/**
 * What the P wave says of left arm and left leg exchanged (the signs of Abdollah and Milliken 1997: P taller in I than in II; a biphasic P in III
 * whose end is upright), on 12-lead records as they are and with the two exchanged by arithmetic (I and II change places, III turns over):
 * `npx tsx bench/run.ts bench/left-limbs.ts FOLDER`. Measured on median beats, in the P of lead II, or of I where II has none.
 */
const SIGNS = ['P taller in I than in II', 'biphasic P in III, end upright', 'both'] as const;

async function main(folder: string): Promise<void> {
  const { card, weights } = await shippedDelineator();
  await startWasmInNode();
  const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });
  const counts = SIGNS.map(() => ({ recorded: 0, exchanged: 0 }));
  let [all, withP] = [0, 0];
  const headers = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.hea')).sort();
  for (const header of headers) {
    const path = join(folder, header.slice(0, -4));
    const file = async (end: string) =>
      bytesOf(`${basename(path)}.${end}`, new Uint8Array(await readFile(`${path}.${end}`)));
    const [outcome] = await openFiles([await file('hea'), await file('dat')]);
    if (!outcome || !('recording' in outcome)) throw new Error(`${path} cannot be read.`);
    const ecg = await stretch(outcome.recording, 0, 60);
    const read = async (startS: number, lengthS: number) => partOf(ecg, startS, lengthS) ?? ecg;
    const maps = await delineator.delineate({ durationS: ecg.durationS, read });
    const { medianBeats } = measure(ecg, { maps, rules: card.waveRules });
    all++;
    const recorded = leftLimbSigns(medianBeats);
    const other = leftLimbSigns(exchanged(medianBeats));
    if (!recorded || !other) continue;
    withP++;
    for (const [n, count] of counts.entries()) {
      if (shown(recorded)[n]) count.recorded++;
      if (shown(other)[n]) count.exchanged++;
    }
  }
  delineator.dispose();
  const percent = (count: number) => `${((100 * count) / withP).toFixed(1)} %`;
  await writeSection('left-limbs', [
    `n = ${withP} of ${all} records, those with a P wave in I or II.`,
    '',
    '| sign | as recorded | left arm and left leg exchanged |',
    '|---|---|---|',
    ...SIGNS.map(
      (sign, n) => `| ${sign} | ${percent(counts[n]?.recorded ?? 0)} | ${percent(counts[n]?.exchanged ?? 0)} |`,
    ),
  ]);
}

const shown = ({ taller, upright }: LeftLimbSigns) => [taller, upright, taller && upright];

/** The beats with left arm and left leg exchanged. */
function exchanged(beats: readonly MedianBeat[]): readonly MedianBeat[] {
  const names: Partial<Record<Lead, Lead>> = { I: 'II', II: 'I' };
  return beats.map((beat) => ({ ...beat, lead: names[beat.lead] ?? beat.lead }));
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: npx tsx bench/run.ts bench/left-limbs.ts FOLDER');
await main(folder);
