import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ByteSource, Recording } from '../src/ecg';
import { bytesOf, openFiles } from '../src/formats';
import { createDelineator, type Delineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { assessQuality, stretch } from '../src/signal';
import { measure, NO_WAVES, networkFeatures, type Waves } from '../src/waves';
import { alignedBeats } from './aligned-beats';

/**
 * The R-peak and P-wave features of every WFDB record below a folder, or its aligned beats, one JSON line a record, for the training:
 * `npx tsx bench/run.ts bench/measure.ts FOLDER OUT.jsonl [beats]`. Stopped and started again, it goes on with the records that OUT does
 * not have.
 *
 * A line is {name, delineator, features} or {name, delineator, beats}; `delineator` is the SHA-256 of the card that it was measured with.
 */
const DURATION_S = 60;

async function main(folder: string, out: string, takes: 'features' | 'beats'): Promise<void> {
  const { card, weights } = await shippedDelineator();
  await startWasmInNode();
  const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });
  const version = createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 16);
  await mkdir(dirname(out), { recursive: true });
  const done = new Set(await namesIn(out, version));
  const headers = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.hea')).sort();
  for (const header of headers) {
    const name = basename(header, '.hea');
    if (done.has(name)) continue;
    const recording = await read(join(folder, header));
    const waves = await wavesOf(recording, delineator, card.waveRules);
    const measured =
      takes === 'beats' ? { beats: alignedBeats(waves.medianBeats) } : { features: networkFeatures(waves) };
    await appendFile(out, `${JSON.stringify({ name, delineator: version, ...measured })}\n`);
  }
  delineator.dispose();
}

/** Records that were measured before, with this delineator. */
async function namesIn(out: string, version: string): Promise<string[]> {
  const lines = (await readFile(out, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const known = lines.map((line) => JSON.parse(line) as { readonly name: string; readonly delineator: string });
  if (known.some(({ delineator }) => delineator !== version)) throw new Error(`${out}: made with another delineator`);
  return known.map(({ name }) => name);
}

async function read(header: string): Promise<Recording> {
  const stem = header.slice(0, -'.hea'.length);
  const siblings = (await readdir(dirname(header))).filter((file) => file.replace(/\.[^.]*$/, '') === basename(stem));
  const files: ByteSource[] = await Promise.all(
    siblings.map(async (file) => bytesOf(file, new Uint8Array(await readFile(join(dirname(header), file))))),
  );
  const [outcome] = await openFiles(files);
  if (!outcome || !('recording' in outcome)) throw outcome?.error ?? new Error(`${header}: no recording`);
  return outcome.recording;
}

/** As `analyse.ts` measures, without the classifier. */
async function wavesOf(
  recording: Recording,
  delineator: Delineator,
  rules: NonNullable<Parameters<typeof measure>[1]>['rules'],
): Promise<Waves> {
  const ecg = await stretch(recording, 0, DURATION_S);
  const source = {
    durationS: ecg.durationS,
    read: (startS: number, lengthS: number) => stretch(recording, startS, lengthS),
  };
  if (assessQuality(ecg).chaotic) return NO_WAVES;
  return measure(ecg, { maps: await delineator.delineate(source), rules });
}

const [folder, out, takes = 'features'] = process.argv.slice(2);
if (!folder || !out || (takes !== 'features' && takes !== 'beats'))
  throw new Error('usage: npx tsx bench/run.ts bench/measure.ts FOLDER OUT.jsonl [beats]');
await main(folder, out, takes);
