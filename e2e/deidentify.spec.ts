import { readFile } from 'node:fs/promises';
import { PDFDocument } from '@cantoo/pdf-lib';
import { statement, writeDicom } from '../src/formats/testing/dicom-writer';
import { pageContents } from '../src/report/testing/pdf-content';
import { type App, demoFiles, expect, test } from './test';

/** An ECG whose file names its patient, dates, hospital and device wherever DICOM has a place for them. */
async function planted(): Promise<Buffer> {
  const values = Array.from({ length: 5000 }, (_, i) => (i % 400 < 15 ? 900 : Math.round(8 * Math.sin(i / 9))));
  const channels = ['1', '2', '61'].map((lead) => ({
    source: [`5.6.3-9-${lead}`, 'SCPECG'] as const,
    values,
    sensitivity: 1,
    unit: 'uV',
  }));
  const source = writeDicom('a.dcm', [{ label: 'RHYTHM', rateHz: 500, channels }], {
    texts: [
      [0x00080020, 'DA', '20191231'],
      [0x0008002a, 'DT', '20191231235958'],
      [0x00080070, 'LO', 'PLANTED maker'],
      [0x00080080, 'LO', 'PLANTED hospital'],
      [0x00081090, 'LO', 'PLANTED model'],
      [0x00100010, 'PN', 'PLANTED^NAME'],
      [0x00100020, 'LO', 'PLANTED-4711'],
      [0x00100030, 'DA', '19231224'],
      [0x00100040, 'CS', 'F'],
      [0x00101010, 'AS', '096Y'],
      [0x00181000, 'LO', 'PLANTED-0815'],
    ],
    annotations: [statement('PLANTED statement')],
  });
  return Buffer.from(await source.read(0, source.size));
}

const TELLING = /PLANTED|planted|2019-?12-?31|1923-?12-?24|Dec(ember)? (19|20)\d\d|\b2[34] Dec|\b31 Dec/;

async function exported(app: App, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const save = app.page.getByTestId(button);
  if (!(await save.isVisible())) await app.page.getByTestId('save-menu').click();
  const [file] = await Promise.all([app.page.waitForEvent('download'), save.click()]);
  const bytes = await readFile(await file.path());
  const name = file.suggestedFilename();
  if (!name.endsWith('.pdf')) return { name, text: bytes.toString('utf8') };
  const pdf = await PDFDocument.load(bytes);
  const texts = pageContents(bytes).flatMap((page) => page.texts);
  return { name, text: [pdf.getTitle(), pdf.getSubject(), ...texts].join(' ') };
}

test('identifiers planted in a file and entered by the reader stay on the usual exports, and none is in a de-identified one', async ({
  app,
  page,
}) => {
  await app.open();
  const file = { name: 'PLANTED-4711.dcm', mimeType: '', buffer: await planted() };
  const demo = await Promise.all(
    demoFiles('normal').map(async (path, i) => ({
      name: `planted.${['hea', 'dat'][i]}`,
      mimeType: '',
      buffer:
        i === 0 ? Buffer.from((await readFile(path, 'utf8')).replaceAll('normal', 'planted')) : await readFile(path),
    })),
  );
  await app.drop([file, ...demo]);
  await app.settled();
  await page.locator('[data-testid=batch-row][data-file="PLANTED-4711.dcm"] button').first().click();
  await app.settled();
  const alone = ['export-pdf', 'export-fhir', 'export-json'];
  for (const button of alone) {
    const { name, text } = await exported(app, button);
    expect(name, button).toContain('PLANTED');
    expect(text, button).toMatch(TELLING);
  }
  await page.getByTestId('save-menu').click();
  await page.getByTestId('deidentify').check();
  for (const button of [...alone, 'export-csv', 'export-batch-csv', 'export-batch-jsonl']) {
    const { name, text } = await exported(app, button);
    expect(name, button).not.toMatch(TELLING);
    expect(text, button).not.toMatch(TELLING);
    if (alone.includes(button)) expect(text, button).toContain('De-identified after DICOM PS3.15');
  }
  const json = JSON.parse((await exported(app, 'export-json')).text);
  expect(json.patient).toMatchObject({ id: null, name: null, birthDate: null, ageYears: 90, sex: 'female' });
});
