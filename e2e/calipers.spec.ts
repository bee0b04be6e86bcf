import { expect, test } from './test';

test('a reader measures by hand: drag, keys, snapping to marks, marching out; it stays with the ECG', async ({
  app,
  page,
}) => {
  await app.open('backend=wasm&demo=normal');
  await app.settled();
  const plot = page.getByTestId('plot');
  const tip = page.getByTestId('caliper-tip');
  const number = async (name: string) => Number(await tip.getAttribute(`data-${name}`));
  await page.keyboard.press('c');
  // To begin with it stands on two beats of the strip: an RR interval.
  const rr = Number(await page.locator('[data-testid=measurement][data-name=rrMs]').getAttribute('data-value'));
  await expect(tip).toBeVisible();
  expect(Math.abs((await number('ms')) - rr)).toBeLessThan(80);

  // 40 px are 10 mm are 400 ms; 20 px up are 0.5 mV.
  const box = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [x, y] = [box.x + 300, box.y + box.height - 70];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y - 5);
  await page.mouse.move(x + 40, y - 20);
  await page.mouse.up();
  expect([await number('ms'), await number('mv'), await number('bpm')].map(Math.round)).toEqual([400, 1, 150]);
  expect(await number('mv')).toBeCloseTo(0.5, 2);
  await expect(tip).toContainText(/QTcF \d+/);

  await page.getByTestId('caliper-to').first().focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowUp');
  expect(await number('ms')).toBeCloseTo(420);
  expect(await number('mv')).toBeCloseTo(0.55, 2);

  await page.getByTestId('caliper-march').click();
  // Ten seconds hold 23 of 420 ms, two of them its own.
  expect(await page.getByTestId('caliper-tick').count()).toBeGreaterThan(20);

  await page.getByTestId('caliper-snap').click();
  const point = (await page.getByTestId('caliper-from').first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const marks = JSON.parse(await app.download('export-json')).waves.II;
  await page.mouse.move(point.x + point.width / 2, point.y + point.height / 2);
  await page.mouse.down();
  const peak: number = marks.qrs[3].peak;
  await page.mouse.move(box.x + 60 + peak * 100 + 2, y, { steps: 3 });
  await page.mouse.up();
  const at = Number(await page.getByTestId('caliper-from').first().getAttribute('aria-valuenow'));
  const all = [...marks.p, ...marks.qrs, ...marks.t].flatMap(({ onset, peak: top, offset }) => [onset, top, offset]);
  expect(Math.min(...all.map((timeS) => Math.abs(1000 * timeS - at)))).toBeLessThan(1);

  const before = await number('ms');
  await page.getByTestId('speed').selectOption('50');
  await expect.poll(() => number('ms')).toBe(before);
  await page.getByTestId('caliper-clear').click();
  await expect(tip).toHaveCount(0);
});
