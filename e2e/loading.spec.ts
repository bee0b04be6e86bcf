import { serve } from './server';
import { appOn, expect, test } from './test';

/** Handed over and not fetched again: a worker that were not given its files would ask for each a second time. */
test('what the page fetches for its worker and for the ECG of its address is fetched once', async ({ browser }) => {
  const server = await serve();
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const app = appOn(await context.newPage(), server.url);
    await app.open('backend=wasm&demo=normal');
    await app.settled();
    const asked = server.log.map((line) => line.replace('GET ', ''));
    const times = (name: RegExp) => asked.filter((path) => name.test(path)).length;
    for (const model of ['efficientecg', 'delineator', 'quality']) {
      expect(times(new RegExp(`/models/${model}/weights.bin$`)), model).toBe(1);
      expect(times(new RegExp(`/models/${model}/model.json$`)), model).toBe(1);
    }
    expect(times(/\/kernels-[\w-]+\.wasm$/)).toBe(1);
    expect(times(/\/demos\/index\.json$/)).toBe(1);
    expect(times(/\/demos\/normal\.dat$/)).toBe(1);
    await context.close();
  } finally {
    await server.close();
  }
});
