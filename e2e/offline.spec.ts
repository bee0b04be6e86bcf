import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { seal } from '../src/release/vite-release';
import { chromiumOptions } from './chromium';
import { serve } from './server';
import { appOn, demoFiles, expect, test } from './test';

const ready = (page: Page) => expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');

/** What the page that is open was published as. */
const versionOf = (page: Page) => page.locator('meta[name=description]').getAttribute('content');

/** A copy of the build, to be changed. */
async function copy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'build-'));
  await cp('dist', folder, { recursive: true });
  return folder;
}

/** The next version: another description, its own manifest and service worker. */
async function publish(folder: string, title: string): Promise<void> {
  const page = join(folder, 'index.html');
  await writeFile(page, (await readFile(page, 'utf8')).replace(/(name="description" content=)"[^"]*"/, `$1"${title}"`));
  await cp('dist/service-worker.js', join(folder, 'service-worker.js'));
  const old = JSON.parse(await readFile('dist/build-manifest.json', 'utf8'));
  const worker = join(folder, 'service-worker.js');
  const text = await readFile(worker, 'utf8');
  const id = /"([0-9a-f]{64})"|'([0-9a-f]{64})'|`([0-9a-f]{64})`/.exec(text);
  expect(id, 'the build id in the service worker').not.toBeNull();
  expect(Object.keys(old.files).length).toBeGreaterThan(30);
  await writeFile(worker, text.replaceAll(id?.slice(1).find(Boolean) ?? '', '__BUILD_ID__'));
  await seal(folder);
}

test('with the network cut, everything works on reload and in a new tab, for every demo and without WASM', async ({
  context,
}) => {
  const server = await serve();
  const page = await context.newPage();
  const app = appOn(page, server.url);
  await app.open();
  await ready(page);
  const demos = await page.locator('[data-demo]').evaluateAll((all) => all.map((one) => one.getAttribute('data-demo')));
  expect(demos.length).toBeGreaterThan(10);
  await server.close();

  await page.reload();
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  for (const demo of demos) {
    const files = await page.evaluate(async (id) => {
      const answers = await Promise.all(['hea', 'dat'].map((ending) => fetch(`demos/${id}.${ending}`)));
      return answers.map(({ ok }) => ok);
    }, demo);
    expect(files, `${demo}`).toEqual([true, true]);
  }
  await page.locator('[data-demo="lbbb"]').click();
  await app.settled();
  expect((await app.probabilities()).size).toBeGreaterThan(5);

  const other = appOn(await context.newPage(), server.url);
  await other.open('backend=cpu');
  await other.drop(demoFiles('single-lead'));
  await other.settled();
  await expect(other.status).toHaveAttribute('data-backend', 'cpu');
});

test('after a restart of the browser, with the network cut, the page opens and reads in every language', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'profile-'));
  const server = await serve();
  const first = await chromium.launchPersistentContext(profile, chromiumOptions());
  const page = await first.newPage();
  await page.goto(server.url);
  await ready(page);
  await first.close();
  await server.close();
  const again = await chromium.launchPersistentContext(profile, chromiumOptions());
  try {
    const app = appOn(await again.newPage(), server.url);
    for (const language of ['en', 'de', 'es', 'zh']) {
      await app.open(`backend=wasm&lang=${language}`);
      await expect(app.page.locator('html')).toHaveAttribute('lang', language);
      await expect(app.status).toHaveAttribute('data-backend', 'wasm');
    }
    await app.drop(demoFiles('lbbb'));
    await app.settled();
    expect((await app.probabilities()).size).toBeGreaterThan(5);
  } finally {
    await again.close();
    await rm(profile, { recursive: true });
  }
});

test('an update that does not arrive whole leaves the old version working; a whole one is offered, never forced, and not under another tab', async ({
  context,
}) => {
  const folder = await copy();
  await publish(folder, 'first');
  const server = await serve({ folder });
  try {
    const page = await context.newPage();
    const app = appOn(page, server.url);
    const offline = page.getByTestId('offline');
    await app.open();
    await ready(page);

    await publish(folder, 'second');
    const index = join(folder, 'index.html');
    const whole = await readFile(index);
    await writeFile(index, whole.subarray(0, whole.length - 1));
    await page.reload();
    const failed = page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update().catch(() => {});
      const { installing } = registration;
      if (!installing) return 'none';
      return new Promise((resolve) => {
        installing.onstatechange = () => resolve(installing.state);
      });
    });
    expect(['redundant', 'none']).toContain(await failed);
    await page.reload();
    await expect(app.status).toHaveAttribute('data-backend', 'wasm');
    expect(await versionOf(page)).toBe('first');
    await expect(offline).toHaveAttribute('data-update', 'false');

    await writeFile(index, whole);
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()));
    await expect(offline).toHaveAttribute('data-update', 'true', { timeout: 30_000 });
    await app.drop(demoFiles('normal'));
    await app.settled();
    await expect(page.getByTestId('update')).toBeHidden();
    await page.reload();
    expect(await versionOf(page)).toBe('first');

    const other = await context.newPage();
    await other.goto(server.url);
    await page.getByTestId('update').click();
    await expect(offline.getByRole('alert')).toContainText('Close the other tabs');
    expect(await versionOf(other)).toBe('first');
    await other.close();
    await page.getByTestId('update').click();
    await expect.poll(() => versionOf(page)).toBe('second');
    await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
});

test('a file that is opened while the page is still being kept stops that, and nothing is requested from then on', async ({
  context,
}) => {
  let held = 0;
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = await serve({
    before: async (url) => {
      if (!url.includes('demos/') || url.includes('index.json')) return;
      held++;
      await gate;
    },
  });
  try {
    const page = await context.newPage();
    const app = appOn(page, server.url);
    await app.open();
    await expect(app.status).toHaveAttribute('data-backend', 'wasm');
    await expect.poll(() => held).toBeGreaterThan(0);
    await app.drop(demoFiles('normal'));
    await app.settled();
    const served = server.log.length;
    release();
    await page.waitForTimeout(1000);
    expect(server.log.slice(served)).toEqual([]);
    await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'stopped');
  } finally {
    release();
    await server.close();
  }
});

test('a folder on a plain static server, under a path of its own', async ({ page }) => {
  const server = spawn('python3', ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1']);
  try {
    const port = await new Promise<string>((resolve, reject) => {
      server.on('error', () => resolve(''));
      server.on('exit', reject);
      server.stdout.on('data', (text) => resolve(/port (\d+)/.exec(`${text}`)?.[1] ?? ''));
    });
    test.skip(port === '', 'no Python here');
    const app = appOn(page, `http://127.0.0.1:${port}/dist/`);
    await app.open('backend=wasm&demo=lbbb');
    await app.settled();
    expect((await app.probabilities()).size).toBeGreaterThan(5);
    await ready(page);
    await page.goto(`http://127.0.0.1:${port}/dist/licences.html`);
    await expect(page.locator('details')).not.toHaveCount(0);
  } finally {
    server.kill();
  }
});
