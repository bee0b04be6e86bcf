import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { build, preview } from 'vite';
import type { Report } from './kernels/page';

test('our WGSL kernels give what the plain loops give, over random shapes, and plans are few', async ({ page }) => {
  test.setTimeout(120_000);
  const outDir = await mkdtemp(join(tmpdir(), 'kernels-'));
  const common = { configFile: false, root: join(import.meta.dirname, 'kernels'), logLevel: 'error' } as const;
  await build({ ...common, build: { target: 'es2023', outDir } });
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0, open: false } });
  try {
    const problems: string[] = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
    await page.goto(`${server.resolvedUrls?.local[0]}?shapes=5`);
    await page.waitForFunction(() => 'report' in window, null, { timeout: 100_000 });
    const report = await page.evaluate(() => (window as unknown as { report: Report }).report);
    if ('error' in report) throw new Error(String(report.error));
    expect(Object.keys(report.found).length).toBeGreaterThan(20);
    for (const [kind, { worst, where }] of Object.entries(report.found))
      expect(worst, `${kind} ${where}`).toBeLessThan(2e-5);
    // Four plans are kept and counted by tfjs; a fifth takes the place of the oldest.
    const [one = 0, two = 0, three = 0, four = 0, ...later] = report.bytes;
    expect(two).toBeGreaterThan(one);
    expect(four).toBeGreaterThan(three);
    expect(new Set(later.slice(0, -1))).toEqual(new Set([four]));
    expect(later.at(-1)).toBeLessThan(one);
    expect(problems).toEqual([]);
  } finally {
    await server.close();
    await rm(outDir, { recursive: true });
  }
});
