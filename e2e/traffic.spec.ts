import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumOptions } from './chromium';
import { networkActivity } from './netlog';
import { serve } from './server';
import { appOn, demoFiles, expect, test } from './test';

/** Chromium asks things of its maker's servers by itself on any page: form signatures, updates, the signed-in account. Most of it can be switched off. */
const QUIET_BROWSER = [
  '--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter,Translate,DialMediaRouteProvider,NetworkTimeServiceQuerying',
  '--disable-default-apps',
  '--disable-component-extensions-with-background-pages',
  '--disable-client-side-phishing-detection',
  '--disable-domain-reliability',
  '--gaia-url=http://browser.invalid/',
  '--no-pings',
];

/** And the rest: its updates, that account, its question whether there is IPv6, and the name server that it asks (for names that are checked). */
const ITS_OWN = /update\.googleapis\.com|browser\.invalid|^\[2001:4860:4860::8888\]:443$|:53$/;

/** The browser's own word for it: names, sockets, datagrams and requests, of the page, its workers and whatever they start. */
test("Chromium's network log has nothing between opening a file and closing it, and never another host", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netlog-'));
  const path = join(folder, 'net.json');
  const server = await serve();
  const options = chromiumOptions();
  const browser = await chromium.launch({
    ...options,
    args: [...(options.args ?? []), ...QUIET_BROWSER, `--log-net-log=${path}`],
  });
  const app = appOn(await browser.newPage(), server.url);
  const { page } = app;
  const requests = page.getByTestId('requests');

  await app.open();
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);

  const opened = Date.now();
  await app.drop(demoFiles('lbbb'));
  await app.settled();
  await page.getByTestId('age').fill('40');
  await app.settled();
  await app.download('export-json');
  await app.download('export-csv');
  await app.drop(demoFiles('normal'));
  await app.settled();
  await requests.getByRole('button', { name: '0 requests' }).click();
  await expect(page.getByTestId('proof')).toContainText('this page has made no request');
  await expect(page.getByTestId('build-id')).toContainText(/[0-9a-f]{64}/);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(500);
  const closed = Date.now();

  // What the log and the counter show where there is something to see.
  await page.evaluate(() => fetch('seen'));
  await expect(requests).toHaveAttribute('data-count', '1');
  await page.evaluate(() => fetch('https://example.org/', { mode: 'no-cors' }).catch(() => {}));
  await expect(requests).toHaveAttribute('data-count', /^[2-9]$/);
  await browser.close();
  await server.close();

  const activity = (await networkActivity(path)).filter(({ target }) => !ITS_OWN.test(target));
  await rm(folder, { recursive: true });
  const meanwhile = activity.filter(({ at }) => at >= opened && at <= closed);
  expect(meanwhile, 'between opening and closing').toEqual([]);
  const host = new URL(server.url).hostname;
  const others = activity.filter(({ target }) => !new RegExp(`${host}|127\\.0\\.0\\.1|\\[::1\\]`).test(target));
  expect(others, 'another host').toEqual([]);
  expect(activity.filter(({ at, target }) => at < opened && target.endsWith('weights.bin')).length).toBeGreaterThan(0);
  expect(activity.filter(({ at, target }) => at > closed && target.endsWith('/seen')).length).toBeGreaterThan(0);
});
