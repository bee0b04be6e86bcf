import { expect, test } from 'vitest';
import { claimFiles, previewOf } from '.';
import { errorOf, openOne, textFile, warningCodes } from './testing/opened';

/** A table without time, names or unit: `scale` 1 gives decimals that can be mV, 1000 whole numbers that can be anything. */
const table = (columns: number, scale: number) =>
  textFile(
    't.csv',
    Array.from({ length: 40 }, (_, row) =>
      Array.from({ length: columns }, (__, n) => (Math.round(1000 * Math.sin(row / 3 + n)) / 1000) * scale).join(','),
    ).join('\n'),
  );

async function preview(file: ReturnType<typeof textFile>, options = {}) {
  const [claim] = await claimFiles([file]);
  if (!claim) throw new Error('no claim');
  return previewOf(claim, options);
}

test('NEEDS_INPUT says everything that is missing, not the first thing alone', async () => {
  expect((await errorOf([table(12, 1000)], 'NEEDS_INPUT')).detail.missing).toEqual(['rate', 'unit', 'leads']);
  expect((await errorOf([table(12, 1)], 'NEEDS_INPUT')).detail.missing).toEqual(['rate', 'leads']);
  const answered = await errorOf([table(12, 1000)], 'NEEDS_INPUT', { rateHz: 250 });
  expect(answered.detail.missing).toEqual(['unit', 'leads']);
  const named = textFile('t.csv', 'II (mV)\n0.1\n0.2\n0.3\n');
  expect((await errorOf([named], 'NEEDS_INPUT')).detail.missing).toEqual(['rate']);
});

test('the preview shows the first numbers, and guesses leads only where there is a usual order', async () => {
  const twelve = await preview(table(12, 1000));
  expect(twelve.signals.map(({ guess }) => guess).join(' ')).toBe('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6');
  expect([...(twelve.signals[0]?.values.subarray(0, 2) ?? [])]).toEqual([0, 327]);
  expect((await preview(table(8, 1))).signals.map(({ guess }) => guess).join(' ')).toBe('I II V1 V2 V3 V4 V5 V6');
  expect((await preview(table(3, 1))).signals.map(({ guess }) => guess)).toEqual([null, null, null]);
});

test('leads are those that the reader named, and the recording says so', async () => {
  const recording = await openOne([table(3, 1)], { rateHz: 250, leads: ['V1', null, 'II'] });
  expect(recording.channels.map(({ name, lead }) => [name, lead])).toEqual([
    ['V1', 'V1'],
    ['signal 2', null],
    ['II', 'II'],
  ]);
  expect(recording.warnings.find(({ code }) => code === 'LEAD_RENAMED')?.message).toContain('“signal 1” is V1');
  expect(warningCodes(recording)).toContain('LEAD_UNKNOWN');
  const all = await openOne([table(2, 1)], { rateHz: 250, leads: ['I', 'II'] });
  expect(warningCodes(all)).toEqual(['UNIT_ASSUMED', 'LEAD_RENAMED']);
});

test('an answer counts neither against the file nor for another number of signals, and a lead only once', async () => {
  const named = textFile('t.csv', 'I (mV),ch2 (mV)\n0.1,1\n0.2,2\n0.3,3\n');
  const own = await openOne([named], { rateHz: 250, leads: ['V1', 'V2'] });
  expect(own.channels.map(({ lead }) => lead)).toEqual(['I', 'V2']);
  const other = await openOne([table(3, 1)], { rateHz: 250, leads: ['I', 'II'] });
  expect(other.channels.map(({ lead }) => lead)).toEqual([null, null, null]);
  const twice = await openOne([table(2, 1)], { rateHz: 250, leads: ['I', 'I'] });
  expect(twice.channels.map(({ lead }) => lead)).toEqual(['I', null]);
  expect(warningCodes(twice)).toContain('LEAD_DUPLICATE');
});
