import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bytesOf, openFiles } from '../src/formats';
import { qualityFeatures, stretch } from '../src/signal';

/**
 * The quality features of every WFDB record in a folder, one JSON line a record, for the training of the quality head:
 * `npx tsx bench/quality-features.ts FOLDER OUT.jsonl`. A line is {name, features}.
 */
const SECONDS = 10;

const [folder, out] = process.argv.slice(2);
if (!folder || !out) throw new Error('usage: npx tsx bench/quality-features.ts FOLDER OUT.jsonl');

const lines: string[] = [];
for (const header of (await readdir(folder)).filter((file) => file.endsWith('.hea')).sort()) {
  const name = basename(header, '.hea');
  const part = async (end: string) =>
    bytesOf(`${name}.${end}`, new Uint8Array(await readFile(join(folder, `${name}.${end}`))));
  const [outcome] = await openFiles([await part('hea'), await part('dat')]);
  if (!outcome || 'error' in outcome) throw new Error(`${name} cannot be read.`);
  const features = qualityFeatures(await stretch(outcome.recording, 0, SECONDS));
  if (!features) throw new Error(`${name} does not have what the features need.`);
  lines.push(`${JSON.stringify({ name, features })}\n`);
}
await writeFile(out, lines.join(''));
