import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { demoFiles, expect, test } from './test';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA, each as its rule and the place. */
async function faults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(
    (tags) => (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run({ runOnly: tags }),
    TAGS,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

test('axe finds nothing: empty page, reading, dialogs, table; light, dark and on a phone', async ({ app, page }) => {
  await app.open();
  expect(await faults(page)).toEqual([]);
  await app.drop(demoFiles('anterior-stemi'));
  await app.settled();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faults(page), colorScheme).toEqual([]);
  }
  await page.getByRole('button', { name: 'About' }).click();
  expect(await faults(page), 'dialog').toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Compare with…' }).click();
  expect(await faults(page), 'choosing another ECG').toEqual([]);
  await page.getByTestId('other-input').setInputFiles([...demoFiles('normal')]);
  await page.getByTestId('same-patient').click();
  expect(await faults(page), 'comparison').toEqual([]);
  await page.getByRole('button', { name: 'Back to the reading' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await app.drop([...demoFiles('normal'), ...demoFiles('lbbb').slice(0, 1)]);
  await app.settled();
  expect(await faults(page), 'table on a phone').toEqual([]);
  const parts = page.locator('.patient, .sheet-panel, .panel, .median-beats, .report');
  await expect(parts).toHaveCount(5);
  const places = await parts.evaluateAll((all) => all.map((part) => Math.round(part.getBoundingClientRect().top)));
  expect(places, 'what comes next in the document comes next on the page').toEqual([...places].sort((a, b) => a - b));
});

test('who cannot see the trace is told what it shows, and every key is on one sheet', async ({ app, page }) => {
  await app.open();
  await app.drop(demoFiles('lbbb'));
  await app.settled();
  const description = page.getByTestId('ecg-description');
  await expect(description).toContainText(/Ventricular rate \d+ bpm/);
  await expect(page.getByTestId('plot')).toHaveAttribute(
    'aria-describedby',
    (await description.getAttribute('id')) ?? '',
  );
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet).toBeVisible();
  await expect(sheet.getByRole('row')).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});
