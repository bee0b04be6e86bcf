import { demoFiles, expect, test } from './test';

/** What users of other ECG viewers complain of, each as a story in which it does not happen here. What has a story elsewhere is named there. */

test('grid lines stay at every zoom (vanishing grids), and a resize changes no speed (Murmur#359)', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  const plot = page.getByTestId('plot');
  /** Upright grid lines in the row of pixels that has most of them: a row may lie on a line across. */
  const lines = () =>
    plot.evaluate((element) => {
      const canvas = element.querySelector('canvas');
      const width = canvas?.width ?? 0;
      const data = canvas?.getContext('2d')?.getImageData(0, 0, width, 6).data ?? new Uint8ClampedArray();
      const isLine = (x: number, y: number) => (data[4 * (y * width + x) + 1] ?? 255) < 235;
      const countOf = (y: number) => {
        let count = 0;
        for (let x = 1; x < width; x++) if (isLine(x, y) && !isLine(x - 1, y)) count++;
        return count;
      };
      return Math.max(...[1, 2, 3, 4, 5].map(countOf));
    });
  for (const zoom of ['+', '+', '+', '0', '-', '-', '-']) {
    await page.keyboard.press(zoom);
    // 270 mm: a line each millimetre.
    await expect.poll(lines, `after ${zoom}`).toBeGreaterThanOrEqual(265);
  }
  await page.keyboard.press('0');
  for (const width of [1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(plot).toHaveAttribute('data-px-per-mm', '4');
    await expect(plot).toHaveAttribute('data-mm-per-s', '25');
  }
});

test('the median beat is never shown as the rhythm (ecg-dicom-web-viewer#4): an extrasystole is on the sheet, not in it', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop(demoFiles('pvc'));
  await app.settled();
  await page.keyboard.press('w');
  await expect(page.getByTestId('plot')).toHaveAttribute('data-beat-letters', /V/);
  const beats = page.getByTestId('median-beats');
  await expect(beats.getByRole('heading')).toHaveText('Median beat');
  await expect(beats).toContainText('of the commonest shape');
});

test('the backend is named, and diagnostics can be copied without a patient in them (brainchop#50, #61)', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open();
  await app.drop(demoFiles('lbbb'));
  await app.settled();
  await page.getByLabel('Name', { exact: true }).fill('Doe, Jane');
  await page.getByLabel('Name', { exact: true }).blur();
  await expect(app.status).toContainText('on WASM');
  await page.getByRole('button', { name: 'About' }).click();
  await page.getByTestId('diagnostics').click();
  const text = page.getByTestId('diagnostics-text');
  await expect(text).toHaveValue(/backend: wasm: .+/);
  await expect(text).toHaveValue(/browser: .*Chrom/);
  await expect(text).not.toHaveValue(/Doe|lbbb/);
  await page.getByTestId('diagnostics-copy').click();
  await expect(page.getByTestId('diagnostics-copy')).toHaveText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.inputValue());
});

test('two fingers zoom the paper on a phone, and what lies between them stays there', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  const plot = page.getByTestId('plot');
  await plot.scrollIntoViewIfNeeded();
  const { x, y } = (await plot.boundingBox()) ?? { x: 0, y: 0 };
  const device = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
    device.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [-apart, apart].map((dx) => ({ x: x + 180 + dx, y: y + 100 })),
    });
  await touch('touchStart', 30);
  await touch('touchMove', 30);
  await touch('touchMove', 45);
  await touch('touchMove', 60);
  await touch('touchEnd', 0);
  await expect.poll(async () => Number(await plot.getAttribute('data-px-per-mm'))).toBeGreaterThan(5);
  // From the first move on the fingers went from 45 to 60 px from their middle, 180 px from the sheet's edge: it grew by a third.
  const box = page.locator('.sheet-scroll').first();
  await expect.poll(() => box.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(40);
});
