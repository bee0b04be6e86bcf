import { appendFile, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bytesOf, openFiles } from '../src/formats';
import { createDelineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { asLeadOne, assessQuality, stretch } from '../src/signal';
import { measure, NO_WAVES, rhythmFeatures } from '../src/waves';

/**
 * The rhythm features of every single-lead WFDB record in a folder, one JSON line a record, for the training of the rhythm head:
 * `npx tsx bench/run.ts bench/rhythm-features.ts FOLDER OUT.jsonl`. Started again, it goes on with the records that OUT does not have.
 * A line is {name, features}.
 */
const LONGEST_S = 60;

const [folder, out] = process.argv.slice(2);
if (!folder || !out) throw new Error('usage: npx tsx bench/run.ts bench/rhythm-features.ts FOLDER OUT.jsonl');

const { card, weights } = await shippedDelineator();
await startWasmInNode();
const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });
const before = (await readFile(out, 'utf8').catch(() => '')).split('\n').filter(Boolean);
const done = new Set(before.map((line) => (JSON.parse(line) as { readonly name: string }).name));

for (const header of (await readdir(folder)).filter((file) => file.endsWith('.hea')).sort()) {
  const name = basename(header, '.hea');
  if (done.has(name)) continue;
  const part = async (end: string) =>
    bytesOf(`${name}.${end}`, new Uint8Array(await readFile(join(folder, `${name}.${end}`))));
  const [outcome] = await openFiles([await part('hea'), await part('mat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${name} cannot be read.`);
  const recording = asLeadOne(outcome.recording);
  const ecg = await stretch(recording, 0, LONGEST_S);
  const read = (startS: number, lengthS: number) => stretch(recording, startS, lengthS);
  const waves = assessQuality(ecg).chaotic
    ? NO_WAVES
    : measure(ecg, { maps: await delineator.delineate({ durationS: ecg.durationS, read }), rules: card.waveRules });
  const features = Object.entries(rhythmFeatures(ecg, waves)).map(([key, v]) => [
    key,
    Number.isFinite(v) ? Number(v.toPrecision(6)) : null,
  ]);
  await appendFile(out, `${JSON.stringify({ name, features: Object.fromEntries(features) })}\n`);
}
