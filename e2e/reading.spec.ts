import { readFileSync } from 'node:fs';
import { demoFiles, expect, test } from './test';

const card = JSON.parse(readFileSync('public/models/efficientecg/model.json', 'utf8'));

test('a clinician drops a WFDB pair and sees patient, trace, measurements and findings', async ({ app, page }) => {
  await app.open();
  await app.drop([...demoFiles('normal')].reverse());
  await app.settled();

  await expect(page.getByTestId('age')).toHaveValue('38');
  await expect(page.getByTestId('sex')).toHaveValue('female');
  const plot = page.getByTestId('plot');
  await expect(plot).toHaveAttribute('data-mm-per-s', '25');
  await expect(plot).toHaveAttribute('data-mm-per-mv', '10');
  const rate = page.locator('[data-testid=measurement][data-name=heartRateBpm]');
  expect(Number(await rate.getAttribute('data-value'))).toBeGreaterThan(63);
  expect(Number(await rate.getAttribute('data-value'))).toBeLessThan(69);

  await expect(page.getByTestId('finding')).toHaveCount(card.labels.length);
  expect((await app.probabilities()).size).toBe(card.labels.length);
  for (const finding of await page.getByTestId('finding').all()) {
    await expect(finding).toHaveAttribute('data-status', /^(present|absent)$/);
  }
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  await expect(page.getByTestId('quality-network')).toHaveAttribute('data-agrees', 'true');
  await expect(page.locator('.notice')).toBeVisible();
});

test('findings follow an edit of age and sex at once, and back again', async ({ app, page }) => {
  await app.open();
  await app.drop(demoFiles('lvh'));
  await app.settled();
  const before = await app.probabilities();

  await page.getByTestId('age').fill('25');
  await page.getByTestId('sex').selectOption('female');
  await expect.poll(async () => (await app.probabilities()).get('NORM')).not.toBe(before.get('NORM'));
  await app.settled();

  await page.getByTestId('age').fill('62');
  await page.getByTestId('sex').selectOption('male');
  await expect.poll(async () => [...(await app.probabilities())]).toEqual([...before]);

  // The reader's own prevalence moves one statement, says so, and is taken back.
  await page.getByTestId('prevalence').locator('summary').click();
  await page.getByTestId('prevalence-LVH').fill('0.1');
  await page.getByTestId('prevalence-apply').click();
  await expect.poll(async () => (await app.probabilities()).get('LVH')).toBeLessThan(before.get('LVH') ?? 0);
  await expect(app.finding('LVH').getByTestId('shift')).toContainText('0.1 %');
  await expect(page.locator('[data-testid=warning][data-code=PREVALENCE_SET]')).toContainText('LVH');
  await page.getByTestId('prevalence-reset').click();
  await expect.poll(async () => [...(await app.probabilities())]).toEqual([...before]);

  await page.getByTestId('age').fill('');
  await page.getByTestId('sex').selectOption('unknown');
  await expect.poll(async () => (await app.probabilities()).get('NORM')).not.toBe(before.get('NORM'));
});

test('under 18 years nothing is assessed, and the page says why', async ({ app, page }) => {
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  await page.getByTestId('age').fill('12');
  await expect(app.finding('NORM')).toHaveAttribute('data-status', 'notAssessed');
  await expect(app.finding('AFIB')).toHaveAttribute('data-probability', '');
  await expect(page.getByTestId('findings')).toContainText('under 18 years');
});

test('one lead: rhythm is read, what needs the others is not', async ({ app, page }) => {
  await app.open('backend=wasm&demo=single-lead');
  await app.settled();
  await expect(app.finding('AFIB')).toHaveAttribute('data-status', /present|absent/);
  await expect(app.finding('CLBBB')).toHaveAttribute('data-status', 'notAssessed');
  await expect(app.finding('CLBBB')).toContainText('missing');
  await expect(app.finding('A')).toHaveAttribute('data-status', 'present');
  await expect(app.finding('N')).toHaveAttribute('data-status', 'absent');
  await expect(app.finding('~')).toHaveAttribute('data-status', 'absent');
  await expect(page.locator('[data-testid=warning][data-code=SINGLE_LEAD]')).toContainText('AliveCor');
});

test('what is exported is what is shown and what was recorded', async ({ app, page }) => {
  await app.open();
  await app.drop(demoFiles('atrial-fibrillation'));
  await app.settled();
  const analysis = JSON.parse(await app.download('export-json'));
  expect(analysis).toMatchObject({
    schema: 'efficientecg.analysis/1',
    source: { name: 'atrial-fibrillation.hea', format: 'wfdb', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    recording: { samplingRateHz: 500, durationS: 10 },
    patient: { ageYears: 74, sex: 'male', ageOrigin: 'file', sexOrigin: 'file' },
    model: { id: card.id, version: card.version, backend: 'wasm' },
    error: null,
  });
  const shown = await app.probabilities();
  for (const { code, probability } of analysis.findings)
    expect(probability).toBeCloseTo(shown.get(code) ?? Number.NaN, 6);

  const rows = (await app.download('export-csv')).trim().split('\n');
  expect(rows[0]).toBe('time_s,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6');
  expect(rows).toHaveLength(5001);
  const dat = readFileSync('dist/demos/atrial-fibrillation.dat');
  const row = (rows[1234] ?? '').split(',').slice(1).map(Number);
  expect(row).toEqual(row.map((_, lead) => dat.readInt16LE(2 * (12 * 1233 + lead)) / 1000));

  await app.drop([{ name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) }]);
  await app.settled();
  await page.getByTestId('age').fill('74');
  await page.getByTestId('sex').selectOption('male');
  await expect
    .poll(async () => (await app.probabilities()).get('AFIB'))
    .toBeCloseTo(shown.get('AFIB') ?? Number.NaN, 3);
});

test('a file that cannot be read is one clear sentence, and what was open stays open', async ({ app, page }) => {
  await app.open();
  await app.drop(demoFiles('rbbb'));
  await app.settled();
  const before = await app.probabilities();

  await app.drop(demoFiles('lbbb').slice(0, 1));
  await app.settled('error');
  await expect(app.error).toHaveAttribute('data-code', 'MISSING_PART');
  await expect(app.error).toContainText('lbbb.dat');

  await app.drop([{ name: 'a.dcm', mimeType: 'application/dicom', buffer: Buffer.from(`${'\0'.repeat(128)}DICM`) }]);
  await app.settled('error');
  await expect(app.error).toHaveAttribute('data-code', 'UNSUPPORTED_FORMAT');
  expect([...(await app.probabilities())]).toEqual([...before]);
  await expect(page.getByTestId('age')).toHaveValue('66');
});

test('a table without a rate asks for it, and reads on with the answer', async ({ app, page }) => {
  const rows = Array.from({ length: 3000 }, (_, i) => (i % 240 === 0 ? 1.1 : 0.02 * Math.sin(i / 30)).toFixed(3));
  await app.open();
  await app.drop([{ name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(`II (mV)\n${rows.join('\n')}\n`) }]);
  await app.settled('error');
  await expect(app.error).toHaveAttribute('data-code', 'NEEDS_INPUT');
  await page.getByTestId('question-rate').fill('300');
  await page.getByTestId('question-submit').click();
  await app.settled();
  const rate = page.locator('[data-testid=measurement][data-name=heartRateBpm]');
  await expect(rate).toHaveAttribute('data-value', /^75(\.|$)/);
});

test('a new file clears what was entered for the one before', async ({ app, page }) => {
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();
  await page.getByTestId('age').fill('91');
  await app.drop(demoFiles('rbbb'));
  await app.settled();
  await expect(page.getByTestId('age')).toHaveValue('66');
});

test('chaos in all leads says to look at the patient, and the network says nothing', async ({ app, page }) => {
  const rows = Array.from({ length: 5000 }, () => Array(12).fill('0').join(','));
  const leads = 'I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6';
  const table = [`time_s,${leads}`, ...rows.map((row, i) => `${i / 500},${row}`)].join('\n');
  await app.open();
  await app.drop([{ name: 'flat.csv', mimeType: 'text/csv', buffer: Buffer.from(table) }]);
  await app.settled();
  await expect(page.getByTestId('alert')).toHaveAttribute('data-code', 'NO_RHYTHM');
  await expect(page.getByTestId('alerts')).toContainText('look at the patient');
  expect((await app.probabilities()).size).toBe(0);
});
