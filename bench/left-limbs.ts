import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MedianBeat } from '../src/ecg';
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
const BIPHASIC_MV = 0.02;
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
    const ps = pWaves(medianBeats);
    if (!ps) continue;
    withP++;
    const [one, two, three] = ps;
    const recorded = signs(one, two, three);
    const upturned = three.map((v) => -v);
    const exchanged = signs(two, one, upturned);
    for (const [n, count] of counts.entries()) {
      if (recorded[n]) count.recorded++;
      if (exchanged[n]) count.exchanged++;
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

/** The P of I, II and III against the line between its ends, mV; null where there is none. */
function pWaves(beats: readonly MedianBeat[]) {
  const of = (name: string) => beats.find(({ lead }) => lead === name);
  const [one, two, three] = [of('I'), of('II'), of('III')];
  const p = two?.p ?? one?.p;
  if (!one || !two || !three || !p) return null;
  const wave = ({ samples, startS, samplingRateHz }: MedianBeat) => {
    const at = (timeS: number) => Math.round((timeS - startS) * samplingRateHz);
    const part = samples.subarray(at(p.onset), at(p.offset) + 1);
    const [first, last] = [part[0] ?? 0, part.at(-1) ?? 0];
    return part.map((v, n) => v - first - ((last - first) * n) / Math.max(1, part.length - 1));
  };
  return [wave(one), wave(two), wave(three)] as const;
}

function signs(one: Float32Array, two: Float32Array, three: Float32Array): readonly boolean[] {
  const taller = Math.max(...one) > Math.max(...two);
  const [least, most] = [Math.min(...three), Math.max(...three)];
  const isBiphasic = least < -BIPHASIC_MV && most > BIPHASIC_MV;
  const upright = isBiphasic && three.indexOf(least) < three.indexOf(most);
  return [taller, upright, taller && upright];
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: npx tsx bench/run.ts bench/left-limbs.ts FOLDER');
await main(folder);
