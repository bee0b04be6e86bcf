import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { bytesOf, openFiles } from '../src/formats';
import { createDelineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { stretch } from '../src/signal';
import { measure } from '../src/waves';
import { beatNumbers } from '../src/waves/beat-numbers';
import { referenceOf } from './mit-annotations';

/**
 * How well the rules tell V and S on MIT-BIH, after ANSI/AAMI EC57: `npx tsx bench/run.ts bench/beat-numbers.ts FOLDER [OUT.jsonl]`, the
 * folder with `.hea`, `.dat` and `.atr`. Without the four paced records, the first five minutes and ventricular flutter; pairs within
 * 150 ms; a missed beat of a class counts against its sensitivity, and neither fusion nor unclassifiable beats called V or S count
 * against +P. Gross: over all beats; average: over the records that have such beats.
 *
 * OUT: a line a beat, {record, truth, rule, numbers}, for a classifier; `-` where a reference beat was missed, or a beat is none.
 */
const TOLERANCE_S = 0.15;
const LEARNING_S = 300;
const PACED = ['102', '104', '107', '217'];
const CLASSES = ['V', 'S'] as const;

interface Call {
  readonly truth: string;
  readonly rule: string;
  readonly numbers: Readonly<Record<string, number>> | null;
}

const [folder, out] = process.argv.slice(2);
if (!folder) throw new Error('usage: npx tsx bench/run.ts bench/beat-numbers.ts FOLDER [OUT.jsonl]');
const { card, weights } = await shippedDelineator();
await startWasmInNode();
const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });

/** Every reference beat with what it was called, and every extra beat. */
async function calls(path: string): Promise<readonly Call[]> {
  const part = async (end: string) =>
    bytesOf(`${basename(path)}.${end}`, new Uint8Array(await readFile(`${path}.${end}`)));
  const [outcome] = await openFiles([await part('hea'), await part('dat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${path} cannot be read.`);
  const { recording } = outcome;
  const { durationS } = recording;
  const maps = await delineator.delineate({ durationS, read: (fromS, lengthS) => stretch(recording, fromS, lengthS) });
  const ecg = await stretch(recording, 0, durationS);
  const waves = measure(ecg, { maps, rules: card.waveRules });
  const numbers = beatNumbers(ecg, waves.beats, waves.waves);
  const all = waves.beatList.map((beat, n) => ({ ...beat, numbers: numbers[n] ?? null }));
  const { beats, inFlutter } = await referenceOf(dirname(path), basename(path));
  const isJudged = (timeS: number) => timeS >= LEARNING_S && !inFlutter(timeS);
  const found = all.filter(({ timeS }) => isJudged(timeS));
  const calledAs = (n: number) => ({ rule: found[n]?.class ?? '-', numbers: found[n]?.numbers ?? null });
  const judged: Call[] = [];
  let next = 0;
  const time = () => found[next]?.timeS ?? Number.POSITIVE_INFINITY;
  for (const { timeS, aami } of beats.filter((beat) => isJudged(beat.timeS))) {
    for (; time() < timeS - TOLERANCE_S; next++) judged.push({ truth: '-', ...calledAs(next) });
    const isPaired = time() <= timeS + TOLERANCE_S;
    judged.push({ truth: aami, ...(isPaired ? calledAs(next) : { rule: '-', numbers: null }) });
    if (isPaired) next++;
  }
  for (; next < found.length; next++) judged.push({ truth: '-', ...calledAs(next) });
  return judged;
}

/** Sensitivity and positive predictivity; NaN without such beats. */
function figures(all: readonly Call[], own: string) {
  const share = (part: readonly Call[], of: readonly Call[]) => part.length / of.length;
  const wanted = all.filter(({ truth }) => truth === own);
  const called = all.filter(({ truth, rule }) => rule === own && truth !== 'F' && truth !== 'Q');
  const right = wanted.filter(({ rule }) => rule === own);
  return { beats: wanted.length, se: share(right, wanted), pp: share(right, called) };
}

const percent = (value: number) => (Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`);
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

const names = (await readdir(folder)).filter((file) => file.endsWith('.atr')).map((file) => file.slice(0, -4));
const records: { readonly name: string; readonly all: readonly Call[] }[] = [];
if (out) await writeFile(out, '');
for (const name of names.filter((record) => !PACED.includes(record)).sort()) {
  const all = await calls(join(folder, name));
  records.push({ name, all });
  if (out) await appendFile(out, all.map((call) => `${JSON.stringify({ record: name, ...call })}\n`).join(''));
  const each = CLASSES.map((own) => ({ own, ...figures(all, own) }));
  console.log(
    name,
    each.map(({ own, beats, se, pp }) => `${own} ${beats}: Se ${percent(se)} +P ${percent(pp)}`).join('\t'),
  );
}
for (const own of CLASSES) {
  const gross = figures(
    records.flatMap(({ all }) => all),
    own,
  );
  const each = records.map(({ all }) => figures(all, own)).filter(({ beats }) => beats > 0);
  const average = { se: mean(each.map(({ se }) => se)), pp: mean(each.map(({ pp }) => (Number.isNaN(pp) ? 0 : pp))) };
  console.log(
    `${own}, ${gross.beats} beats in ${each.length} records: gross Se ${percent(gross.se)} +P ${percent(gross.pp)}, average Se ${percent(average.se)} +P ${percent(average.pp)}`,
  );
}
