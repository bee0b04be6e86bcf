import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from '@playwright/test';
import { writeBatch } from '../e2e/batch-files';
import { appOn, expect, test } from '../e2e/test';

/** Recordings of the run; a fifth of them is broken. */
const RECORDINGS = Number(process.env.BATCH ?? 1000);

/** So many of those that were read are read again alone. */
const SAMPLE = Math.min(50, Math.floor(RECORDINGS / 2));

/** What the page's processes may grow by between a fifth of the way and the end, MB. */
const GROWTH_MB = 150;

interface Point {
  readonly seconds: number;
  readonly done: number;
  /** Resident memory of the page's process, workers included, once the page's garbage is collected: V8 lets it lie for long. */
  readonly residentMb: number;
  /** The page's own heap. */
  readonly heapMb: number;
  /** Open files, sockets and pipes of the page's process. */
  readonly handles: number;
  /** What the page's document holds. */
  readonly nodes: number;
  readonly listeners: number;
}

test(`${RECORDINGS} recordings, a fifth of them broken, cancelled and resumed midway: nothing is lost, memory stays flat, each is as it is alone`, async ({
  app,
  page,
  browser,
  server,
}) => {
  test.setTimeout(Math.max(60 * 60_000, RECORDINGS * 1000));
  const folder = await mkdtemp(join(tmpdir(), 'batch-'));
  try {
    const batch = await writeBatch(folder, RECORDINGS);
    await app.open();
    await expect(app.status).toHaveAttribute('data-backend', 'wasm');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const begun = Date.now();
    await app.drop(batch.paths);
    const points: Point[] = [];
    const report = () => {
      const seconds = (Date.now() - begun) / 1000;
      return { recordings: RECORDINGS, broken: batch.broken, seconds, perSecond: RECORDINGS / seconds, points };
    };
    const keep = () => writeFile('test-results/batch.json', JSON.stringify(report(), null, 1)).catch(() => {});
    let interrupted = false;
    for (let share = 0; share < 100; ) {
      await page.waitForTimeout(Math.max(2000, RECORDINGS));
      share = Number(await page.getByTestId('batch-progress').getAttribute('aria-valuenow'));
      if (!interrupted && share >= 50) {
        interrupted = true;
        await page.getByTestId('batch-cancel').click();
        await expect(page.getByTestId('batch-words')).toContainText('cancelled');
        await page.getByTestId('batch-resume').click();
      }
      await cdp.send('HeapProfiler.collectGarbage');
      const { metrics } = await cdp.send('Performance.getMetrics');
      const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
      const words = (await page.getByTestId('batch-words').textContent()) ?? '';
      points.push({
        seconds: (Date.now() - begun) / 1000,
        done: Number((/^[\d,.]+/.exec(words)?.[0] ?? '').replace(/\D/g, '')),
        ...(await ofRenderers(browser)),
        heapMb: metric('JSHeapUsedSize') / 1e6,
        nodes: metric('Nodes'),
        listeners: metric('JSEventListeners'),
      });
      await keep();
    }
    await expect(app.status).toHaveAttribute('data-state', /done|error/);
    await keep();
    console.log(
      JSON.stringify({ ...report(), points: points.filter((_, n) => n % 10 === 0 || n > points.length - 3) }),
    );

    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-batch-jsonl').click()]);
    const found = await sampled(await file.path(), RECORDINGS - batch.broken);
    expect(found).toMatchObject({ lines: RECORDINGS, names: RECORDINGS, failed: batch.broken });
    expect(interrupted, 'the batch was cancelled midway').toBe(true);
    const alone = await browser.newPage();
    const reader = appOn(alone, server.url);
    await reader.open();
    for (const expected of found.sample) {
      const stem = expected.source.name.replace('.hea', '');
      await reader.drop(batch.paths.filter((path) => path.includes(`${stem}.`)));
      await reader.settled();
      const read = JSON.parse(await reader.download('export-json'));
      // The model's part tells how long it took.
      expect({ ...read, model: null }).toEqual({ ...expected, model: null });
    }
    await alone.close();
    const [early] = points.filter(({ done }) => done > RECORDINGS / 5);
    expect((points.at(-1)?.residentMb ?? 0) - (early?.residentMb ?? 0)).toBeLessThan(GROWTH_MB);
    expect((points.at(-1)?.handles ?? 0) - (early?.handles ?? 0), 'handles of the process').toBeLessThan(50);
  } finally {
    await rm(folder, { recursive: true });
  }
});

interface Analysis {
  readonly source: { readonly name: string };
  readonly error: object | null;
}

/**
 * What a file of a line an analysis holds, read line by line: of ten thousand it is too long for one string.
 *
 * @param whole how many of them were read; the sample is taken of these, evenly
 */
async function sampled(path: string, whole: number) {
  const wanted = new Set(Array.from({ length: SAMPLE }, (_, n) => Math.floor((n * whole) / SAMPLE)));
  const names = new Set<string>();
  const sample: Analysis[] = [];
  let [lines, failed, read] = [0, 0, 0];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const analysis = JSON.parse(line) as Analysis;
    lines++;
    names.add(analysis.source.name);
    if (analysis.error) failed++;
    else if (wanted.has(read++)) sample.push(analysis);
  }
  return { lines, names: names.size, failed, sample };
}

/** Resident memory, MB, and open handles of all renderer processes. */
async function ofRenderers(browser: Browser): Promise<{ readonly residentMb: number; readonly handles: number }> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  let [kilobytes, handles] = [0, 0];
  for (const { type, id } of processInfo) {
    if (type !== 'renderer') continue;
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    kilobytes += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    handles += (await readdir(`/proc/${id}/fd`).catch(() => [])).length;
  }
  return { residentMb: kilobytes / 1024, handles };
}
