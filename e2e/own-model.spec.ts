import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { demoFiles, expect, test } from './test';

const SHIPPED = 'dist/models/efficientecg';

/** A model of the reader's: the shipped one with every logit moved, under a name of its own. */
async function ownModel(): Promise<{ readonly card: Buffer; readonly weights: Buffer }> {
  const card = JSON.parse(await readFile(join(SHIPPED, 'model.json'), 'utf8'));
  const weights = await readFile(join(SHIPPED, 'weights.bin'));
  const listed = card.weights.manifest[0].weights as { name: string; offset: number; shape: number[] }[];
  const bias = listed.find(({ name }) => name === 'logits.bias');
  // 2 in half precision.
  for (let i = 0; i < (bias?.shape[0] ?? 0); i++) weights.writeUInt16LE(0x4000, (bias?.offset ?? 0) + 2 * i);
  const sha256 = { 'weights.bin': createHash('sha256').update(weights).digest('hex') };
  const own = { ...card, id: 'ours', name: 'The ward’s own network', version: '7.0.0' };
  return { card: Buffer.from(JSON.stringify({ ...own, weights: { ...card.weights, sha256 } })), weights };
}

const zip = (name: string, card: Buffer, weights: Buffer) => ({
  name,
  mimeType: 'application/zip',
  buffer: Buffer.from(zipSync({ 'ours/model.json': card, 'ours/weights.bin': weights })),
});

test('the reader’s own model reads, says so wherever it goes, outlives a lost worker; a hostile one is refused and changes nothing', async ({
  app,
  page,
  server,
}) => {
  const { card, weights } = await ownModel();
  await app.open();
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
  await app.drop(demoFiles('normal'));
  await app.settled();
  await page.getByTestId('age').fill('50');
  await app.settled();
  const bundled = await app.probabilities();
  const served = server.log.length;

  await app.drop([zip('ours.zip', card, weights)]);
  await app.settled();
  const note = page.getByTestId('own-model');
  await expect(note).toContainText('The ward’s own network 7.0.0');
  await expect(page.locator('[data-testid=warning][data-code=OWN_MODEL]')).toBeVisible();
  await expect(page.locator('.run').last()).toContainText('Your own model');
  await expect(page.getByTestId('age')).toHaveValue('50');
  const own = await app.probabilities();
  expect(own.size).toBe(bundled.size);
  expect(own).not.toEqual(bundled);
  await page.getByRole('button', { name: 'About' }).click();
  await expect(page.getByTestId('own-card')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The ward’s own network 7.0.0' })).toBeVisible();
  await page.keyboard.press('Escape');
  const exported = JSON.parse(await app.download('export-json'));
  expect(exported.model).toMatchObject({ id: 'ours', version: '7.0.0', own: true });
  expect(exported.warnings.map(({ code }: { code: string }) => code)).toContain('OWN_MODEL');
  expect(await app.download('export-fhir')).toContain("the reader's own model");

  const [worker] = page.workers();
  await worker?.evaluate(() => void setTimeout(() => self.close()));
  await expect.poll(() => worker && page.workers().includes(worker)).toBe(false);
  await page.getByTestId('age').fill('51');
  await app.settled();
  expect(JSON.parse(await app.download('export-json')).model).toMatchObject({ id: 'ours', own: true });

  const changed = Buffer.from(weights);
  changed[5000] = (changed[5000] ?? 0) ^ 1;
  const elsewhere = card.toString().replace('"paths":["weights.bin"]', '"paths":["https://example.org/w.bin"]');
  const polluting = card.toString().replace(/^\{/, '{"__proto__":{"ran":true},');
  const huge = card.toString().replace('"width":0.5', '"width":50000');
  const marked = card.toString().replace('Normal ECG', '<img src=x onerror=window.ran=1>');
  for (const hostile of [elsewhere, polluting, huge, marked, card.toString()]) {
    await app.drop([zip('hostile.zip', Buffer.from(hostile), hostile === card.toString() ? changed : weights)]);
    await app.settled('error');
    await expect(app.error).toHaveAttribute('data-code', 'MODEL_INVALID');
    await expect(app.error).toHaveText(/^This model [^.]*(model\.json[^.]*)?\.$/);
    await expect(note, 'the model before stays').toContainText('7.0.0');
    await expect(page.getByTestId('plot')).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
  }
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  // The browser itself may look for a new version of the service worker.
  const made = server.log.slice(served).filter((line) => line !== 'GET /service-worker.js');
  expect(made, 'requests while all this was tried').toEqual([]);

  // The patient is changed while the model is.
  for (const age of ['52', '53', '50']) {
    await page.evaluate((typed) => {
      document.querySelector<HTMLButtonElement>('[data-testid=own-model] button')?.click();
      const field = document.querySelector('[data-testid=age]');
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, typed);
      field?.dispatchEvent(new Event('input', { bubbles: true }));
    }, age);
    await app.settled();
    await expect(note).toHaveCount(0);
    await expect(app.error).toHaveCount(0);
    if (age === '50') break;
    await app.drop([zip('ours.zip', card, weights)]);
    await app.settled();
  }
  await expect.poll(() => app.probabilities()).toEqual(bundled);
  await expect(page.locator('[data-testid=warning][data-code=OWN_MODEL]')).toHaveCount(0);

  // As a folder, with an ECG beside it.
  const folder = await mkdtemp(join(tmpdir(), 'own-'));
  await mkdir(join(folder, 'model'));
  await writeFile(join(folder, 'model', 'model.json'), card);
  await writeFile(join(folder, 'model', 'weights.bin'), weights);
  for (const [i, path] of demoFiles('lbbb').entries()) {
    await writeFile(join(folder, `lbbb.${['hea', 'dat'][i]}`), await readFile(path));
  }
  await page.getByTestId('folder-input').setInputFiles(folder);
  await expect(note).toContainText('7.0.0');
  await app.settled();
  await expect(page.locator('.run').last()).toContainText('Your own model');
  expect(JSON.parse(await app.download('export-json')).source.name).toContain('lbbb');
  await rm(folder, { recursive: true });
});
