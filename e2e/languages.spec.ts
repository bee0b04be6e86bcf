import type { Page } from '@playwright/test';
import { expect, test } from './test';

/** English that would stand on the page if a sentence were forgotten. */
const ENGLISH =
  /\b(the|network|threshold|measured|measurable|present|absent|not|with|rate|beats?|leads?|normal ECG|elevation|Open|Report|Quality)\b/;

/** What a reader sees and hears, without what keeps its own name: files, the model and its card, languages. */
const spokenText = (page: Page) =>
  page.evaluate(() => {
    const root = document.getElementById('root')?.cloneNode(true) as HTMLElement;
    for (const kept of root.querySelectorAll('[lang=en], [data-testid=language]')) kept.remove();
    const spoken = [...root.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    );
    return (
      [root.textContent ?? '', ...spoken]
        .join('\n')
        // Networks keep the names of their cards.
        .replaceAll(/EfficientECG, 12 leads with age and sex|Quality of a 12-lead ECG/g, '')
        .replaceAll(/[\w-]+\.(hea|js|json)/g, '')
    );
  });

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('a German cardiologist reads a left bundle branch block on a phone, and a Chinese colleague goes on', async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open('backend=wasm&lang=de');
  await expect(app.status).toHaveAttribute('data-state', 'idle', { timeout: 90_000 });
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('EKG hier ablegen');
  expect(await spokenText(page)).not.toMatch(ENGLISH);

  // The other languages are fetched while nothing is open; from then on changing the language asks for nothing.
  const fetched = () =>
    page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /\/zh-[^/]*\.js/.test(name)));
  await expect.poll(fetched).toBe(true);
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
  await page.locator('[data-demo=lbbb]').click();
  await app.settled();
  await page.getByTestId('show-waves').click();
  await expect(app.finding('CLBBB')).toContainText('Kompletter Linksschenkelblock');
  await expect(page.getByTestId('alert').first()).toContainText('ST-Hebung in V1');
  await expect(page.getByTestId('report')).toContainText('QRS-Dauer');
  await expect(page.getByTestId('report-status')).toHaveText('NICHT BESTÄTIGT');
  await expect(page.getByTestId('warning').first()).toContainText('Simuliertes EKG, von keinem Patienten');
  const german = await spokenText(page);
  expect(german).not.toMatch(ENGLISH);
  expect(german).toMatch(/\d,\d+ mV/);
  expect(await overflow(page)).toBe(0);

  await page.getByTestId('report-confirm').click();
  const made = await page.getByTestId('requests').getAttribute('data-count');
  await page.getByTestId('language').selectOption('zh');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh');
  await expect(app.finding('CLBBB')).toContainText('完全性左束支传导阻滞');
  await expect(page.getByTestId('alert').first()).toContainText('ST 段抬高');
  await expect(page.getByTestId('report-status')).toHaveAttribute('data-confirmed', 'true');
  expect(await spokenText(page)).not.toMatch(ENGLISH);
  expect(await overflow(page)).toBe(0);

  // Nothing was asked for and nothing stored: the language stands in the address.
  expect(await page.getByTestId('requests').getAttribute('data-count')).toBe(made);
  expect(new URL(page.url()).searchParams.get('lang')).toBe('zh');
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);

  // Machines read English, whatever the page speaks; FHIR says its language.
  const analysis = JSON.parse(await app.download('export-json'));
  expect(analysis.alerts[0].message).toMatch(/^ST elevation in V1/);
  expect(analysis.report.status).toBe('confirmed');
  const fhir = await app.download('export-fhir');
  expect(fhir).toContain('"language": "zh"');
  expect(fhir).toContain('完全性左束支传导阻滞');
  expect(await app.download('export-pdf')).toMatch(/^%PDF/);
});

test('the browser’s own language is taken where the address names none, with its way to write numbers', async ({
  browser,
  server,
}) => {
  const page = await browser.newPage({ locale: 'es-MX' });
  await page.goto(`${server.url}?backend=wasm`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Suelte aquí un ECG');
  await page.close();
});
