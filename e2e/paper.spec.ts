import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { demoFiles, expect, test } from './test';

const BOLD = '234,176,166';
const DARK = 110;

/** Pixels of the sheet's canvas along a line, as `r,g,b`. */
const pixels = (page: Page, x: number, y: number, width: number, height: number) =>
  page.getByTestId('plot').evaluate(
    (plot, [left, top, w, h]) => {
      const context = plot.querySelector('canvas')?.getContext('2d');
      const data = context?.getImageData(left, top, w, h).data ?? new Uint8ClampedArray();
      return Array.from({ length: data.length / 4 }, (_, i) => [...data.subarray(4 * i, 4 * i + 3)].join());
    },
    [x, y, width, height] as const,
  );

const dark = (colours: readonly string[]) =>
  colours.flatMap((colour, at) => (Number(colour.split(',')[0]) < DARK ? at : []));

for (const width of [1440, 900, 390]) {
  test(`paper is 4 px a millimetre in a window of ${width} px: grid, pulse and trace`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await app.open();
    await app.drop(demoFiles('normal'));
    await app.settled();
    const plot = page.getByTestId('plot');
    await expect(plot).toHaveAttribute('data-px-per-mm', '4');
    await expect.poll(() => plot.locator('canvas').count()).toBe(1);

    const bold = (await pixels(page, 0, 3, 1080, 1)).flatMap((colour, at) => (colour === BOLD ? at : []));
    expect(bold).toEqual(Array.from({ length: 54 }, (_, i) => 20 * i));

    const top = dark(await pixels(page, 30, 0, 1, 120));
    const foot = dark(await pixels(page, 17, 0, 1, 120));
    expect(foot.map((y) => y - (top[0] ?? 0))).toEqual([40]);

    // The tallest R wave of the rhythm strip stands as high and as far as its samples say.
    const dat = readFileSync('dist/demos/normal.dat');
    const lead = Array.from({ length: 5000 }, (_, i) => dat.readInt16LE(2 * (12 * i + 1)) / 1000);
    const peak = lead.indexOf(Math.max(...lead));
    const x = 60 + Math.round((peak / 500) * 100);
    const strip = dark(await pixels(page, x, 365, 1, 120));
    expect(Math.abs(365 + (strip[0] ?? 0) - (440 - 40 * (lead[peak] ?? 0)))).toBeLessThanOrEqual(2);
  });
}

test('several files: rows, a red one with its sentence, and the keys between them', async ({ app, page }) => {
  await app.open();
  await app.drop([...demoFiles('normal'), ...demoFiles('lbbb').slice(0, 1), ...demoFiles('rbbb')]);
  await app.settled();
  const rows = page.getByTestId('batch-row');
  await expect(rows).toHaveCount(3);
  await expect(page.locator('[data-testid=batch-row][data-state=error]')).toContainText('lbbb.dat');
  await expect(page.getByTestId('age')).toHaveValue('38');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('age')).toHaveValue('66');
  await page.keyboard.press('2');
  await expect(page.getByTestId('layout')).toHaveValue('3x4-plain');
});

test('at 1440 × 900 the top bar is one row, in every language, and the whole sheet stands below it', async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  for (const language of ['en', 'de', 'es', 'zh']) {
    await page.getByTestId('language').selectOption(language);
    const heightOf = async () => (await page.locator('.top-bar').boundingBox())?.height ?? 99;
    await expect.poll(heightOf, language).toBeLessThan(52);
  }
  const sheet = await page.getByTestId('plot').boundingBox();
  expect((sheet?.y ?? 0) + (sheet?.height ?? 999)).toBeLessThanOrEqual(900);
});

test('who asks for more contrast reads black on white; cart and dark colours are chosen by hand', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ contrast: 'more' });
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  const plot = page.getByTestId('plot');
  await expect(plot).toHaveAttribute('data-look', 'contrast');
  const seen = async () => new Set(await pixels(page, 300, 100, 300, 200));
  await expect.poll(seen).toContain('0,0,0');
  expect(await seen()).toContain('255,255,255');
  await page.getByTestId('paper-menu').click();
  await page.getByTestId('paper-look').selectOption('dark');
  await expect.poll(seen).toContain('21,24,29');
  await page.getByTestId('paper-look').selectOption('usual');
  await expect(plot).toHaveAttribute('data-look', 'usual');
  await expect.poll(seen).toContain(BOLD);
});
