import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build, loadConfigFromFile, type PreviewServer, preview } from 'vite';
import { release } from '../src/release/vite-release';
import type { Report } from './parity/worker';

/** The same numbers as PyTorch on every backend of a real browser, in a worker, minified and under the app's own headers. */
const ROOT = join(import.meta.dirname, 'parity');
let outDir: string;
let servers: { isolated: PreviewServer; plain: PreviewServer };

test.beforeAll(async () => {
  const config = (
    await loadConfigFromFile(
      { command: 'build', mode: 'production' },
      undefined,
      process.cwd(),
      'error',
      undefined,
      'runner',
    )
  )?.config;
  outDir = await mkdtemp(join(tmpdir(), 'parity-'));
  const common = { configFile: false, root: ROOT, base: './', logLevel: 'error' } as const;
  const publicDir = join(import.meta.dirname, '..', 'public');
  await build({
    ...common,
    publicDir,
    plugins: [release()],
    worker: { format: 'es' },
    build: { ...config?.build, rollupOptions: {}, outDir },
  });
  const headers = config?.preview?.headers ?? {};
  const own = Object.entries(headers).filter(([name]) => !name.startsWith('Cross-Origin-'));
  const start = (served: typeof headers) =>
    preview({ ...common, build: { outDir }, preview: { port: 0, headers: served, open: false } });
  servers = { isolated: await start(headers), plain: await start(Object.fromEntries(own)) };
});

test.afterAll(async () => {
  await Promise.all(Object.values(servers).map((server) => server.close()));
  await rm(outDir, { recursive: true });
});

async function report(page: Page, server: PreviewServer, query: string): Promise<Report> {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  const response = await page.goto(`${server.resolvedUrls?.local[0]}?${query}`);
  expect(response?.headers()['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval';");
  await page.waitForFunction(() => 'report' in window, null, { timeout: 200_000 });
  const found = await page.evaluate(() => (window as unknown as { report: Report & { error?: string } }).report);
  console.log(query, JSON.stringify(found));
  expect(found.error).toBeUndefined();
  expect(problems).toEqual([]);
  return found;
}

function expectParity({ pooled, logits, tensors, bytes }: Report): void {
  expect(pooled).toBeLessThan(1e-4);
  expect(logits).toBeLessThan(1e-4);
  expect({ tensors, bytes }).toEqual({ tensors: 0, bytes: 0 });
}

test('our own wasm kernels, on a page that is not isolated: 200 runs', async ({ page }) => {
  const found = await report(page, servers.plain, 'backend=wasm&runs=200');
  expectParity(found);
  expect(found.isolated).toBe(false);
  expect(found.reason).toBe('Runs on WebAssembly, as chosen.');
});

test('tfjs on wasm with threads, on an isolated page of a browser without relaxed SIMD', async ({ page }) => {
  const found = await report(page, servers.isolated, 'backend=wasm&runs=2&cores=4&norelaxed');
  expectParity(found);
  expect(found.isolated).toBe(true);
  expect(found.reason).toBe('Runs on WebAssembly with 2 threads, as chosen.');
});

test('webgpu on the software adapter: 10 runs', async ({ page }) => {
  test.setTimeout(240_000);
  const found = await report(page, servers.isolated, 'backend=webgpu&runs=10&seconds=2.5');
  expectParity(found);
  expect(found.afterLoss).toBe('WORKER_LOST');
  expect(found.reason).toMatch(/^Runs on WebGPU on the software adapter .+, as chosen\.$/);
});

test('cpu', async ({ page }) => {
  expectParity(await report(page, servers.isolated, 'backend=cpu&runs=2'));
});

test('auto never takes a software adapter, and says so', async ({ page }) => {
  const found = await report(page, servers.plain, 'backend=auto&runs=2');
  expect(found.backend).toBe('wasm');
  expect(found.reason).toBe('Runs on WebAssembly, not on WebGPU: the only graphics adapter is a slow software one.');
});

test('a card is tried behind WASM: it reads where it is faster, and not where it is slower', async ({ page }) => {
  const found = await report(page, servers.plain, 'backend=auto&runs=1&seconds=2.5&card');
  expectParity(found);
  expect(found.backend).toBe('webgpu');
  const [stayed, moved] = found.rivals ?? [];
  expect(stayed).toMatch(
    /^wasm: Runs on WebAssembly: [\d.]+ ms for an ECG, [\d.]+ ms on WebGPU on the adapter google pretended\.$/,
  );
  expect(moved).toMatch(
    /^webgpu: Runs on WebGPU on the adapter google pretended: [\d.]+ ms for an ECG, 1000000 ms on WebAssembly\.$/,
  );
});
