import { demoFiles, expect, test } from './test';

/** Few and meaningful: the software adapter that serves WebGPU here is slow. */
test('webgpu, wasm and cpu find the same in the same ECG', async ({ app }) => {
  test.setTimeout(300_000);
  const found = new Map<string, ReadonlyMap<string, number>>();
  for (const backend of ['wasm', 'webgpu', 'cpu']) {
    await app.open(`backend=${backend}`);
    await app.drop(demoFiles('atrial-fibrillation'));
    await expect(app.status).toHaveAttribute('data-state', 'done', { timeout: 200_000 });
    await expect(app.status).toHaveAttribute('data-backend', backend);
    found.set(backend, await app.probabilities());
  }
  const wasm = found.get('wasm') ?? new Map();
  expect(wasm.size).toBeGreaterThan(5);
  for (const backend of ['webgpu', 'cpu']) {
    for (const [code, probability] of wasm) {
      const other = found.get(backend)?.get(code) ?? Number.NaN;
      expect(Math.abs(other - probability), `${code} on ${backend}`).toBeLessThanOrEqual(1e-3);
    }
  }
});

test('left to itself, the page takes no software adapter, and says what it took and why', async ({ app, page }) => {
  await app.open('demo=normal');
  await app.settled();
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  await expect(page.locator('.run')).toContainText('WebGPU: the only graphics adapter is a slow software one');
});

test('a backend that does not exist is an error on the page, not another backend', async ({ app, page }) => {
  await app.open('backend=webnn');
  await app.settled('error');
  await expect(app.error).toHaveAttribute('data-code', 'BACKEND_UNAVAILABLE');
  await app.drop(demoFiles('normal'));
  await expect(page.getByTestId('plot')).toBeVisible();
  expect((await app.probabilities()).size).toBe(0);
});

test('no task blocks the page for over 50 ms while an ECG is read, drawn and analysed', async ({ app, page }) => {
  await app.open();
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask', buffered: false });
  });
  // A task is timed by the clock, so another process on the same core lengthens it: one of five rounds must be free of long ones.
  const rounds: number[][] = [];
  for (const demo of ['lvh', 'normal', 'pvc', 'rbbb', 'lbbb']) {
    await app.drop(demoFiles(demo));
    await app.settled();
    await page.getByTestId('age').fill('30');
    await app.settled();
    await page.waitForTimeout(300);
    rounds.push(await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks.splice(0)));
    if (rounds.at(-1)?.length === 0) return;
  }
  expect(rounds, 'tasks over 50 ms in every round').toEqual([]);
});
