import { expect, test } from 'vitest';
import type { Ecg, Lead, MedianBeat } from '../ecg';
import { arrangeBeats } from './beat-sheet';
import { otherBeats, singleBeats } from './single-beats';
import { superposed } from './superposed';

const RATE = 500;
const beat = (lead: Lead, unit = 'mV'): MedianBeat => {
  const samples = new Float32Array(350);
  samples[125] = 1.2;
  samples[135] = -0.6;
  return {
    lead,
    unit,
    samplingRateHz: RATE,
    startS: -0.25,
    samples,
    p: null,
    qrs: { onset: -0.04, offset: 0.06 },
    t: null,
    beatTimesS: [1, 2],
  };
};
const alone = (median: MedianBeat) => ({ beat: median, alike: [], others: [], beneath: null });
const leads = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;
const at = (mmPerS: number) => ({ mmPerS, mmPerMv: 10 });

test.each([25, 50])('at %i mm/s every beat stands inside the paper and over no other, at its scale', (mmPerS) => {
  const { cells, widthMm, heightMm } = arrangeBeats(
    leads.map((lead) => alone(beat(lead))),
    at(mmPerS),
    270,
  );
  expect(cells.map(({ lead }) => lead)).toEqual(leads);
  for (const cell of cells) {
    const { line, x, top, baseline } = cell;
    expect(x + cell.widthMm).toBeLessThanOrEqual(widthMm);
    expect(baseline - Math.min(...line.y)).toBeCloseTo(12, 4);
    expect(Math.min(...line.y)).toBeGreaterThan(top);
    expect(Math.max(...line.y)).toBeLessThan(top + cell.heightMm);
    expect(top + cell.heightMm).toBeLessThanOrEqual(heightMm);
    expect(cell.bands[0]?.widthMm).toBeCloseTo(0.1 * mmPerS, 6);
    expect(line.x[125]).toBeCloseTo(cell.zeroX, 4);
  }
  for (const [n, { x, top }] of cells.entries()) {
    const before = cells[n - 1];
    if (before?.top === top) expect(x).toBeGreaterThanOrEqual(before.x + before.widthMm);
  }
});

test('single beats lie over the median on the level before their QRS, whatever the baseline; one at the edge is cut', () => {
  const samples = new Float32Array(1500).fill(0.5);
  for (const timeS of [0.1, 1, 2]) samples[timeS * RATE] = 1.7;
  const ecg: Ecg = {
    startS: 60,
    durationS: 3,
    leads: [{ name: 'II', lead: 'II', unit: 'mV', derived: false, samplingRateHz: RATE, samples }],
  };
  const alike = singleBeats(beat('II'), ecg, [60.1, 61, 62], []);
  const [cell] = arrangeBeats([{ beat: beat('II'), alike, others: [], beneath: null }], at(25), 270).cells;
  if (!cell) throw new Error('no cell');
  const lines = cell.alike;
  expect(lines).toHaveLength(3);
  for (const { x, y } of lines) {
    const peak = y.indexOf(Math.min(...y));
    expect(x[peak]).toBeCloseTo(cell.zeroX, 3);
    expect(cell.baseline - (y[peak] ?? 0)).toBeCloseTo(12, 4);
  }
  expect(lines[0]?.x[0]).toBeGreaterThan(cell.x);
});

test('a row makes room for single beats that are taller than the median; a beat of its own width has its own level', () => {
  const samples = new Float32Array(1500);
  samples.fill(2.4, 440, 520);
  const qrs = [{ onset: 0.88, peak: 0.9, offset: 1.04 }];
  const ecg: Ecg = {
    startS: 0,
    durationS: 3,
    leads: [{ name: 'II', lead: 'II', unit: 'mV', derived: false, samplingRateHz: RATE, samples }],
  };
  const others = singleBeats(beat('II'), ecg, [1], qrs);
  expect(Math.max(...(others[0]?.values ?? []))).toBeCloseTo(2.4, 5);
  const [cell] = arrangeBeats([{ beat: beat('II'), alike: [], others, beneath: null }], at(25), 270).cells;
  expect(Math.min(...(cell?.others[0]?.y ?? []))).toBeGreaterThan(cell?.top ?? 0);
});

test('what is no voltage says that it has no scale; beats of another shape are the ones left over', () => {
  expect(arrangeBeats([alone(beat('II', 'NU'))], at(25), 270).cells[0]?.note).toBe('not to scale');
  expect(otherBeats([1.01, 2.01, 2.6, 3.01], [1, 2, 3])).toEqual([2.6 - 0.01].map((v) => expect.closeTo(v, 6)));
  expect(arrangeBeats([], at(25), 270).cells).toEqual([]);
});

test("another ECG's beat lies beneath, its QRS onset under this one's, at the same scale and within the cell", () => {
  const slower = { ...beat('II'), samplingRateHz: RATE / 2, qrs: { onset: -0.08, offset: 0.02 } };
  const [stack, ...more] = superposed([beat('II'), beat('V1', 'NU')], [slower, beat('V1')]);
  if (!stack) throw new Error('no stack');
  expect(more).toHaveLength(0);
  const [cell] = arrangeBeats([stack], at(25), 270).cells;
  const { x, y } = cell?.beneath ?? { x: [], y: new Float32Array() };
  const peak = y.indexOf(Math.min(...y.filter((v) => !Number.isNaN(v))));
  // 125 samples at 250 Hz from 0.25 s before the alignment, and 0.04 s later, so that the onsets meet.
  expect((x[peak] ?? 0) - (cell?.zeroX ?? 0)).toBeCloseTo(25 * (0.25 + 0.04), 3);
  expect((cell?.baseline ?? 0) - (y[peak] ?? 0)).toBeCloseTo(12, 4);
  const shown = [...x].filter((_, i) => !Number.isNaN(y[i]));
  expect(Math.max(...shown)).toBeLessThanOrEqual((cell?.x ?? 0) + (cell?.widthMm ?? 0));
});
