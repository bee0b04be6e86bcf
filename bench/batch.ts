import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { writeBatch } from '../e2e/batch-files';
import { chromiumOptions } from '../e2e/chromium';
import { serve } from '../e2e/server';
import { median } from './median';
import { stageTimes } from './stages';

/**
 * How many recordings a second the page reads in one drop, and where the time goes: simulated 10 s 12-lead ECGs at 500 Hz, all
 * stages on, in Chromium on WASM. The first ones are dropped one by one, then all at once for the rate (the page reads with two workers), then again
 * under V8's sampling profiler for the stages.
 *
 *     npx tsx bench/batch.ts [recordings] [TRACE.json]
 *
 * The issue's batch: `npx tsx bench/batch.ts 256`.
 */
const RECORDINGS = Number(process.argv[2] ?? 60);
const trace = process.argv[3];
/** So many are dropped one by one: each a header and its signal. */
const ALONE = 16;

const folder = await mkdtemp(join(tmpdir(), 'bench-batch-'));
const dist = join(folder, 'dist');
await build({ configLoader: 'runner', logLevel: 'error', build: { outDir: dist, sourcemap: true } });
const { paths } = await writeBatch(join(folder, 'files'), RECORDINGS, { broken: false });
const server = await serve({ folder: dist });
const browser = await chromium.launch(chromiumOptions());
try {
  const page = await browser.newPage();
  await page.goto(`${server.url}?backend=wasm`);
  await page.locator('[data-testid=status][data-backend=wasm]').waitFor();
  await read(page, paths.slice(0, 2 * ALONE));
  const single: number[] = [];
  for (let n = 0; n < ALONE; n++) single.push(await read(page, paths.slice(2 * n, 2 * n + 2)));
  const alone = median(single);
  const load = loadavg()[0]?.toFixed(1);
  const before = await processorMs(browser);
  const seconds = await read(page, paths);
  const spent = ((await processorMs(browser)) - before) / RECORDINGS;
  console.log(`${(RECORDINGS / seconds).toFixed(2)} recordings/s (load of the machine before: ${load})`);
  const ratio = seconds / RECORDINGS / alone;
  console.log(
    `one of the batch ${ratio.toFixed(2)} of one by one (median ${(1000 * alone).toFixed(0)} ms from drop to findings)`,
  );
  console.log(`${spent.toFixed(0)} processor ms a recording in the page's process`);

  const categories = ['disabled-by-default-v8.cpu_profiler', '__metadata'];
  await browser.startTracing(page, { categories });
  await read(page, paths);
  const recorded = (await browser.stopTracing()).toString();
  if (trace) await writeFile(trace, recorded);
  const sources = await sourcesOf(recorded);
  const stages = stageTimes(recorded, sources);
  const all = stages.reduce((sum, [, ms]) => sum + ms, 0);
  console.log('of these, by the shares that the sampling profiler saw:');
  for (const [stage, ms] of stages) console.log(`${((spent * ms) / all).toFixed(1).padStart(8)}  ${stage}`);
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
}

/** What the page's process, workers included, has used so far; a busy machine makes it a little longer, not twice as long. */
async function processorMs(browser: Browser): Promise<number> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime * 1000 : 0), 0);
}

/** Seconds from the drop to the last row. One ECG is read in less than a poll takes, so the page itself watches. */
async function read(page: Page, files: readonly string[]): Promise<number> {
  await page.evaluate(() => {
    const status = document.querySelector('[data-testid=status]');
    // No function here may have a name: tsx marks names by a helper that the page does not have.
    let begun = status?.getAttribute('data-state') !== 'done';
    const settled = new Promise<void>((resolve) => {
      new MutationObserver(() => {
        if (status?.getAttribute('data-state') !== 'done') begun = true;
        else if (begun) resolve();
      }).observe(status ?? document, { attributes: true });
    });
    Object.assign(window, { settled });
  });
  const begun = performance.now();
  await page.getByTestId('file-input').setInputFiles([...files]);
  await page.evaluate(() => (window as unknown as { settled: Promise<void> }).settled);
  return (performance.now() - begun) / 1000;
}

/** Which source a place in a bundle is from. */
async function sourcesOf(recorded: string): Promise<(url: string, line: number, column: number) => string | null> {
  const maps = new Map<string, SourceMap>();
  for (const [, name = ''] of recorded.matchAll(/assets\/([\w.-]+\.js)/g)) {
    const map = maps.has(name) ? null : await readFile(join(dist, 'assets', `${name}.map`), 'utf8').catch(() => null);
    if (map) maps.set(name, new SourceMap(JSON.parse(map)));
  }
  return (url, line, column) => {
    const entry = maps.get(url.slice(url.lastIndexOf('/') + 1))?.findEntry(line, column);
    const source = entry && 'originalSource' in entry ? entry.originalSource : undefined;
    return source?.replace(/^.*?(?=(src|node_modules)\/)/, '') ?? null;
  };
}
