import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bytesOf, openFiles } from '../src/formats';
import { readAnnotations } from '../src/formats/wfdb/annotations';
import { createDelineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { stretch } from '../src/signal';
import { measure } from '../src/waves';
import { AAMI } from './mit-annotations';

/**
 * How well the rules tell V and S on MIT-BIH: `npx tsx bench/run.ts bench/beat-classes.ts FOLDER`, the folder with `.hea`, `.dat` and `.atr`.
 * Whole records but the four paced ones, pairs within 150 ms, a missed beat of a class counts against its sensitivity; as ANSI/AAMI EC57
 * has it, neither fusion nor unclassifiable beats called V or S count against +P.
 */
const TOLERANCE_S = 0.15;
const PACED = ['102', '104', '107', '217'];
const CLASSES = ['V', 'S'] as const;

const folder = process.argv[2];
if (!folder) throw new Error('usage: npx tsx bench/run.ts bench/beat-classes.ts FOLDER');
const { card, weights } = await shippedDelineator();
await startWasmInNode();
const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });

/** Every reference beat with what it was called (`-` where missed), and every extra beat as a reference of `-`. */
async function calls(path: string): Promise<readonly (readonly [string, string])[]> {
  const part = async (end: string) =>
    bytesOf(`${basename(path)}.${end}`, new Uint8Array(await readFile(`${path}.${end}`)));
  const [outcome] = await openFiles([await part('hea'), await part('dat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${path} cannot be read.`);
  const { recording } = outcome;
  const { durationS } = recording;
  const maps = await delineator.delineate({ durationS, read: (fromS, lengthS) => stretch(recording, fromS, lengthS) });
  const found = measure(await stretch(recording, 0, durationS), { maps, rules: card.waveRules }).beatList;
  const rate = recording.channels[0]?.samplingRateHz ?? Number.NaN;
  const { annotations } = readAnnotations(await readFile(`${path}.atr`));
  const reference = annotations.filter(({ code }) => AAMI.has(code));
  const pairs: (readonly [string, string])[] = [];
  let next = 0;
  const time = () => found[next]?.timeS ?? Number.POSITIVE_INFINITY;
  for (const { code, sample } of reference) {
    const timeS = sample / rate;
    for (; time() < timeS - TOLERANCE_S; next++) pairs.push(['-', found[next]?.class ?? '-']);
    const isPaired = time() <= timeS + TOLERANCE_S;
    pairs.push([AAMI.get(code) ?? '-', isPaired ? (found[next]?.class ?? '-') : '-']);
    if (isPaired) next++;
  }
  for (; next < found.length; next++) pairs.push(['-', found[next]?.class ?? '-']);
  return pairs;
}

function report(name: string, pairs: readonly (readonly [string, string])[]): void {
  const figures = CLASSES.map((own) => {
    const all = pairs.filter(([truth]) => truth === own).length;
    const right = pairs.filter(([truth, called]) => truth === own && called === own).length;
    const called = pairs.filter(([truth, c]) => c === own && truth !== 'F' && truth !== 'Q').length;
    const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`);
    return `${own} ${all} beats\tSe ${percent(right / all)}\t+P ${percent(right / called)}`;
  });
  console.log([name, ...figures].join('\t'));
}

const names = (await readdir(folder)).filter((file) => file.endsWith('.atr')).map((file) => file.slice(0, -4));
const every: (readonly [string, string])[] = [];
for (const name of names.filter((record) => !PACED.includes(record)).sort()) {
  const pairs = await calls(join(folder, name));
  report(name, pairs);
  every.push(...pairs);
}
report('all', every);
