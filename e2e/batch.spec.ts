import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type BatchFiles, writeBatch } from './batch-files';
import { type App, expect, test } from './test';

interface Line {
  readonly source: { readonly name: string };
  readonly error: { readonly code: string } | null;
  readonly waves: object;
  readonly patient: object;
  readonly warnings: readonly { readonly code: string }[];
  readonly findings: readonly { readonly code: string; readonly probability: number | null }[];
}

let folder: string;
let batch: BatchFiles;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-'));
  batch = await writeBatch(folder, 30);
});
test.afterAll(() => rm(folder, { recursive: true }));

const lines = async (app: App) =>
  (await app.download('export-batch-jsonl'))
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
const rows = (app: App, state: string) => app.page.locator(`[data-testid=batch-row][data-state=${state}]`);

test('a mixed drop, both workers of which die, ends with a row for every recording, each as it is alone, without a request', async ({
  app,
  page,
  server,
}) => {
  const requests: string[] = [];
  page.context().on('request', (request) => requests.push(request.url()));
  await app.open();
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  const served = server.log.length;
  await app.drop(batch.paths);
  await expect(page.getByTestId('batch-row')).toHaveCount(30);
  await expect.poll(() => rows(app, 'done').count()).toBeGreaterThan(3);
  await expect.poll(() => page.workers().length).toBe(2);
  for (const worker of page.workers()) void worker.evaluate(() => self.close()).catch(() => {});
  await app.settled();
  // The browser itself may look for a new version of the service worker.
  const made = server.log.slice(served).filter((line) => line !== 'GET /service-worker.js');
  expect(made, 'requests that reached the server during the batch').toEqual([]);
  expect(requests.filter((url) => !url.startsWith(server.url) && !url.startsWith(`blob:${server.url}`))).toEqual([]);
  await expect(rows(app, 'error')).toHaveCount(batch.broken);
  await expect(rows(app, 'done')).toHaveCount(30 - batch.broken);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '100');

  const exported = await lines(app);
  expect(exported).toHaveLength(30);
  expect(exported.filter(({ error }) => error)).toHaveLength(batch.broken);
  const table = (await app.download('export-batch-csv')).trim().split('\n');
  expect(table).toHaveLength(31);
  expect(table[1]).toMatch(/^r00000\.hea,wfdb,10,500,12,30,female,true,/);

  // Opened again, a row that was let go is whole; alone, the same file gives the same analysis.
  await page.locator('[data-testid=batch-row][data-file="r00001.hea"] button').click();
  await app.settled();
  await expect(page.getByTestId('age')).toHaveValue('31');
  const shown = await app.probabilities();
  const inBatch = exported.find(({ source }) => source.name === 'r00001.hea');
  expect(inBatch && probabilities(inBatch)).toEqual(shown);

  // Nor does a reader who at once asks more of it leave it half empty: two questions and the row itself want the same analysis.
  const row = '[data-testid=batch-row][data-file="r00002.hea"] button';
  await page.evaluate(async (selector) => {
    document.querySelector<HTMLButtonElement>(selector)?.click();
    await new Promise(requestAnimationFrame);
    document.querySelector('[data-testid=what-if]')?.setAttribute('open', '');
  }, row);
  await app.settled();
  await expect(page.getByTestId('median-beat')).toHaveCount(12);
  await expect(page.getByTestId('what-if-note')).toBeVisible();
  await expect(page.getByTestId('what-if-row')).not.toHaveCount(0);

  await app.drop(batch.paths.filter((path) => /r00001\./.test(path)));
  await app.settled();
  const alone = JSON.parse(await app.download('export-json'));
  expect({ ...alone, model: null }).toEqual({ ...inBatch, model: null });
});

test('a batch is paused, goes on, is cancelled and finished, and nothing is lost', async ({ app, page }) => {
  await app.open();
  await app.drop(batch.paths);
  await expect.poll(() => rows(app, 'done').count()).toBeGreaterThan(1);
  await page.getByTestId('batch-pause').click();
  await expect(rows(app, 'analysing')).toHaveCount(0);
  const done = await rows(app, 'done').count();
  await page.waitForTimeout(500);
  expect(await rows(app, 'done').count()).toBe(done);
  await expect(page.getByTestId('batch-words')).toContainText('paused');

  await page.getByTestId('batch-pause').click();
  await expect.poll(() => rows(app, 'done').count()).toBeGreaterThan(done);
  await page.getByTestId('batch-cancel').click();
  await app.settled();
  await expect(rows(app, 'cancelled').first()).toContainText('the batch was cancelled');
  const cancelled = await lines(app);
  expect(cancelled).toHaveLength(30);
  expect(cancelled.some(({ error }) => error?.code === 'ABORTED')).toBe(true);

  await page.getByTestId('batch-resume').click();
  await expect.poll(() => rows(app, 'cancelled').count()).toBe(0);
  await app.settled();
  await expect(rows(app, 'done')).toHaveCount(30 - batch.broken);
  await expect(rows(app, 'error')).toHaveCount(batch.broken);
});

test('age and sex come from a table beside the files, and never for a name that is not certain', async ({
  app,
  page,
}) => {
  const table = 'file,age,sex\nr00000.hea,81,male\nr00001,33,\nr9.hea,50,female\n';
  const path = join(await mkdtemp(join(tmpdir(), 'people-')), 'people.csv');
  await writeFile(path, table);
  await app.open();
  await app.drop([...batch.paths.slice(0, 6), path]);
  await app.settled();
  await expect(page.getByTestId('batch-row')).toHaveCount(4);
  const [first, second, third, refused] = await lines(app);
  expect(first).toMatchObject({ patient: { ageYears: 81, sex: 'male', ageOrigin: 'entered' } });
  expect(first?.warnings.map(({ code }) => code)).toContain('DEMOGRAPHICS_DIFFER');
  expect(second).toMatchObject({ patient: { ageYears: 33, sex: 'male', sexOrigin: 'file' } });
  expect(third).toMatchObject({ patient: { ageYears: 32, ageOrigin: 'file' } });
  expect(refused).toMatchObject({
    source: { name: 'people.csv' },
    error: { message: expect.stringContaining('r9.hea is not among these files') },
  });
});

test('a picked folder is walked; its rows are named by their paths, sorted and filtered', async ({ app, page }) => {
  await app.open();
  await page.getByTestId('folder-input').setInputFiles(folder);
  await expect(page.getByTestId('batch-row')).toHaveCount(30);
  await app.settled();
  await page.locator('.batch-head [data-column=age]').click();
  await page.locator('.batch-head [data-column=age]').click();
  await expect(page.getByTestId('batch-row').first()).toHaveAttribute('data-file', `${basename(folder)}/r00028.hea`);
  await page.getByTestId('batch-show').selectOption('error');
  await expect(page.getByTestId('batch-row')).toHaveCount(batch.broken);
  await page.getByTestId('batch-filter').fill('r00009');
  await expect(page.getByTestId('batch-row')).toHaveCount(1);
});

function probabilities({ findings }: Line): ReadonlyMap<string, number> {
  return new Map(
    findings.flatMap(({ code, probability }) => (probability === null ? [] : [[code, probability] as const])),
  );
}
