import { series, writeAecg } from '../src/formats/testing/aecg-writer';
import { writeDicom } from '../src/formats/testing/dicom-writer';
import { expect, test } from './test';

const SCRIPT = `<script>window.ran='script'</script><img src=x onerror="window.ran='img'"><svg onload="window.ran='svg'">`;
const FORMULA = "=cmd|' /C calc'!A0";
const ENTITY = '<!DOCTYPE x [<!ENTITY own SYSTEM "file:///etc/passwd"><!ENTITY far SYSTEM "http://example.org/">]>';

/** 10 s of something that beats, in units of the format. */
const values = (height: number) =>
  Array.from({ length: 2500 }, (_, i) => (i % 250 < 8 ? height : Math.round(8 * Math.sin(i / 5))));

const named = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

async function dicom(name: string) {
  const channels = ['1', '2', '61'].map((lead) => ({
    source: [`5.6.3-9-${lead}`, 'SCPECG'] as const,
    values: values(900),
    sensitivity: 1,
    unit: 'uV',
  }));
  const source = writeDicom(name, [{ label: 'RHYTHM', rateHz: 250, channels }], {
    texts: [
      [0x00080080, 'LO', FORMULA],
      [0x00100010, 'PN', SCRIPT],
      [0x00100020, 'LO', `javascript:window.ran='id'`],
    ],
  });
  return Buffer.from(await source.read(0, source.size));
}

async function aecg(name: string) {
  const lead = (code: string) => ({ code: `MDC_ECG_LEAD_${code}`, digits: values(900) });
  const source = writeAecg(
    name,
    [series('RHYTHM', [{ rateHz: 250, leads: [lead('I'), lead('II')] }])],
    `<name>${SCRIPT.replaceAll('<', '&lt;')}</name>`,
  );
  return Buffer.from(await source.read(0, source.size));
}

test('scripts in a DICOM name, in XML, in CSV and in file names, and formulas in cells: nothing runs and nothing is requested', async ({
  app,
  page,
  server,
}) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await app.open();
  await expect(app.status).toHaveAttribute('data-backend', 'wasm');
  await expect(page.getByTestId('offline')).toHaveAttribute('data-state', 'ready');
  const served = server.log.length;

  const rows = values(0.9).map((value, i) => `${i / 250};${value};${value / 2}`);
  await app.drop([
    { name: `${FORMULA}.dcm`, mimeType: '', buffer: await dicom('a.dcm') },
    { name: '<img src=x onerror=ran=1>.xml', mimeType: 'text/xml', buffer: await aecg('a.xml') },
    named('entity.xml', `<?xml version="1.0"?>${ENTITY}<AnnotatedECG xmlns="urn:hl7-org:v3">&own;&far;</AnnotatedECG>`),
    named('table.csv', `time_s;${FORMULA};${SCRIPT.replaceAll(';', ',')}\n${rows.join('\n')}\n`),
  ]);
  await app.settled();
  await expect(page.getByTestId('batch-row')).toHaveCount(4);

  for (const row of await page.getByTestId('batch-row').all()) {
    if ((await row.getAttribute('data-state')) !== 'done') continue;
    await row.locator('button').first().click();
    await app.settled();
    const head = (await app.download('export-csv')).split('\n')[0] ?? '';
    expect(head, 'no cell of the exported signal begins a formula').not.toMatch(/(^|[,;"])[=+@-]/);
  }
  const lines = (await app.download('export-batch-csv')).trim().split('\n');
  expect(lines.some((line) => line.includes(`'${FORMULA}`))).toBe(true);
  for (const line of lines) expect(line, 'no cell of the table begins a formula').not.toMatch(/(^|[,;])"?[=+@]/);
  const analyses = (await app.download('export-batch-jsonl'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(analyses).toHaveLength(4);
  expect(JSON.stringify(analyses)).toContain('onerror');
  expect(JSON.stringify(analyses), 'no file of this computer').not.toContain('root:');

  expect(await page.evaluate(() => 'ran' in window), 'a script of the file').toBe(false);
  expect(await page.locator('img[src=x], svg[onload]').count(), 'markup of the file in the page').toBe(0);
  expect(dialogs).toEqual([]);
  // The browser itself may look for a new version of the service worker.
  expect(server.log.slice(served).filter((line) => line !== 'GET /service-worker.js')).toEqual([]);
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0');
});
