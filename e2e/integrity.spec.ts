import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from './server';
import { appOn, demoFiles, expect, test } from './test';

/** What is changed, and whether the recording itself can still be drawn. */
const CHANGES = [
  { what: 'the weights', folder: 'models/efficientecg', name: /^weights\.bin$/, drawn: true },
  { what: "the delineator's description", folder: 'models/delineator', name: /^model\.json$/, drawn: true },
  { what: 'our WASM kernels', folder: 'assets', name: /^kernels-.*\.wasm$/, drawn: true },
  { what: 'what the code of a backend imports', folder: 'assets', name: /^Slice-.*\.js$/, drawn: true, backend: 'cpu' },
  { what: 'the worker', folder: 'assets', name: /^worker-.*\.js$/, drawn: false },
];

test('one changed bit in weights, card, WASM, worker or page: nothing is analysed, and the page says why', async ({
  browser,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'changed-'));
  await cp('dist', folder, { recursive: true });
  // Not isolated: one thread, so that our own kernels are among what is loaded.
  const server = await serve({ folder, isolated: false });
  try {
    for (const { what, folder: place, name, drawn, backend = 'wasm' } of CHANGES) {
      const found = (await readdir(join(folder, place))).find((file) => name.test(file)) ?? what;
      const path = join(folder, place, found);
      const built = await readFile(path);
      const changed = Buffer.from(built);
      changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
      await writeFile(path, changed);

      const context = await browser.newContext({ serviceWorkers: 'block' });
      const app = appOn(await context.newPage(), server.url);
      await app.open(`backend=${backend}`);
      await app.settled('error');
      await expect(app.error, what).toHaveAttribute('data-code', 'NOT_AS_BUILT');
      await expect(app.error).toContainText('A file of this page is not the one that was built');
      await app.drop(demoFiles('normal'));
      await app.settled('error');
      await expect(app.page.getByTestId('plot')).toHaveCount(drawn ? 1 : 0);
      expect((await app.probabilities()).size, what).toBe(0);
      await context.close();
      await writeFile(path, built);
    }
    const assets = join(folder, 'assets');
    for (const start of ['mount-', 'index-']) {
      const found = (await readdir(assets)).find((file) => file.startsWith(start) && file.endsWith('.js')) ?? start;
      const path = join(assets, found);
      const built = await readFile(path, 'utf8');
      await writeFile(path, `${built}\n`);
      const page = await browser.newPage();
      await page.goto(`${server.url}?backend=wasm`);
      const root = page.locator('#root');
      if (start === 'mount-') await expect(root).toContainText('A file of this page is not the one that was built');
      else await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
      await expect(root.locator('*'), `${start} draws nothing`).toHaveCount(0);
      await page.close();
      await writeFile(path, built);
    }
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
});
