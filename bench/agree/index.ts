import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeBatch } from '../../e2e/batch-files';
import { serve } from '../../e2e/server';
import { compare, TOLERANCE } from './compare';
import { BROWSERS } from './driver';
import { inBatch, oneByOne, openPage, type Paths, type Said } from './read';

/**
 * The same recordings on every backend, one by one and in one drop, in Chromium and in Firefox, and what differs: into docs/agreement.md.
 *
 *     npx tsx bench/agree/index.ts [--folder WFDB] [--count 200] [RUN…]      after `npm run build`
 *
 * RUN is `chromium-wasm-alone`, `firefox-cpu-batch` and the like; none means all. A run that is there (.cache/agree) is not done
 * again, and one that was cut off goes on where it was. Without a folder the recordings are simulated.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string' }, count: { type: 'string', default: '200' } },
});

const RUNS = [
  'chromium-wasm-alone',
  'chromium-wasm-batch',
  'chromium-cpu-alone',
  'chromium-cpu-batch',
  'chromium-webgpu-alone',
  'chromium-webgpu-batch',
  'firefox-wasm-alone',
  'firefox-wasm-batch',
  'firefox-cpu-alone',
  'firefox-cpu-batch',
] as const;

const TEXT = `# The same answer everywhere

Written by \`npx tsx bench/agree/index.ts\`: the same RECORDINGS on every backend, one by one and in one drop, in the built page of real browsers (Firefox driven by
WebDriver BiDi; WebGPU on Chromium's software adapter). Each run is compared with the first row, statement by statement. To agree is a probability within
${TOLERANCE}, and no finding that flips but where both probabilities lie within ${TOLERANCE} of its threshold.

| browser | backend | dropped | recordings | statements | largest difference | median of the recordings' largest | flips near the threshold | other flips | otherwise unlike |
|---|---|---|---|---|---|---|---|---|---|
ROWS

## Flips

FLIPS

## Otherwise unlike

Read or assessed by one run and not by the other.

UNLIKE
`;

const [BASE] = RUNS;
const count = Number(values.count);
const results = join('.cache/agree', values.folder ? 'files' : 'simulated');
const scratch = await mkdtemp(join(tmpdir(), 'agree-'));
await mkdir(results, { recursive: true });
const recordings = values.folder ? await filesIn(values.folder) : await simulated();
const server = await serve();
try {
  for (const run of positionals.length > 0 ? positionals : RUNS) await perform(run);
} finally {
  await server.close();
  await rm(scratch, { recursive: true });
}
await writeFile('docs/agreement.md', await report());

async function simulated(): Promise<readonly Paths[]> {
  const { paths } = await writeBatch(join(scratch, 'files'), count, { broken: false });
  return Array.from({ length: count }, (_, n) => paths.slice(2 * n, 2 * n + 2));
}

/** The first recordings below a folder, in the order of their names. */
async function filesIn(folder: string): Promise<readonly Paths[]> {
  const headers = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.hea')).sort();
  return headers.slice(0, count).map((path) => [path, path.replace(/hea$/, 'dat')].map((one) => join(folder, one)));
}

async function perform(run: string): Promise<void> {
  const [browser, backend, mode] = run.split('-');
  const open = Object.entries(BROWSERS).find(([name]) => name === browser)?.[1];
  if (!open || !backend || !RUNS.some((known) => known === run)) throw new Error(`There is no run ${run}.`);
  const done = await saidIn(run);
  const path = join(results, `${run}.jsonl`);
  const left = mode === 'batch' && done.length > 0 ? [] : recordings.slice(done.length);
  if (left.length === 0) return;
  const driver = await open();
  const begun = Date.now();
  try {
    await openPage(driver, server.url, backend);
    const into = mode === 'batch' ? `${path}.part` : path;
    for await (const said of (mode === 'batch' ? inBatch : oneByOne)(driver, left)) {
      await appendFile(into, `${JSON.stringify(said)}\n`);
    }
    if (mode === 'batch') await rename(into, path);
    await writeFile(join(results, `${run}.version`), driver.version);
    console.log(`${run}: ${left.length} in ${((Date.now() - begun) / 1000).toFixed(0)} s, ${driver.version}`);
  } finally {
    await driver.close();
  }
}

async function saidIn(run: string): Promise<readonly Said[]> {
  const text = await readFile(join(results, `${run}.jsonl`), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

async function report(): Promise<string> {
  const base = await saidIn(BASE);
  const rows: string[] = [];
  const flips: string[] = [];
  const unlike: string[] = [];
  for (const run of RUNS) {
    const said = await saidIn(run);
    if (said.length === 0) continue;
    const found = compare(base.slice(0, run.endsWith('alone') ? said.length : base.length), said);
    const version = await readFile(join(results, `${run}.version`), 'utf8').catch(() => '');
    const [, backend, mode] = run.split('-');
    const far = found.flips.filter(({ near }) => !near).length;
    rows.push(
      `| ${version} | ${backend} | ${mode === 'alone' ? 'one by one' : 'one drop'} | ${found.recordings} | ${found.statements} | ${found.largest.toExponential(1)} | ${found.median.toExponential(1)} | ${found.flips.length - far} | ${far} | ${found.unlike.length} |`,
    );
    flips.push(
      ...found.flips.map(
        ({ name, code, before, after, threshold, near }) =>
          `| ${run} | ${name} | ${code} | ${before.toFixed(5)} | ${after.toFixed(5)} | ${threshold} | ${near ? 'near' : 'FAR'} |`,
      ),
    );
    unlike.push(...found.unlike.map((one) => `- ${run}: ${one}`));
  }
  return TEXT.replace('RECORDINGS', values.folder ? 'recordings of PTB-XL' : 'simulated recordings')
    .replace('ROWS', rows.join('\n'))
    .replace(
      'FLIPS',
      flips.length > 0
        ? `| run | recording | statement | ${BASE} | run | threshold | |\n|---|---|---|---|---|---|---|\n${flips.join('\n')}`
        : 'None.',
    )
    .replace('UNLIKE', unlike.length > 0 ? unlike.join('\n') : 'None.');
}
