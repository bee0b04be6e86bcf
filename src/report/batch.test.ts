import { expect, test } from 'vitest';
import { NO_REPORT_EDITS, type Reading, UNKNOWN_PATIENT } from '../ecg';
import { readingOf } from '../ecg/testing/reading';
import { ENGLISH } from '../words';
import { batchCsv } from './batch-csv';
import { addStatement, confirmReport } from './written';

const failed = (name: string, message: string) =>
  readingOf(name, {
    source: { name, format: null, bytes: 0, sha256: null },
    patient: { ...UNKNOWN_PATIENT, ageYears: 63, sex: 'female' },
    error: { code: 'CORRUPT_FILE', message, detail: {} },
  });

test('a batch is a table with one row a recording, and no cell can be a formula or a further column', () => {
  const rows = batchCsv([
    failed('=HYPERLINK("http://x")', 'No, "really".'),
    failed(' +1.csv', '@SUM(A1)'),
    failed('a\nb', '-1'),
  ]);
  expect(rows[0]).toMatch(/^file,format,.*,age_years,sex,.*,error_code,error\n$/);
  expect(rows[1]).toBe(
    `"'=HYPERLINK(""http://x"")",,,,,63,female,,,,,,,,,,,,,,,,,,"${ENGLISH.notice}",CORRUPT_FILE,"No, ""really""."\n`,
  );
  expect(rows[2]).toMatch(/^' \+1\.csv,.*,'@SUM\(A1\)\n$/);
  expect(rows[3]).toMatch(/^"a\nb",.*,'-1\n$/);
});

test('a row says by which model and thresholds, and whether a reader confirmed it', () => {
  const read: Reading = {
    ...failed('a.hea', ''),
    error: null,
    model: { id: 'efficientecg', version: '1.2.3', weightsSha256: 'abc', backend: 'wasm', inferenceMs: 1 },
  };
  const edits = confirmReport(
    read,
    addStatement(NO_REPORT_EDITS, 'rhythm', 'Mine.'),
    'Dr. Who',
    '2026-01-01T00:00:00Z',
  );
  const [, confirmed, unconfirmed] = batchCsv([read, read], [edits, NO_REPORT_EDITS]);
  expect(confirmed).toContain(`efficientecg 1.2.3,abc,,confirmed,1,"${ENGLISH.notice}"`);
  expect(unconfirmed).toContain(`efficientecg 1.2.3,abc,,UNCONFIRMED,0,"${ENGLISH.notice}"`);
});
