import { demoFiles, expect, test } from './test';

test('a reader sets speed, gain and layout; the paper says so, a resize changes nothing, and the next ECG keeps it', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  const plot = page.getByTestId('plot');
  await page.getByTestId('speed').selectOption('50');
  await page.getByTestId('layout').selectOption('6x2');
  await page.getByTestId('paper-menu').click();
  await page.getByTestId('chest-gain').selectOption('5');
  await page.getByTestId('cabrera').check();
  await page.keyboard.press('Escape');
  await expect(plot).toHaveAttribute('aria-label', /50 mm\/s {3}limb 10 mm\/mV {3}chest 5 mm\/mV/);

  const size = () => plot.evaluate((element) => [element.clientWidth, element.clientHeight]);
  // 15 mm before and 5 mm behind ten seconds of 50 mm, 4 px each.
  await expect.poll(size).toEqual([2080, expect.any(Number)]);
  const before = await size();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await size()).toEqual(before);
  await expect(plot).toHaveAttribute('data-px-per-mm', '4');
  const boxes = await page
    .locator('.sheet-tools > *')
    .evaluateAll((tools) => tools.map((tool) => tool.getBoundingClientRect().toJSON()));
  const clash = boxes.flatMap((a, i) =>
    boxes.slice(i + 1).filter((b) => a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom),
  );
  expect(clash, 'tools that lie over one another').toEqual([]);
  expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(390);

  await app.drop(demoFiles('lbbb'));
  await app.settled();
  await expect(plot).toHaveAttribute('data-mm-per-s', '50');
  await expect(page.getByTestId('cabrera')).toBeChecked();
  await page.getByTestId('status').click();
  await page.keyboard.press('Shift+S');
  await page.keyboard.press('g');
  await expect(plot).toHaveAttribute('data-mm-per-s', '25');
  await expect(plot).toHaveAttribute('data-mm-per-mv', '20');
  await expect(plot).toHaveAttribute('data-chest-mm-per-mv', '10');
});

test('a card held to the screen gives the paper its true size, now and on the next visit, and can be forgotten', async ({
  app,
  page,
}) => {
  const plot = page.getByTestId('plot');
  const stored = () => page.evaluate(() => Object.entries(localStorage));
  await app.open('backend=wasm&demo=normal');
  await app.settled();
  expect(await stored()).toEqual([]);
  await page.getByTestId('paper-menu').click();
  await page.getByRole('button', { name: 'Measure this screen…' }).click();
  await page.getByTestId('card-width').fill('5');
  // 85.6 mm of a card.
  expect((await page.getByTestId('card-frame').boundingBox())?.width).toBeCloseTo(428);
  await page.getByTestId('card-keep').click();
  await expect(plot).toHaveAttribute('data-px-per-mm', '5');
  expect(await stored()).toEqual([['efficientecg.screen-px-per-mm', '5.000']]);

  await app.open('backend=wasm&demo=normal');
  await app.settled();
  await expect(plot).toHaveAttribute('data-px-per-mm', '5');
  await expect.poll(() => plot.evaluate(({ clientWidth }) => clientWidth)).toBe(1350);
  await page.getByTestId('status').click();
  await page.keyboard.press('+');
  await expect.poll(async () => Number(await plot.getAttribute('data-px-per-mm'))).toBeCloseTo(6.3, 2);
  await page.keyboard.press('0');
  await page.getByTestId('plot').hover();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -30);
  await page.keyboard.up('Control');
  await expect.poll(async () => Number(await plot.getAttribute('data-px-per-mm'))).toBeCloseTo(5 * Math.exp(0.1), 2);
  await page.getByTestId('paper-menu').click();
  await page.getByTestId('zoom').click();
  await page.getByTestId('true-size').uncheck();
  await expect(plot).toHaveAttribute('data-px-per-mm', '4');
  await page.getByRole('button', { name: 'Measure this screen…' }).click();
  await page.getByTestId('card-forget').click();
  expect(await stored()).toEqual([]);
});

test('a display filter changes the picture, says so on the paper, and nothing that is measured, found or exported', async ({
  app,
  page,
}) => {
  await app.open('backend=wasm&demo=noisy');
  await app.settled();
  const plot = page.getByTestId('plot');
  const picture = () => plot.evaluate((element) => element.querySelector('canvas')?.toDataURL() ?? '');
  await expect.poll(picture).not.toBe('');
  const recorded = await picture();
  const [json, csv] = [await app.download('export-json'), await app.download('export-csv')];

  await page.getByTestId('filter-menu').click();
  await page.getByTestId('filter-highPassHz').selectOption('0.5');
  await page.getByTestId('filter-lowPassHz').selectOption('40');
  await page.getByTestId('filter-notchHz').selectOption('50');
  await expect(plot).toHaveAttribute('data-filter', '0.5–40 Hz, notch 50 Hz');
  await expect(plot).toHaveAttribute(
    'data-caution',
    'monitor filter, ST not diagnostic   40 Hz reduces R, Q and pacing spikes',
  );
  await expect.poll(picture).not.toBe(recorded);
  await app.settled();
  expect(await app.download('export-json')).toBe(json);
  expect(await app.download('export-csv')).toBe(csv);

  await page.keyboard.press('Escape');
  await page.getByTestId('status').click();
  await page.keyboard.press('d');
  await expect(plot).toHaveAttribute('data-filter', '');
  await expect.poll(picture).toBe(recorded);
});
