import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { analyse, conclude, type Network } from '../src/analyse';
import type { ByteSource, Ecg, Recording } from '../src/ecg';
import { bytesOf, openFiles } from '../src/formats';
import { writeEdf } from '../src/formats/testing/edf-writer';
import { createDelineator, createSessionBeside, type Session } from '../src/inference';
import { shippedClassifier, shippedDelineator, shippedHead } from '../src/inference/testing/shipped';
import { createNetwork } from '../src/network';
import { startWasmInNode } from '../src/network/testing/wasm-node';
import { arrange, draw, STANDARD_ARRANGEMENT, STANDARD_SCALE } from '../src/paper';
import { assessQuality, partOf, stretch } from '../src/signal';
import { simulate } from '../src/simulator';
import { toWfdb } from '../src/simulator/wfdb';
import { sharedPath } from '../src/testing/shared';
import { measure } from '../src/waves';
import { ecgOf } from '../src/waves/testing/truth';

/**
 * What an ECG costs by its length, its leads and the batch it is in, what memory the networks take, and where the time of each format goes,
 * on our WASM kernels in Node, one thread: `npx tsx bench/run.ts bench/scaling.ts`. Writes docs/scaling.json and docs/scaling.md. Some two minutes.
 *
 * Formats: a simulated ECG by our own writers, and one file of each folder of shared samples where they are.
 */
const LENGTHS = [1000, 2500, 5000, 10_000, 25_000, 50_000, 90_000];
const LEADS = [1, 2, 3, 6, 12];
const BATCHES = [1, 4, 16, 64, 256];
const STEPS = 2500;
const RATE_HZ = 500;
const COLUMNS_PER_MM = 6;
/** Larger samples take long and say the same. */
const MOST_BYTES = 4e6;

interface Row {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const noise = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * 0.37) + Math.sin(i * 1.7));
/** Memory outside the heap is where WASM's lies. */
const mebibytes = () => process.memoryUsage().rss / 2 ** 20;

/** Of the processor, not of the clock, which other work on the machine makes longer. Includes what the engine does beside, as compiling. */
async function timed(times: number, work: () => Promise<unknown>): Promise<{ medianMs: number; leastMs: number }> {
  const spentMs = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
  await work();
  const seen: number[] = [];
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage();
    await work();
    seen.push(spentMs(process.cpuUsage(before)));
  }
  return { medianMs: median(seen), leastMs: Math.min(...seen) };
}

const classifier = await shippedClassifier();
const waves = await shippedDelineator();
await startWasmInNode();
const network = createNetwork(classifier.card, classifier.weights);
const { length: inputs } = classifier.card.input.leads;

/** What runs the classifier over `batch` ECGs of so many samples. */
function encoder(steps: number, batch: number): () => Promise<void> {
  const ecg = noise(batch * steps * inputs);
  const mask = new Float32Array(batch * inputs).fill(1);
  return async () => {
    const encoded = network.encode(ecg, mask, batch);
    await encoded.settled();
    encoded.dispose();
  };
}

async function lengths(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const steps of LENGTHS) {
    const before = mebibytes();
    const { medianMs, leastMs } = await timed(steps > 10_000 ? 3 : 9, encoder(steps, 1));
    const values = { medianMs, leastMs, msPer1000: (medianMs * 1000) / steps, grownMiB: mebibytes() - before };
    rows.push({ name: String(steps), values });
  }
  return rows;
}

async function batches(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const batch of BATCHES) {
    const before = mebibytes();
    const { medianMs, leastMs } = await timed(batch > 16 ? 3 : 9, encoder(STEPS, batch));
    const values = { medianMs: medianMs / batch, leastMs: leastMs / batch, grownMiB: mebibytes() - before };
    rows.push({ name: String(batch), values });
  }
  return rows;
}

const delineator = await createDelineator(waves, { backend: 'wasm', what: 'Node', lost: () => null });
const sourceOf = (ecg: Ecg) => ({
  durationS: ecg.durationS,
  read: async (startS: number, durationS: number) => partOf(ecg, startS, durationS) ?? ecg,
});

/** The delineator looks at each lead by itself; the classifier always at twelve, the missing ones masked. */
async function leads(): Promise<Row[]> {
  const whole = ecgOf(simulate('sinus', { durationS: 10 }));
  const rows: Row[] = [];
  for (const count of LEADS) {
    const ecg = { ...whole, leads: whole.leads.slice(0, count) };
    const { medianMs, leastMs } = await timed(8, () => delineator.delineate(sourceOf(ecg)));
    rows.push({ name: String(count), values: { medianMs, leastMs } });
  }
  return rows;
}

const known: Omit<Network, 'session'> = {
  model: classifier,
  delineator,
  waves,
  rules: waves.card.waveRules,
  quality: await shippedHead('quality'),
  rhythm: { reader: () => Promise.reject(new Error('No recording here has one lead alone.')), dispose: () => {} },
};
const started = { started: { backend: 'wasm', what: 'Node', lost: () => null }, backend: 'wasm', reason: '' } as const;
const session = await createSessionBeside(started as unknown as Session, classifier);
const all: Network = { ...known, session };

/** Each stage by itself, then all of it as the worker does it. */
async function stagesOf(files: readonly ByteSource[]): Promise<Row['values'] | null> {
  const [outcome] = await openFiles(files);
  if (!outcome || 'error' in outcome) return null;
  const { recording } = outcome;
  if (!recording.channels.some(({ lead }) => lead)) return null;
  const times = recording.durationS > 60 ? 1 : 3;
  const stage = async (work: () => Promise<unknown>) => (await timed(times, work)).medianMs;
  const ecg = await stretch(recording, 0, Math.min(1800, recording.durationS));
  const maps = await delineator.delineate(sourceOf(ecg));
  const sheet = arrange(ecg.leads, STANDARD_ARRANGEMENT, ecg, STANDARD_SCALE);
  return {
    seconds: recording.durationS,
    leads: ecg.leads.length,
    parse: await stage(() => parsed(files)),
    filter: await stage(async () => assessQuality(await stretch(recording, 0, Math.min(1800, recording.durationS)))),
    delineate: await stage(() => delineator.delineate(sourceOf(ecg))),
    measure: await stage(async () => measure(ecg, { maps, rules: waves.card.waveRules })),
    network: await stage(async () => freed(await session.encode(sourceOf(ecg)))),
    draw: await stage(async () => draw(sheet, ecg, COLUMNS_PER_MM)),
    all: await stage(() => whole(files)),
  };
}

async function parsed(files: readonly ByteSource[]): Promise<Recording | null> {
  const [outcome] = await openFiles(files);
  if (!outcome || 'error' in outcome) return null;
  const { recording } = outcome;
  for (const [i, { sampleCount }] of recording.channels.entries()) await recording.samples(i, 0, sampleCount);
  return recording;
}

async function whole(files: readonly ByteSource[]): Promise<void> {
  const recording = await parsed(files);
  if (!recording) return;
  const analysis = await analyse(recording, all, {});
  await conclude(analysis, recording.patient, all);
  analysis.encoded?.dispose();
}

function freed(encoded: Awaited<ReturnType<Session['encode']>>): void {
  if (encoded.kind === 'encoded') encoded.dispose();
}

/** Ours by our writers, then the first file of each folder of shared samples that can be read as it is. */
async function formats(): Promise<Row[]> {
  const simulated = simulate('sinus', { durationS: 10, samplingRateHz: RATE_HZ });
  const { hea, dat } = toWfdb('own', simulated, { ageYears: 60, sex: 'female', simulated: 'sinus' });
  const rows: Row[] = [];
  const add = async (name: string, files: readonly ByteSource[]) => {
    const values = await stagesOf(files).catch(() => null);
    if (values) rows.push({ name, values });
    return values !== null;
  };
  await add('wfdb, ours', [bytesOf('own.hea', new TextEncoder().encode(hea)), bytesOf('own.dat', dat)]);
  const signals = Object.entries(simulated.leads).map(([label, mv]) => ({
    label,
    unit: 'uV',
    physical: [-5000, 5000] as const,
    values: Array.from(mv, (value) => Math.round(value * 6.5536 * 1000)),
  }));
  await add('edf, ours', [writeEdf('own.edf', signals, { records: 10 })]);
  const root = sharedPath('samples');
  for (const folder of root ? readdirSync(root).sort() : []) {
    for (const files of samplesIn(join(root ?? '', folder))) if (await add(folder, files)) break;
  }
  return rows;
}

function samplesIn(folder: string): readonly (readonly ByteSource[])[] {
  if (!statSync(folder).isDirectory() || /expected|image|pdf/.test(folder)) return [];
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  const small = names.filter((name) => statSync(join(folder, name)).size < MOST_BYTES);
  const read = (name: string) => bytesOf(name, new Uint8Array(readFileSync(join(folder, name))));
  const stem = (name: string) => name.replace(/\.[^.]+$/, '');
  return [...new Set(small.map(stem))].map((one) => small.filter((name) => stem(name) === one).map(read));
}

function table(title: string, first: string, rows: readonly Row[], digits = 1): string {
  const columns = Object.keys(rows[0]?.values ?? {});
  const cells = ({ name, values }: Row) => [
    name,
    ...columns.map((column) => (values[column] ?? Number.NaN).toFixed(digits)),
  ];
  const lines = [[first, ...columns], columns.map(() => '---').concat('---'), ...rows.map(cells)];
  return `## ${title}\n\n${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`;
}

const before = loadavg()[0]?.toFixed(1);
const found = { lengths: await lengths(), batches: await batches(), leads: await leads(), formats: await formats() };
const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, load ${before} before and ${loadavg()[0]?.toFixed(1)} after`;
const out = new URL('../docs/', import.meta.url);
await writeFile(new URL('scaling.json', out), `${JSON.stringify({ machine, ...found }, null, 1)}\n`);
await writeFile(
  new URL('scaling.md', out),
  `# What an ECG costs by its length, leads, batch and format

Written by \`npx tsx bench/run.ts bench/scaling.ts\` on our WASM kernels in Node, one thread: ${machine}. Milliseconds are processor time of the whole process,
medians of a few runs (the length's and the batch's least beside them). "grownMiB" is what the process grew by.

${table('Length: the classifier over so many samples of twelve leads', 'samples', found.lengths)}
${table(`Batch: one of so many ECGs of ${STEPS} samples`, 'batch', found.batches)}
${table('Leads: the delineator over ten seconds (the classifier always looks at twelve, missing ones masked)', 'leads', found.leads)}
${table('Formats: the stages of one file, ms, and all of it as the worker does it', 'file', found.formats)}`,
);
console.log(JSON.stringify(found.lengths.at(-1)), JSON.stringify(found.batches.at(-1)));
