import { simulate } from '../src/simulator';
import { toWfdb } from '../src/simulator/wfdb';
import { expect, test } from './test';

test('a reader pans a minute: by mouse, by wheel, by the overview, by a second and to the next extrasystole', async ({
  app,
  page,
}) => {
  const { hea, dat } = toWfdb('long', simulate('pvc', { durationS: 60 }), {
    ageYears: 70,
    sex: 'male',
    simulated: 'x',
  });
  await app.open();
  await app.drop([
    { name: 'long.hea', mimeType: 'text/plain', buffer: Buffer.from(hea) },
    { name: 'long.dat', mimeType: 'application/octet-stream', buffer: Buffer.from(dat) },
  ]);
  await app.settled();
  const start = async () => Number(await page.getByTestId('page-start').getAttribute('data-start-s'));
  await expect.poll(() => page.getByTestId('plot').locator('canvas').count()).toBe(1);
  const { x, y } = (await page.getByTestId('plot').boundingBox()) ?? { x: 0, y: 0 };

  // 100 px are a second; the sheet itself has some px to scroll first.
  await page.mouse.move(x + 700, y + 200);
  await page.mouse.down();
  await page.mouse.move(x + 200, y + 200, { steps: 10 });
  await page.mouse.up();
  await expect.poll(start).toBeGreaterThan(4.5);
  expect(await start()).toBeLessThanOrEqual(5);
  const dragged = await start();
  await page.mouse.wheel(200, 0);
  await expect.poll(start).toBeCloseTo(dragged + 2, 1);

  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(start).toBeCloseTo(dragged + 1, 1);
  await page.keyboard.press('b');
  await page.keyboard.press('b');
  const { waves } = JSON.parse(await app.download('export-json'));
  const peaks: number[] = waves.II.qrs.map(({ peak }: { peak: number }) => peak);
  const middle = (await start()) + 5;
  expect(Math.min(...peaks.map((peak) => Math.abs(peak - middle)))).toBeLessThan(0.1);

  const overview = page.getByTestId('overview');
  await overview.focus();
  await page.keyboard.press('End');
  await expect.poll(start).toBe(50);
  const box = (await overview.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(start).toBeCloseTo(25, 0);
  // What is drawn comes to rest where it was asked for.
  await expect(page.getByTestId('plot')).toHaveAttribute('data-start-s', String(await start()));
});
