import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { type PageContent, pageContents } from '../src/report/testing/pdf-content';
import { demoFiles, expect, test } from './test';

async function downloaded(page: Page, button: string): Promise<Buffer> {
  await page.getByTestId('save-menu').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  return readFile(await file.path());
}

/** Width of the rhythm strip and millimetres a millivolt in it, from a PDF's own coordinates against the demo's samples. */
async function measured(content: PageContent) {
  const dat = await readFile('dist/demos/normal.dat');
  const lead = Array.from({ length: 5000 }, (_, i) => dat.readInt16LE(2 * (12 * i + 1)) / 1000);
  const widthOf = (path: PageContent['paths'][number]) => (path.at(-1)?.[0] ?? 0) - (path[0]?.[0] ?? 0);
  const strip = content.paths.find((path) => path.length > 1000 && Math.abs(widthOf(path)) > 240) ?? [];
  const startX = strip[0]?.[0] ?? 0;
  const seen = strip.filter(([x]) => x - startX >= 25 && x - startX <= 62.5).map(([, y]) => y);
  const part = lead.slice(500, 1250);
  const mmPerMv = (Math.max(...seen) - Math.min(...seen)) / (Math.max(...part) - Math.min(...part));
  return { mmPerMv, widthMm: Math.abs(widthOf(strip)) };
}

test('an ECG goes out as PDF at true scale, as a picture, as FHIR and on paper; all say UNCONFIRMED', async ({
  app,
  page,
}) => {
  await app.open();
  await app.drop(demoFiles('normal'));
  await app.settled();

  const [pdfPage] = pageContents(await downloaded(page, 'export-pdf'));
  if (!pdfPage) throw new Error('The PDF has no page.');
  const exported = await measured(pdfPage);
  expect(exported.widthMm).toBeCloseTo(249.95, 1);
  expect(exported.mmPerMv).toBeCloseTo(10, 1);
  expect(pdfPage.texts.join(' ')).toMatch(/UNCONFIRMED.*weights SHA-256/);
  expect(pdfPage.texts.join(' ')).toContain('SIMULATED ECG');

  // A name in a script that PDF's standard fonts lack is drawn by the browser, not lost.
  expect(pdfPage.texts.join(' ')).not.toContain('王');
  await page.getByLabel('Name', { exact: true }).fill('王芳');
  await page.getByLabel('ID', { exact: true }).click();
  expect((await downloaded(page, 'export-pdf')).toString('latin1')).toMatch(/\/Subtype\s*\/Image/);

  const png = await downloaded(page, 'export-png');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([3300, 2550]);

  const bundle = JSON.parse(await app.download('export-fhir'));
  expect(bundle.entry[0].resource).toMatchObject({ resourceType: 'DiagnosticReport', status: 'preliminary' });
  expect(bundle.entry[0].resource.conclusion).toContain('UNCONFIRMED');

  const print = await page.pdf({ preferCSSPageSize: true });
  expect(print.toString('latin1').match(/\/Type\s*\/Page\b/g), 'one page').toHaveLength(1);
  // Chromium draws glyphs as paths of their own: the page is where the strip is.
  const drawn = pageContents(print).reduce((most, content) =>
    content.paths.length > most.paths.length ? content : most,
  );
  const onPaper = await measured(drawn);
  expect(onPaper.widthMm).toBeCloseTo(249.95, 1);
  expect(onPaper.mmPerMv).toBeCloseTo(10, 1);

  // The usual beats on a page of their own, where they are asked for.
  await page.getByTestId('print-beats').click();
  const both = await page.pdf({ preferCSSPageSize: true });
  expect(both.toString('latin1').match(/\/Type\s*\/Page\b/g), 'two pages').toHaveLength(2);
});
