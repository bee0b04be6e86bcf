import { readFile } from 'node:fs/promises';
import { type App, demoFiles, expect, test } from './test';

const dialog = (app: App) => app.page.getByTestId('history');
const openHistory = (app: App) => app.page.getByRole('button', { name: 'History' }).click();
const closeDialog = (app: App) => app.page.keyboard.press('Escape');
const databases = (app: App) => app.page.evaluate(async () => (await indexedDB.databases()).length);

test('a history is off until it is switched on, survives a reload with every edit, and is gone when it is wiped', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop(demoFiles('lbbb'));
  await app.settled();
  expect(await databases(app)).toBe(0);

  await openHistory(app);
  await page.getByTestId('history-on').click();
  await closeDialog(app);
  await page.getByLabel('Name', { exact: true }).fill('Doe, Jane');
  await page.getByTestId('age').fill('71');
  await app.settled();
  await openHistory(app);
  const row = page.getByTestId('history-row');
  await expect(row).toContainText('Doe, Jane');
  await row.getByLabel(/Note on/).fill('seen by Roe');
  await page.getByLabel('Search the history').fill('nobody');
  await expect(row).toHaveCount(0);
  await page.getByLabel('Search the history').fill('jane roe');
  await expect(row).toHaveCount(1);
  await expect(dialog(app)).toHaveAttribute('data-kept', 'true');
  const before = await app.probabilities();

  await page.reload();
  await expect(app.status).toHaveAttribute('data-state', 'idle');
  await openHistory(app);
  await expect(row.getByLabel(/Note on/)).toHaveValue('seen by Roe');
  await page.getByTestId('history-open').click();
  await app.settled();
  await expect(page.getByTestId('age')).toHaveValue('71');
  await expect.poll(() => app.probabilities()).toEqual(before);

  await openHistory(app);
  const [zip] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export all' }).click(),
  ]);
  expect(zip.suggestedFilename()).toBe('ecg-history.zip');
  await page.getByTestId('history-wipe').click();
  await page.getByTestId('history-wipe').click();
  await expect(dialog(app)).toHaveAttribute('data-state', 'off');
  expect(await databases(app)).toBe(0);
});

test('an encrypted history opens with its passphrase alone; a damaged record takes no other along', async ({
  app,
  page,
}) => {
  await app.open();
  await openHistory(app);
  await page.getByLabel(/^Passphrase/).fill('correct horse');
  await page.getByLabel(/once more/).fill('correct horse');
  await page.getByTestId('history-on').click();
  await expect(dialog(app)).toHaveAttribute('data-state', 'open');
  await closeDialog(app);
  for (const id of ['lbbb', 'rbbb']) {
    await app.drop(demoFiles(id));
    await app.settled();
    await openHistory(app);
    await expect(page.getByTestId('history-row')).toHaveCount(id === 'lbbb' ? 1 : 2);
    await closeDialog(app);
  }

  await page.reload();
  await openHistory(app);
  await expect(dialog(app)).toHaveAttribute('data-state', 'locked');
  await page.getByLabel('Passphrase').fill('wrong horse');
  await page.getByTestId('history-unlock').click();
  await expect(dialog(app).getByRole('alert')).toHaveText('This is not the passphrase of the history.');
  await page.getByLabel('Passphrase').fill('correct horse');
  await page.getByTestId('history-unlock').click();
  const rows = page.getByTestId('history-row');
  await expect(rows).toHaveCount(2);

  // One record is overwritten by another program: it says so, the other one opens.
  await page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('efficientecg-history');
      request.onsuccess = () => resolve(request.result);
    });
    const store = opened.transaction('heads', 'readwrite').objectStore('heads');
    const keys = await new Promise<IDBValidKey[]>((resolve) => {
      const request = store.getAllKeys();
      request.onsuccess = () => resolve(request.result);
    });
    await new Promise<void>((resolve) => {
      const request = store.put({ iv: new Uint8Array(12), data: new ArrayBuffer(40) }, keys[0]);
      request.onsuccess = () => resolve();
    });
    opened.close();
  });
  await page.getByTestId('history-lock').click();
  await page.getByLabel('Passphrase').fill('correct horse');
  await page.getByTestId('history-unlock').click();
  await expect(page.locator('[data-testid=history-row][data-damaged=true]')).toContainText('damaged');
  await page.getByTestId('history-open').click();
  await app.settled();
});

test('an encrypted history locks itself after 15 minutes without a key, and the open ECG stays', async ({
  app,
  page,
}) => {
  await page.clock.install();
  await app.open();
  await openHistory(app);
  await page.getByLabel(/^Passphrase/).fill('correct horse');
  await page.getByLabel(/once more/).fill('correct horse');
  await page.getByTestId('history-on').click();
  await expect(dialog(app)).toHaveAttribute('data-state', 'open');
  await closeDialog(app);
  await app.drop(demoFiles('lbbb'));
  await app.settled();
  await page.clock.runFor('14:00');
  await expect(dialog(app)).toHaveAttribute('data-state', 'open');
  await page.clock.runFor('01:30');
  await expect(dialog(app)).toHaveAttribute('data-state', 'locked');
  await expect(page.getByTestId('history-row')).toHaveCount(0);
  await expect(page.getByTestId('finding').first()).toBeVisible();
});

test.describe('a full disk', () => {
  // Without the page's own files in the browser, so that the quota is the history's.
  test.use({ serviceWorkers: 'block' });

  test('keeps the ECG open and says why it is not in the history', async ({ app, page }) => {
    await app.open();
    await openHistory(app);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1_000_000 });
    await page.getByTestId('history-on').click();
    await expect(dialog(app)).toHaveAttribute('data-state', 'open');
    await closeDialog(app);
    // A .dat that goes on behind its recording: three megabytes to keep.
    const [header, dat] = await Promise.all(demoFiles('pvc').map((path) => readFile(path)));
    await app.drop([
      { name: 'pvc.hea', mimeType: '', buffer: header ?? Buffer.alloc(0) },
      { name: 'pvc.dat', mimeType: '', buffer: Buffer.concat([dat ?? Buffer.alloc(0), Buffer.alloc(3_000_000)]) },
    ]);
    await expect(app.error).toContainText('no room left');
    await expect(page.getByTestId('plot')).toBeVisible();
    await expect(page.getByTestId('finding').first()).toBeVisible();
    await openHistory(app);
    await expect(page.getByTestId('history-row')).toHaveCount(0);
  });
});
