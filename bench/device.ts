import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Measurements } from '../src/ecg';
import { bytesOf, openFiles } from '../src/formats';
import { createDelineator } from '../src/inference';
import { shippedDelineator } from '../src/inference/testing/shipped';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { stretch } from '../src/signal';
import { measure } from '../src/waves';
import { writeSection } from './section';

/**
 * What we measure beside what the device measured itself, for every file below a folder that says so, into docs/measurements.md:
 * `npx tsx bench/run.ts bench/device.ts ../shared/samples`. Bold where the two are farther apart than 2 bpm or 20 ms. One ECG in several
 * formats is one row and counts once.
 */
const COLUMNS = [
  ['heartRateBpm', 2],
  ['prMs', 20],
  ['qrsMs', 20],
  ['qtMs', 20],
] as const;

/** One ECG: a cell and whether it is near enough (null where one of the two is missing) for each column. */
interface Row {
  readonly files: string[];
  readonly cells: readonly { readonly text: string; readonly isNear: boolean | null }[];
  readonly disputed: string;
}

async function main(folder: string): Promise<void> {
  const { card, weights } = await shippedDelineator();
  await startWasmInNode();
  const delineator = await createDelineator({ card, weights }, { backend: 'wasm', what: 'Node', lost: () => null });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const rows = new Map<string, Row>();
  for (const path of paths.sort()) {
    const name = relative(folder, path);
    const [outcome] = await openFiles([bytesOf(name, new Uint8Array(await readFile(path)))]);
    if (!outcome || !('recording' in outcome) || !outcome.recording.deviceMeasurements) continue;
    const { recording } = outcome;
    const ecg = await stretch(recording, 0, 60);
    const read = (from: number, length: number) => stretch(recording, from, length);
    const maps = await delineator.delineate({ durationS: ecg.durationS, read });
    const { measurements } = measure(ecg, { maps, rules: card.waveRules });
    const cells = cellsOf(measurements, outcome.recording.deviceMeasurements);
    const key = cells.map(({ text }) => text).join();
    const row = rows.get(key) ?? { files: [], cells, disputed: disputedOf(measurements) };
    row.files.push(name);
    rows.set(key, row);
  }
  delineator.dispose();
  const all = [...rows.values()];
  const near = COLUMNS.map((_, n) => {
    const judged = all.flatMap(({ cells }) => cells[n]?.isNear ?? []);
    return `${judged.filter(Boolean).length} of ${judged.length}`;
  });
  await writeSection('device', [
    '| file | rate, bpm | PR, ms | QRS, ms | QT, ms | disputed by the second opinion |',
    '|---|---|---|---|---|---|',
    ...all.map(({ files, cells, disputed }) => line([files.join(', '), ...cells.map(({ text }) => text), disputed])),
    line(['within 2 bpm or 20 ms', ...near, '']),
  ]);
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function cellsOf(own: Measurements, device: Partial<Record<(typeof COLUMNS)[number][0], number | null>>): Row['cells'] {
  return COLUMNS.map(([name, limit]) => {
    const [a, b] = [own[name], device[name] ?? null];
    const text = `${a?.toFixed(0) ?? '–'} (${b?.toFixed(0) ?? '–'})`;
    if (a === null || b === null) return { text, isNear: null };
    const isNear = Math.abs(Math.round(a) - b) <= limit;
    return { text: isNear ? text : `**${text}**`, isNear };
  });
}

function disputedOf({ secondOpinion }: Measurements): string {
  const names = secondOpinion?.disputed ?? [];
  return names.map((name) => `${name.replace('Ms', '').toUpperCase()} ${secondOpinion?.[name]?.toFixed(0)}`).join(', ');
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: npx tsx bench/run.ts bench/device.ts FOLDER');
await main(folder);
