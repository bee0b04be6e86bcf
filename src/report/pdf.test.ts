import { expect, test } from 'vitest';
import type { Ecg } from '../ecg';
import { LEADS } from '../ecg';
import { arrange, arrangeBeats, STANDARD_ARRANGEMENT, STANDARD_SCALE } from '../paper';
import { simulate } from '../simulator';
import { type Document, documentPdf } from './page';
import { wrap } from './page/paint';
import { pageContents } from './testing/pdf-content';

const simulated = simulate('sinus', { seed: 3 });
const ecg: Ecg = {
  startS: 0,
  durationS: 10,
  leads: LEADS.map((lead) => ({
    name: lead,
    lead,
    unit: 'mV',
    samplingRateHz: simulated.samplingRateHz,
    derived: false,
    samples: simulated.leads[lead],
  })),
};
const document: Document = {
  title: 'ECG of Doe, Jane',
  facts: [
    ['Name', 'Doe, Jane'],
    ['ID', '4711'],
  ],
  sheet: arrange(ecg.leads, STANDARD_ARRANGEMENT, ecg, STANDARD_SCALE, 165),
  ecg,
  print: { left: '25 mm/s   10 mm/mV', right: '10 s', caution: '' },
  paragraphs: [{ text: 'Sinus rhythm.', bold: true }, { text: 'QRS axis −12°.' }],
  beats: null,
  footer: 'Research software, not a medical device. UNCONFIRMED.',
};
const SHEET_LEFT = (297 - 270) / 2;

test('a simulated ECG measures right on the PDF, from its own coordinates, to 0.1 mm', async () => {
  const [page] = pageContents(await documentPdf(document));
  const paths = page?.paths ?? [];
  const widthOf = (path: (typeof paths)[number]) => (path.at(-1)?.[0] ?? 0) - (path[0]?.[0] ?? 0);
  const strip = paths.filter((path) => path.length > 1000 && widthOf(path) > 240);
  expect(strip).toHaveLength(1);
  const points = strip[0] ?? [];
  expect(points[0]?.[0]).toBeCloseTo(SHEET_LEFT + 15, 1);

  // Every R peak of the rhythm strip (II): 25 mm a second along, and its true height above the baseline.
  const { II } = simulated.leads;
  const baseline = points[0] && points[0][1] - 10 * (II[0] ?? 0);
  expect(simulated.beats.length).toBeGreaterThan(8);
  for (const { timeS } of simulated.beats) {
    const around = Array.from({ length: 61 }, (_, i) => Math.round(timeS * 500) - 30 + i);
    const peak = around.reduce((best, i) => ((II[i] ?? -9) > (II[best] ?? -9) ? i : best), around[0] ?? 0);
    const x = SHEET_LEFT + 15 + (peak / 500) * 25;
    const near = points.filter(([at]) => Math.abs(at - x) < 0.5);
    const top = near.reduce((a, b) => (b[1] > a[1] ? b : a), near[0] ?? [0, 0]);
    expect(Math.abs(top[0] - x)).toBeLessThan(0.1);
    expect(Math.abs(top[1] - (baseline ?? 0) - 10 * (II[peak] ?? 0))).toBeLessThan(0.1);
  }

  // The calibration pulse is 5 mm wide and 10 mm tall.
  const pulse = paths.find((path) => path.length === 6) ?? [];
  const ys = pulse.map(([, y]) => y);
  expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(10, 2);
});

test('text that needs more pages takes the patient and the footer along to each', async () => {
  const long = { ...document, paragraphs: Array.from({ length: 90 }, (_, i) => ({ text: `Sentence ${i}.` })) };
  const pages = pageContents(await documentPdf({ ...long }, 'letter'));
  expect(pages.length).toBeGreaterThan(1);
  const texts = pages.map(({ texts }) => texts.join(' | '));
  for (const text of texts) {
    expect(text).toContain('Doe, Jane');
    expect(text).toContain('UNCONFIRMED');
  }
  expect(texts.join()).toContain('Sentence 89.');
});

test('the usual beats have a page of their own at true size, each with its name and a bracket for each wave, and the patient above', async () => {
  const [samples, samplingRateHz] = [Float32Array.from({ length: 350 }, (_, n) => (n === 125 ? 1.2 : 0)), 500];
  const mark = (onset: number, offset: number) => ({ onset, offset });
  const waves = { p: mark(-0.2, -0.1), qrs: mark(-0.04, 0.05), t: mark(0.2, 0.35) };
  const beat = {
    lead: 'II',
    unit: 'mV',
    startS: -0.25,
    samplingRateHz,
    samples,
    beatTimesS: [1, 2],
    ...waves,
  } as const;
  const sheet = arrangeBeats([{ beat, alike: [], others: [], beneath: null }], STANDARD_SCALE, 270);
  const pages = pageContents(
    await documentPdf({ ...document, beats: { sheet, title: 'Median beat', note: 'SIMULATED' } }),
  );
  expect(pages).toHaveLength(2);
  const { texts = [], paths = [] } = pages[1] ?? {};
  expect(texts).toEqual(expect.arrayContaining(['Doe, Jane', 'Median beat', 'SIMULATED', 'II', document.footer]));
  const line = paths.find((path) => path.length === samples.length) ?? [];
  const ys = line.map(([, y]) => y);
  expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(12, 1);
  expect((line.at(-1)?.[0] ?? 0) - (line[0]?.[0] ?? 0)).toBeCloseTo((349 / 500) * 25, 1);
  const shapes = paths.filter((path) => path.length === 4).slice(-3);
  const widths = shapes.map((path) => (path[3]?.[0] ?? 0) - (path[0]?.[0] ?? 0));
  for (const [i, mm] of [2.5, 2.25, 3.75].entries()) expect(widths[i]).toBeCloseTo(mm, 1);
});

test('lines break between words, a word that is too long within it, and Chinese anywhere', () => {
  const pen = { widthOf: (text: string) => text.length };
  const style = { sizeMm: 3 };
  expect(wrap(pen, 'sinus rhythm at 60 bpm', 12, style)).toEqual(['sinus rhythm', 'at 60 bpm']);
  expect(wrap(pen, 'abcdefghij', 4, style)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrap(pen, '窦性心律过缓', 4, style)).toEqual(['窦性心律', '过缓']);
});
