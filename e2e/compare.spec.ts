import { simulate } from '../src/simulator';
import { toWfdb } from '../src/simulator/wfdb';
import { demoFiles, expect, test } from './test';

const scenario = (name: string, kind: Parameters<typeof simulate>[0], sex: 'female' | 'male') => {
  const { hea, dat } = toWfdb(name, simulate(kind, { durationS: 10 }), { ageYears: 63, sex, simulated: 'x' });
  return [
    { name: `${name}.hea`, mimeType: 'text/plain', buffer: Buffer.from(hea) },
    { name: `${name}.dat`, mimeType: 'application/octet-stream', buffer: Buffer.from(dat) },
  ];
};

test('a reader compares two ECGs of a patient: numbers, beats over one another, the sentence in the report', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop(scenario('now', 'first-degree-av-block', 'male'));
  await app.settled();
  await page.getByLabel('ID', { exact: true }).fill('P-17');
  await page.getByLabel('Acquired').fill('2024-05-06T10:30');
  await page.getByLabel('Acquired').blur();

  await page.getByRole('button', { name: 'Compare with…' }).click();
  await page.getByTestId('other-input').setInputFiles(scenario('before', 'sinus', 'male'));
  const comparison = page.getByTestId('comparison-page');
  await expect(comparison).toBeVisible();
  // Neither file says whose it is: nobody pretends to know.
  await expect(page.getByTestId('identity-unknown')).toBeVisible();

  const pr = page.getByTestId('changes').locator('[data-name=prMs]');
  expect(Number(await pr.getAttribute('data-change'))).toBeGreaterThan(60);
  await expect(page.getByTestId('statement-changes').locator('[data-code="1AVB"]')).toHaveAttribute(
    'data-stated-here',
    'true',
  );
  await expect(page.getByTestId('st-changes').locator('tbody tr')).toHaveCount(12);
  await expect(page.getByTestId('superposed')).toHaveCount(12);
  await expect(page.getByTestId('superposed').locator('.beat-beneath')).toHaveCount(12);
  // Side by side, at one scale.
  const [here, there] = await page.getByTestId('comparison-ecg').all();
  const [a, b] = [await here?.boundingBox(), await there?.boundingBox()];
  expect(a?.y).toBe(b?.y);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole('button', { name: 'Back to the reading' }).click();
  const section = page.getByTestId('report').locator('[data-section=comparison]');
  await expect(section).toContainText(
    /Compared with the ECG of unknown time \(before\.hea\): rate \d+ bpm \(there \d+\)/,
  );
  await expect(section).toContainText('whether they are of one patient is not known');
  const exported = JSON.parse(await app.download('export-json'));
  expect(exported.comparison.with.file).toBe('before.hea');

  await page.getByTestId('comparison').click();
  await page.keyboard.press('Escape');
  await expect(comparison).toHaveCount(0);
  await page.getByTestId('comparison').click();
  await page.getByTestId('end-comparison').click();
  await expect(section).toHaveCount(0);
});

test('two ECGs that differ in sex are compared only once the reader says that they are one patient', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop([...scenario('hers', 'sinus', 'female'), ...scenario('his', 'lbbb', 'male')]);
  await app.settled();
  await page.getByRole('button', { name: 'Compare with…' }).click();
  await page.getByTestId('compare-open').click();
  await expect(page.getByTestId('comparison-identity')).toHaveAttribute('data-differing', 'sex');
  await expect(page.getByTestId('changes')).toHaveCount(0);
  await page.getByRole('button', { name: 'Do not compare' }).click();
  await expect(page.getByTestId('report')).not.toContainText('Compared with');

  await page.getByRole('button', { name: 'Compare with…' }).click();
  await page.getByTestId('compare-open').click();
  await page.getByTestId('same-patient').click();
  await expect(page.getByTestId('changes')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the reading' }).click();
  await expect(page.getByTestId('report')).toContainText("They differ in sex; the reader took them for one patient's.");
});

test('the other ECG comes from the history, as it was left there', async ({ app, page }) => {
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByTestId('history-on').click();
  await page.keyboard.press('Escape');
  await page.getByLabel('ID', { exact: true }).fill('P-17');
  await page.getByLabel('Acquired').fill('2019-03-02T09:00');
  await page.getByLabel('Acquired').blur();
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByTestId('history-row')).toContainText('P-17');
  await expect(page.getByTestId('history')).toHaveAttribute('data-kept', 'true');
  await page.keyboard.press('Escape');

  await app.drop(demoFiles('lbbb'));
  await app.settled();
  await page.getByLabel('ID', { exact: true }).fill('p-17');
  await page.getByLabel('Acquired').fill('2024-05-06T10:30');
  await page.getByLabel('Acquired').blur();
  await page.getByTestId('sex').selectOption('unknown');
  await app.settled();
  await page.getByRole('button', { name: 'Compare with…' }).click();
  await page.getByTestId('compare-kept').filter({ hasText: 'Compare' }).last().click();
  await expect(page.getByTestId('comparison-page')).toHaveAttribute('data-order', 'earlier');
  await expect(page.getByTestId('comparison-identity')).toContainText('The same on both: ID');
  await page.getByRole('button', { name: 'Back to the reading' }).click();
  await expect(page.getByTestId('report')).toContainText('Compared with the earlier ECG of 2019-03-02, 09:00');
});
