import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import { chromiumOptions } from './chromium';
import { serve } from './server';
import { appOn, demoFiles, expect, test } from './test';

test('from opening a file to the next one not one request is made, none ever leaves the origin, and nothing is stored', async ({
  app,
  page,
  server,
}) => {
  const requests: string[] = [];
  page.context().on('request', (request) => requests.push(request.url()));
  await app.open();
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
  await page.waitForLoadState('networkidle');
  const loaded = requests.length;
  const served = server.log.length;

  for (const id of ['normal', 'lbbb']) {
    await app.drop(demoFiles(id));
    await app.settled();
    await page.getByTestId('age').fill('40');
    await app.settled();
    await app.download('export-json');
    await app.download('export-csv');
  }
  const stored = await page.evaluate(async () => ({
    cookies: document.cookie,
    items: localStorage.length + sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    kept: (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flatMap(
      (keys) => keys.map(({ url }) => url.slice(new URL('.', location.href).href.length)),
    ),
  }));
  const manifest = JSON.parse(await readFile('dist/build-manifest.json', 'utf8'));
  const { kept, ...left } = stored;
  expect(left, 'what the page left in the browser').toEqual({ cookies: '', items: 0, databases: 0 });
  expect(kept.sort(), 'its own files, kept for offline, and no other').toEqual(
    [...Object.keys(manifest.files), 'build-manifest.json'].sort(),
  );

  expect(loaded).toBeGreaterThan(5);
  // The browser itself may look for a new version of the service worker.
  const made = server.log.slice(served).filter((line) => line !== 'GET /service-worker.js');
  expect(made, 'requests that reached the server while files were open').toEqual([]);
  const outside = requests.filter((url) => !url.startsWith(server.url) && !url.startsWith(`blob:${server.url}`));
  expect(outside, 'requests to another origin').toEqual([]);
  expect(requests.slice(loaded).filter((url) => !url.startsWith('blob:'))).toEqual([]);
});

test('the policy forbids other origins, inline script, eval and text that becomes script, as header and as meta tag; devices are refused', async ({
  page,
  server,
}) => {
  // Another origin that is there and would answer anyone.
  const reached: string[] = [];
  const elsewhere = createServer(({ url = '' }, response) => {
    reached.push(url);
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    response.end('seen');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, 'localhost', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  const other = `http://localhost:${port}/`;
  expect(await (await fetch(`${other}here`)).text()).toBe('seen');

  const response = await page.goto(server.url);
  const outcome = await page.evaluate(async (address) => {
    const violated = new Set<string>();
    document.addEventListener('securitypolicyviolation', (event) => violated.add(event.effectiveDirective));
    const script = document.createElement('script');
    script.append('window.inlineRan = true');
    document.body.append(script);
    const image = new Image();
    image.src = `${address}image`;
    const fetchRefused = await fetch(`${address}fetch`).then(
      () => false,
      () => true,
    );
    const refused = (act: () => unknown) => {
      try {
        act();
        return false;
      } catch (thrown) {
        return thrown instanceof TypeError;
      }
    };
    const text = {
      timer: refused(() => setTimeout('window.evalRan = true')),
      markup: refused(() => {
        document.createElement('div').innerHTML = '<b>';
      }),
      worker: refused(() => new Worker('assets/any.js')),
      policy: refused(() => Object(window).trustedTypes.createPolicy('other', {})),
    };
    await new Promise((resolve) => setTimeout(resolve, 100));
    return {
      ...text,
      inline: 'inlineRan' in window,
      evaluated: 'evalRan' in window,
      fetchRefused,
      violated: ['connect-src', 'img-src', 'require-trusted-types-for'].filter((one) => violated.has(one)),
    };
  }, other);
  expect(outcome).toEqual({
    timer: true,
    markup: true,
    worker: true,
    policy: true,
    inline: false,
    evaluated: false,
    fetchRefused: true,
    violated: ['connect-src', 'img-src', 'require-trusted-types-for'],
  });
  expect(reached, 'requests that reached another origin, beside our own').toEqual(['/here']);
  elsewhere.close();

  const header = response?.headers()['content-security-policy'] ?? '';
  const meta = (await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content')) ?? '';
  expect(header.startsWith(meta)).toBe(true);
  expect(meta).toContain("default-src 'none'");
  expect(meta).toContain("connect-src 'self'");
  expect(meta).toContain("require-trusted-types-for 'script'; trusted-types workers");
  expect(response?.headers()['permissions-policy']).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\).*usb=\(\)/);
  expect(meta).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
});

test('a host that sets no headers: not isolated at first, isolated by the service worker from the second visit on', async () => {
  const server = await serve({ isolated: false });
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    const app = appOn(page, server.url);
    await app.open('backend=wasm&demo=normal');
    await app.settled();
    await expect(page.getByTestId('requests'), 'the page itself is no request').toContainText('0 requests');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

    await app.open('backend=wasm&demo=normal');
    await app.settled();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  } finally {
    await browser.close();
    await server.close();
  }
});
