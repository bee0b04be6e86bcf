import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { bytesOf, openFiles } from '../src/formats';
import { demoFiles, expect, test } from './test';

/** A demo's samples as lines of whole µV. */
async function microvolts(id: string): Promise<readonly string[]> {
  const files = demoFiles(id).map(async (path) => bytesOf(basename(path), Uint8Array.from(await readFile(path))));
  const [outcome] = await openFiles(await Promise.all(files));
  if (!outcome || !('recording' in outcome)) throw new Error('not read');
  const { recording } = outcome;
  const leads = await Promise.all(recording.channels.map(({ sampleCount }, n) => recording.samples(n, 0, sampleCount)));
  return Array.from(leads[0] ?? [], (_, row) => leads.map((lead) => Math.round(1000 * (lead[row] ?? 0))).join(','));
}

const csv = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

test('a table of bare numbers: one form asks rate, unit and leads, shows them, and reads all files of the drop', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop(demoFiles('lbbb'));
  await app.settled();
  await page.getByTestId('age').fill('');
  await page.getByTestId('sex').selectOption('unknown');
  await app.settled();
  const known = await app.probabilities();

  const lines = await microvolts('lbbb');
  await app.drop([csv('one.csv', lines), csv('two.csv', lines.slice(0, 2500))]);
  await app.settled('error');
  await expect(app.error).toHaveAttribute('data-code', 'NEEDS_INPUT');
  const form = page.getByTestId('question');
  await expect(form).toHaveAttribute('data-missing', 'rate unit leads');
  await expect(page.getByTestId('preview-row')).toHaveCount(12);
  const leads = page.getByTestId('question-lead');
  await expect(leads.nth(3)).toHaveValue('aVR');
  await expect(leads.nth(3).locator('option:checked')).toHaveText('aVR (guess)');

  await page.getByTestId('question-rate').fill('500');
  await page.getByTestId('question-unit').selectOption('uV');
  await leads.nth(3).selectOption('I');
  await page.getByTestId('question-submit').click();
  await expect(page.getByTestId('question-twice')).toHaveText('Lead I is chosen twice.');
  await leads.nth(3).selectOption('aVR');
  await page.getByTestId('question-submit').click();
  await expect(page.locator('[data-testid=batch-row][data-state=done][data-file$=".csv"]')).toHaveCount(2);
  await app.settled();
  await expect(form).toHaveCount(0);
  const read = await app.probabilities();
  expect(known.size).toBeGreaterThan(0);
  for (const [code, probability] of known) expect(read.get(code)).toBeCloseTo(probability, 3);
  await expect(page.locator('[data-warning=LEAD_RENAMED], [data-code=LEAD_RENAMED]').first()).toContainText('aVR');
});

test('a table that only names no leads opens at once, and the page asks beside it', async ({ app, page }) => {
  const lines = await microvolts('lbbb');
  const heading = Array.from({ length: 12 }, (_, n) => `ch${n + 1} (uV)`).join(',');
  await app.open();
  await app.drop([csv('channels.csv', [`time_s,${heading}`, ...lines.map((line, row) => `${row / 500},${line}`)])]);
  await app.settled();
  expect((await app.probabilities()).size).toBe(0);
  await expect(app.error).toHaveCount(0);
  await expect(page.getByTestId('question')).toHaveAttribute('data-missing', 'leads');
  await page.getByTestId('question-submit').click();
  await expect.poll(async () => (await app.probabilities()).size).toBeGreaterThan(0);
  await app.settled();
  await expect(page.getByTestId('question')).toHaveCount(0);
});
