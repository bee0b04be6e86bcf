import { chromium } from '@playwright/test';
import { chromiumOptions } from './chromium';
import { buildWith } from './prelude';
import { serve } from './server';
import { appOn, demoFiles, expect, test } from './test';

/** Each fault is provoked; the page recovers or says in a sentence what to do. (A changed or damaged model file: integrity.spec.ts.) */

test('a killed worker with an open ECG: the next edit starts another one, and what the reader entered survives', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop(demoFiles('lbbb'));
  await app.settled();
  await page.getByTestId('age').fill('81');
  await app.settled();
  await page.keyboard.press('Escape');
  const before = await app.probabilities();

  const [worker] = page.workers();
  expect(worker).toBeDefined();
  await worker?.evaluate(() => void setTimeout(() => self.close()));
  await expect.poll(() => page.workers().includes(worker as NonNullable<typeof worker>)).toBe(false);
  await page.getByTestId('sex').selectOption('male');
  await app.settled();
  await expect(page.getByTestId('age')).toHaveValue('81');
  const json = JSON.parse(await app.download('export-json'));
  expect(json.patient).toMatchObject({ ageYears: 81, sex: 'male', ageOrigin: 'entered' });
  expect(json.error).toBeNull();
  expect((await app.probabilities()).size).toBe(before.size);
  await expect(page.getByTestId('plot')).toBeVisible();
});

test('no memory left: the file says so, what was open stays, and the next file is read', async ({ app, page }) => {
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  const withoutMemory = (times: number) =>
    page.workers()[0]?.evaluate((n) => {
      const all = { array: Float32Array, left: n };
      self.Float32Array = new Proxy(all.array, {
        construct: (target, given) => {
          if (all.left-- > 0) throw new RangeError('Array buffer allocation failed');
          self.Float32Array = all.array;
          return Reflect.construct(target, given);
        },
      });
    }, times);
  await withoutMemory(1);
  await app.drop(demoFiles('lbbb'));
  await app.settled('error');
  await expect(app.error).toHaveAttribute('data-code', 'OUT_OF_MEMORY');
  await expect(app.error).toContainText('There is not enough memory');
  await app.drop(demoFiles('pvc'));
  await app.settled();

  // In a batch whatever was asked for says so, and every row is settled.
  await withoutMemory(2);
  await app.drop(['lbbb', 'rbbb', 'pvc'].flatMap(demoFiles));
  const rows = page.locator('[data-testid=batch-row]');
  await expect(rows.and(page.locator('[data-state=done], [data-state=error]'))).toHaveCount(3);
  await expect(app.error).toHaveAttribute('data-code', 'OUT_OF_MEMORY');
  await expect.poll(() => rows.and(page.locator('[data-state=done]')).count()).toBeGreaterThan(1);
});

test('a model that does not arrive: the ECG is drawn and measured, and the page says what is missing', async ({
  browser,
}) => {
  const server = await serve();
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    await context.route('**/efficientecg/weights.bin', (route) => route.abort());
    const app = appOn(await context.newPage(), server.url);
    await app.open();
    await app.settled('error');
    await expect(app.error).toHaveAttribute('data-code', 'MODEL_UNAVAILABLE');
    await app.drop(demoFiles('normal'));
    await app.settled('error');
    await expect(app.page.getByTestId('plot')).toBeVisible();
    await expect(app.page.locator('[data-testid=measurement][data-name=heartRateBpm]')).toHaveAttribute(
      'data-value',
      /\d/,
    );
  } finally {
    await context.close();
    await server.close();
  }
});

test('no room in the browser: nothing is kept for offline, and everything else works; a second tab goes its own way', async ({
  app,
  context,
  page,
  server,
}) => {
  const cdp = await context.newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: 1000 });
  await app.open();
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', /off|stopped/);
  await app.drop(demoFiles('normal'));
  await app.settled();
  await page.getByTestId('age').fill('50');

  const other = appOn(await context.newPage(), server.url);
  await other.open();
  await other.drop(demoFiles('pvc'));
  await other.settled();
  await other.page.getByTestId('age').fill('20');
  await other.settled();
  await app.settled();
  await expect(page.getByTestId('age')).toHaveValue('50');
  await other.page.close();
  await page.getByTestId('sex').selectOption('female');
  await app.settled();
  // A tab that is loaded again (restored after a crash) begins empty: nothing was stored.
  await page.reload();
  await expect(app.status).toHaveAttribute('data-state', 'idle');
});

test('neither WebGPU nor WebAssembly: plain JavaScript reads the ECG, the page says why, and WASM by name is an error', async () => {
  // A build whose worker finds itself in a browser without WebAssembly.
  const build = await buildWith('delete self.WebAssembly');
  const server = await serve({ folder: build.folder });
  const { args = [], ...options } = chromiumOptions();
  const browser = await chromium.launch({ ...options, args: args.filter((flag) => !flag.includes('webgpu')) });
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const app = appOn(await context.newPage(), server.url);
    await app.open('demo=normal');
    await app.settled();
    await expect(app.status).toHaveAttribute('data-backend', 'cpu');
    await expect(app.page.locator('.run').last()).toContainText(/WebGPU.*WebAssembly/);
    await app.open('backend=wasm');
    await app.settled('error');
    await expect(app.error).toHaveAttribute('data-code', 'BACKEND_UNAVAILABLE');
  } finally {
    await browser.close();
    await server.close();
    await build.remove();
  }
});
