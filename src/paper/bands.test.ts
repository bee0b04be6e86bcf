import { expect, test } from 'vitest';
import type { EcgLead, Lead } from '../ecg';
import { annotationLabels } from './annotations';
import { beatLabels, ticks, waveBands } from './bands';
import { STANDARD_ARRANGEMENT } from './layouts';
import { arrange } from './sheet';
import { STANDARD_SCALE } from './units';

const leads = (['I', 'II'] as const).map(
  (lead: Lead) => ({ name: lead, lead, unit: 'mV', derived: false }) satisfies Partial<EcgLead>,
);
const sheet = arrange(
  leads,
  { ...STANDARD_ARRANGEMENT, layout: '12x1' },
  { startS: 10, durationS: 10 },
  STANDARD_SCALE,
);
const qrs = (onset: number, offset: number) => ({ p: [], qrs: [{ onset, peak: onset, offset }], t: [] });

test("a wave stands on its lead, 25 mm a second from the page's start", () => {
  const [band, ...others] = waveBands(sheet, leads, { II: qrs(12, 12.1) });
  const trace = sheet.traces.find(({ lead }) => leads[lead]?.lead === 'II');
  expect(others).toEqual([]);
  expect(band?.kind).toBe('qrs');
  expect(band?.x).toBeCloseTo((trace?.x ?? 0) + 50, 9);
  expect(band?.widthMm).toBeCloseTo(2.5, 9);
  expect((band?.y ?? 0) + (band?.heightMm ?? 0) / 2).toBeCloseTo(trace?.baseline ?? 0, 9);
});

test('a wave at the edge is cut, one on another page is not drawn', () => {
  expect(waveBands(sheet, leads, { I: qrs(9.9, 10.1) })[0]?.widthMm).toBeCloseTo(2.5, 9);
  expect(waveBands(sheet, leads, { I: qrs(9, 9.1) })).toEqual([]);
  expect(waveBands(sheet, leads, {})).toEqual([]);
});

test('a spike stands below every lead that shows its moment', () => {
  const found = ticks(sheet, [9, 12]);
  expect(found).toHaveLength(2);
  for (const [n, { x, bottom }] of found.entries()) {
    const trace = sheet.traces[n];
    expect(x).toBeCloseTo((trace?.x ?? 0) + 50, 9);
    expect(bottom).toBeGreaterThan(trace?.baseline ?? 0);
  }
});

test('an extrasystole has its letter above every lead that shows it, the usual beat none', () => {
  const found = beatLabels(sheet, [
    { timeS: 12, class: 'V' },
    { timeS: 13, class: 'N' },
    { timeS: 40, class: 'S' },
  ]);
  expect(found.map(({ text }) => text)).toEqual(['V', 'V']);
  const name = sheet.labels.find(({ kind }) => kind === 'lead');
  expect(found[0]?.y).toBeLessThan((name?.y ?? 0) - 3);
});

test('annotations stand above the letters of the beats, each annotator on a line of its own, a long text cut', () => {
  const at = (timeS: number, symbol: string, text: string, source: string) => ({ timeS, symbol, text, source });
  const found = annotationLabels(sheet, [
    at(9.9, 'N', '', 'atr'),
    at(12, 'V', '', 'atr'),
    at(12, '+', '(AFIB', 'qrs'),
    at(13, '"', 'x'.repeat(60), 'atr'),
  ]);
  const [first, second, third] = found;
  expect(found.map(({ text }) => text)).toEqual(['V', '(AFIB', third?.text, 'V', '(AFIB', third?.text]);
  expect(third?.text).toMatch(/^x{23}…$/);
  expect(first?.y).toBeLessThan(beatLabels(sheet, [{ timeS: 12, class: 'V' }])[0]?.y ?? 0);
  expect(second?.y).toBe((first?.y ?? 0) - 3);
  expect(third?.y).toBe(first?.y);
});
