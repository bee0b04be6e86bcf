import { simulate } from '../src/simulator';
import { toWfdb } from '../src/simulator/wfdb';
import { expect, test } from './test';

test('a long recording shows its rate over time, and a click opens the sheet at that window', async ({ app, page }) => {
  const simulated = simulate('atrial-fibrillation', { durationS: 60 });
  const { hea, dat } = toWfdb('long', simulated, { ageYears: 70, sex: 'male', simulated: 'one minute' });
  await app.open();
  await app.drop([
    { name: 'long.hea', mimeType: 'text/plain', buffer: Buffer.from(hea) },
    { name: 'long.dat', mimeType: 'application/octet-stream', buffer: Buffer.from(dat) },
  ]);
  await app.settled();
  const windows = page.locator('[data-testid=trend] [data-code=rate] [data-testid=trend-window]');
  await expect(windows).toHaveCount(11);
  await windows.nth(4).click();
  await expect(page.getByTestId('page-start')).toHaveAttribute('data-start-s', '20');
  const { trend, findings } = JSON.parse(await app.download('export-json'));
  expect(trend.windows).toHaveLength(11);
  expect(trend.windows[4]).toMatchObject({ startS: 20, durationS: 10, heartRateBpm: expect.any(Number) });
  expect(trend.probabilities.AFIB).toHaveLength(11);

  // By finding: a statement's name leads to the next window in which it is made.
  const row = page
    .locator('[data-testid=trend] .trend-row')
    .filter({ has: page.locator('button') })
    .first();
  const code = (await row.getAttribute('data-code')) ?? '';
  const { threshold } = findings.find((one: { code: string }) => one.code === code);
  await row.locator('button').click();
  await expect(page.getByTestId('page-start')).not.toHaveAttribute('data-start-s', '20');
  const at = Number(await page.getByTestId('page-start').getAttribute('data-start-s'));
  const reached = trend.windows.findIndex(({ startS }: { startS: number }) => startS === at);
  expect(trend.probabilities[code][reached]).toBeGreaterThanOrEqual(threshold);
});

test('a long ECG can be cancelled, says so, and is taken up again', async ({ app, page }) => {
  const simulated = simulate('sinus', { durationS: 300, samplingRateHz: 100 });
  const { hea, dat } = toWfdb('minutes', simulated, { ageYears: 70, sex: 'male', simulated: 'five minutes' });
  await app.open();
  await app.drop([
    { name: 'minutes.hea', mimeType: 'text/plain', buffer: Buffer.from(hea) },
    { name: 'minutes.dat', mimeType: 'application/octet-stream', buffer: Buffer.from(dat) },
  ]);
  await page.getByTestId('cancel-analysis').click();
  await app.settled();
  await expect(page.getByTestId('finding')).toHaveCount(0);
  expect(JSON.parse(await app.download('export-json')).error).toMatchObject({ code: 'ABORTED' });
  // What is entered while nothing is analysed holds when it is.
  await page.getByTestId('age').fill('81');
  await page.getByTestId('resume-analysis').click();
  await app.settled();
  await expect(page.getByTestId('resume-analysis')).toHaveCount(0);
  await expect(page.getByTestId('age')).toHaveValue('81');
  const { error, beatList, patient } = JSON.parse(await app.download('export-json'));
  expect(error).toBeNull();
  expect(patient).toMatchObject({ ageYears: 81, ageOrigin: 'entered' });
  expect(Math.abs(beatList.length - simulated.waves.II.qrs.length)).toBeLessThan(4);
});

test('of a recording of hours a second worker searches parts, and each beat is found once', async ({ app, page }) => {
  const simulated = simulate('sinus', { durationS: 5410, samplingRateHz: 100 });
  const { hea, dat } = toWfdb('hours', simulated, {
    leads: ['II'],
    ageYears: 70,
    sex: 'male',
    simulated: '90 minutes',
  });
  await app.open();
  await app.drop([
    { name: 'hours.hea', mimeType: 'text/plain', buffer: Buffer.from(hea) },
    { name: 'hours.dat', mimeType: 'application/octet-stream', buffer: Buffer.from(dat) },
  ]);
  await app.settled();
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  expect(page.workers()).toHaveLength(Math.min(2, cores));
  const { beatList } = JSON.parse(await app.download('export-json'));
  const steps = beatList.slice(1).map(({ timeS }: { timeS: number }, n: number) => timeS - beatList[n].timeS);
  expect(Math.min(...steps)).toBeGreaterThan(0.4);
  expect(Math.abs(beatList.length - simulated.waves.II.qrs.length)).toBeLessThan(4);
});
