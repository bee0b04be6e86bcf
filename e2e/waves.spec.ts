import { expect, test } from './test';

const value = async (page: import('@playwright/test').Page, name: string) =>
  Number(await page.locator(`[data-testid=measurement][data-name=${name}]`).getAttribute('data-value'));

test('a first-degree block has its PR on the page, and its waves banded on the trace at a key', async ({
  app,
  page,
}) => {
  await app.open('backend=wasm&demo=first-degree-av-block');
  await app.settled();
  expect(Math.abs((await value(page, 'prMs')) - 260)).toBeLessThan(15);
  const plot = page.getByTestId('plot');
  await expect(plot).toHaveAttribute('data-bands', '0');
  await page.keyboard.press('w');
  await expect(page.getByTestId('show-waves')).toHaveAttribute('aria-pressed', 'true');
  // 12 pieces of 2.5 s and a strip of 10 s at 62 bpm: some 40 beats of three waves.
  await expect.poll(async () => Number(await plot.getAttribute('data-bands'))).toBeGreaterThan(90);
});

test('ST elevation is told first, whatever the network says, and its limit follows age and sex', async ({
  app,
  page,
}) => {
  await app.open('backend=wasm&demo=anterior-stemi');
  await app.settled();
  const alert = page.getByTestId('alert');
  await expect(alert).toHaveAttribute('data-code', 'ST_ELEVATION');
  await expect(alert).toContainText('V3');
  await page.getByTestId('age').fill('12');
  await expect(alert).toHaveCount(0);
});

test('fibrillation has no P wave and no PR, never a number for them', async ({ app, page }) => {
  await app.open('backend=wasm&demo=atrial-fibrillation');
  await app.settled();
  for (const name of ['prMs', 'pMs']) {
    await expect(page.locator(`[data-testid=measurement][data-name=${name}]`)).toHaveAttribute('data-value', '');
  }
  await expect(page.locator('[data-testid=measurement][data-name=regularity]')).toHaveAttribute(
    'data-value',
    'irregular',
  );
});
