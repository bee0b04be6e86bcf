import { expect, test } from 'vitest';
import { type Reading, UNKNOWN_PATIENT } from '../ecg';
import { batchCsv } from './batch-csv';

const failed = (name: string, message: string): Reading => ({
  source: { name, format: null, bytes: 0, sha256: null },
  recording: null,
  patient: { ...UNKNOWN_PATIENT, ageYears: 63, sex: 'female' },
  quality: null,
  measurements: null,
  waves: {},
  beats: [],
  beatList: [],
  pacingSpikes: null,
  medianBeats: [],
  ranges: {},
  alerts: [],
  findings: [],
  model: null,
  warnings: [],
  error: { code: 'CORRUPT_FILE', message, detail: {} },
});

test('a batch is a table with one row a recording, and no cell can be a formula or a further column', () => {
  const rows = batchCsv([
    failed('=HYPERLINK("http://x")', 'No, "really".'),
    failed(' +1.csv', '@SUM(A1)'),
    failed('a\nb', '-1'),
  ]);
  expect(rows[0]).toMatch(/^file,format,.*,age_years,sex,.*,error_code,error\n$/);
  expect(rows[1]).toBe(`"'=HYPERLINK(""http://x"")",,,,,63,female,,,,,,,,,,,,,CORRUPT_FILE,"No, ""really""."\n`);
  expect(rows[2]).toMatch(/^' \+1\.csv,.*,'@SUM\(A1\)\n$/);
  expect(rows[3]).toMatch(/^"a\nb",.*,'-1\n$/);
});
