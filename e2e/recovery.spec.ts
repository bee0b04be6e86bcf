import { chromium, type Page } from '@playwright/test';
import { chromiumOptions } from './chromium';
import { buildWith } from './prelude';
import { serve } from './server';
import { appOn, demoFiles, expect, test } from './test';

const YEAR_MS = 365.25 * 86_400_000;

/** What breaks under an open ECG and a running batch, and what is left of them. */

/** A worker that can be told to lose its graphics device with the n-th piece of work that it is given from then on. */
const LOSING = `{
  const request = GPUAdapter.prototype.requestDevice;
  const submit = GPUQueue.prototype.submit;
  let device = null;
  let left = 0;
  GPUAdapter.prototype.requestDevice = async function (...asked) {
    device = await request.apply(this, asked);
    return device;
  };
  GPUQueue.prototype.submit = function (...work) {
    submit.apply(this, work);
    if (left > 0 && --left === 0) device.destroy();
  };
  self.loseAfter = (pieces) => { left = pieces; };
}`;

/** The device of the one worker goes with its n-th piece of work; resolves to what tells whether the worker was replaced. */
async function loseAfter(page: Page, pieces: number): Promise<() => boolean> {
  const [worker] = page.workers();
  await worker?.evaluate((n) => (self as unknown as { loseAfter(n: number): void }).loseAfter(n), pieces);
  return () => worker !== undefined && !page.workers().includes(worker);
}

test('the graphics device is lost in the middle of an inference, of an open ECG and of a batch: both go on, with every edit', async () => {
  test.setTimeout(240_000);
  const build = await buildWith(LOSING);
  const server = await serve({ folder: build.folder });
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
    const app = appOn(page, server.url);
    await app.open('backend=webgpu');
    await app.drop(demoFiles('single-lead'));
    await app.settled();
    await expect(app.status).toHaveAttribute('data-backend', 'webgpu');
    const gone = await loseAfter(page, 1);
    await page.getByTestId('age').fill('81');
    await expect.poll(gone).toBe(true);
    await app.settled();
    await expect(page.getByTestId('age')).toHaveValue('81');
    const json = JSON.parse(await app.download('export-json'));
    expect(json).toMatchObject({ patient: { ageYears: 81 }, model: { backend: 'webgpu' }, error: null });

    const ids = ['single-lead', 'normal'];
    // An ECG is three pieces of work: its waves, its features, their fusion.
    const goneAgain = await loseAfter(page, 5);
    await app.drop(ids.flatMap(demoFiles));
    await expect.poll(goneAgain, { timeout: 60_000 }).toBe(true);
    await app.settled();
    await expect(page.locator('[data-testid=batch-row][data-state=done]')).toHaveCount(ids.length);
    const lines = (await app.download('export-batch-jsonl')).trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ error: null, model: { backend: 'webgpu' } });
  } finally {
    await browser.close();
    await server.close();
    await build.remove();
  }
});

test('the clock jumps, a kept record is damaged, another tab wipes the history, the tab is loaded again: the open ECG and its edits stay, or a sentence says what is gone', async ({
  app,
  context,
  page,
  server,
}) => {
  const history = page.getByTestId('history');
  const openHistory = () => page.getByRole('button', { name: 'History' }).click();
  await app.open();
  await openHistory();
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
  await page.getByTestId('history-on').click();
  await expect(history).toHaveAttribute('data-state', 'open');
  await page.keyboard.press('Escape');
  await app.drop(demoFiles('lbbb'));
  await app.settled();
  await openHistory();
  await expect(page.getByTestId('history-row')).toHaveCount(1);
  await page.keyboard.press('Escape');

  // Twenty years back, with an ECG open.
  await page.evaluate((ms) => {
    const Real = Date;
    const now = () => Real.now() - ms;
    Object.assign(window, {
      Date: new Proxy(Real, {
        construct: (_, given) => Reflect.construct(Real, given.length === 0 ? [now()] : given),
        get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
      }),
    });
  }, 20 * YEAR_MS);
  await app.drop(demoFiles('pvc'));
  await app.settled();
  await page.getByTestId('age').fill('44');
  await app.settled();
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0');
  await openHistory();
  await expect(page.getByTestId('history-row')).toHaveCount(2);
  // Nothing of it is on its way into the history any more.
  await expect(history).toHaveAttribute('data-kept', 'true');

  // The body of the other ECG is overwritten: it says so, and what is open stays.
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    const opened = await done(indexedDB.open('efficientecg-history'));
    const store = opened.transaction('bodies', 'readwrite').objectStore('bodies');
    const keys = await done(store.getAllKeys());
    for (const key of keys) await done(store.put({ iv: null, data: new ArrayBuffer(40) }, key));
    opened.close();
  });
  await page.getByTestId('history-open').last().click();
  await expect(history.getByRole('alert')).toContainText('damaged');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('age')).toHaveValue('44');
  await expect(page.getByTestId('plot')).toBeVisible();

  // Another tab wipes the history under this one.
  const other = appOn(await context.newPage(), server.url);
  await other.open();
  await other.page.getByRole('button', { name: 'History' }).click();
  await other.page.getByTestId('history-wipe').click();
  await other.page.getByTestId('history-wipe').click();
  await expect(other.page.getByTestId('history')).toHaveAttribute('data-state', 'off');
  await other.page.close();
  await page.getByTestId('age').fill('45');
  await expect(app.error).toHaveAttribute('data-code', 'HISTORY_UNAVAILABLE');
  await expect(page.getByTestId('age')).toHaveValue('45');
  await expect(page.getByTestId('finding').first()).toBeVisible();

  await page.reload();
  await expect(app.status).toHaveAttribute('data-state', 'idle');
  await expect(page.getByTestId('restored')).toContainText('nothing of it was stored');
  await app.drop(demoFiles('normal'));
  await app.settled();
  await expect(page.getByTestId('restored')).toHaveCount(0);
});
