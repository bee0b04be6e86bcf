import { describe, expect, test } from 'vitest';
import { LEADS, type Lead } from '../ecg';
import { draw } from './draw';
import { gridLines } from './grid';
import { pageCount, turnPage } from './pages';
import { calibrationPulse } from './pulse';
import { arrange } from './sheet';
import { riseMm, STANDARD_SCALE, toMm, toMv, toSeconds } from './units';

const channel = (lead: Lead) => ({ name: lead as string, lead, unit: 'mV', derived: false });
const TEN_SECONDS = { startS: 0, durationS: 10 };
const sheetOf = (leads: readonly Lead[], layout: '3x4' | '12x1' = '3x4', page = TEN_SECONDS) =>
  arrange(leads.map(channel), layout, page, STANDARD_SCALE);

test('25 mm/s and 10 mm/mV, there and back', () => {
  expect(toMm(0.2, STANDARD_SCALE)).toBe(5);
  expect(riseMm(0.5, STANDARD_SCALE)).toBe(5);
  expect(toSeconds(toMm(3.7, STANDARD_SCALE), STANDARD_SCALE)).toBeCloseTo(3.7);
  expect(toMv(riseMm(-1.2, STANDARD_SCALE), STANDARD_SCALE)).toBeCloseTo(-1.2);
});

test('the grid has a line each millimetre and every fifth is bold', () => {
  const { fine, bold } = gridLines(12);
  expect(bold).toEqual([0, 5, 10]);
  expect([...fine, ...bold]).toHaveLength(13);
});

test('the pulse is 1 mV by 5 mm', () => {
  const xs = calibrationPulse(5, 20, STANDARD_SCALE).map(([x]) => x);
  const ys = calibrationPulse(5, 20, STANDARD_SCALE).map(([, y]) => y);
  expect(Math.max(...ys) - Math.min(...ys)).toBe(10);
  expect([xs[1], xs[3]]).toEqual([5, 10]);
});

describe('layouts', () => {
  test('3×4 shows 2.5 s of each lead one column after the other, and II below over the whole page', () => {
    const { traces, widthMm } = sheetOf(LEADS);
    expect(traces).toHaveLength(13);
    const v3 = traces.find(({ lead }) => LEADS[lead] === 'V3');
    expect(v3).toMatchObject({ startS: 5, endS: 7.5, x: 15 + 125 });
    expect(traces.at(-1)).toMatchObject({ lead: 1, startS: 0, endS: 10, x: 15 });
    expect(widthMm).toBe(270);
  });

  test('12×1 shows ten seconds of every lead, one below the other', () => {
    const { traces } = sheetOf(LEADS, '12x1');
    expect(traces.map(({ lead }) => lead)).toEqual(LEADS.map((_, i) => i));
    expect(new Set(traces.map(({ baseline }) => baseline)).size).toBe(12);
  });

  test('a lead that was not recorded is an empty place with its name', () => {
    const { traces, labels } = sheetOf(LEADS.filter((lead) => lead !== 'V3'));
    expect(traces).toHaveLength(12);
    expect(labels.filter(({ kind }) => kind === 'missing').map(({ text }) => text)).toEqual(['V3 not recorded']);
  });

  test('without II another lead is the rhythm strip', () => {
    const { traces } = sheetOf(['I', 'V1', 'V2', 'V3', 'V4']);
    expect(traces.at(-1)).toMatchObject({ lead: 1, endS: 10 });
  });

  test('one to three leads stand in rows', () => {
    const { traces, labels } = sheetOf(['II', 'V1']);
    expect(traces.map(({ startS, endS }) => endS - startS)).toEqual([10, 10]);
    expect(labels.filter(({ kind }) => kind === 'missing')).toEqual([]);
  });

  test('channels that are no standard lead go below; only voltages get a pulse', () => {
    const respiration = { name: 'RESP', lead: null, unit: 'NU', derived: false };
    const { traces, pulses } = arrange([...LEADS.map(channel), respiration], '3x4', TEN_SECONDS, STANDARD_SCALE);
    expect(traces.at(-1)).toMatchObject({ lead: 12, startS: 0, endS: 10 });
    expect(pulses).toHaveLength(4);
  });

  test('a recording too short to be dealt out shows all leads from its start', () => {
    const { traces, simultaneous } = sheetOf(LEADS, '3x4', { startS: 0, durationS: 5 });
    expect(simultaneous).toBe(true);
    expect(traces.slice(0, 12).every(({ startS, endS }) => startS === 0 && endS === 2.5)).toBe(true);
  });

  test('a height limit moves rows together and never touches the scale', () => {
    const sheet = arrange(LEADS.map(channel), '12x1', TEN_SECONDS, STANDARD_SCALE, 155);
    expect(sheet.heightMm).toBeLessThanOrEqual(155);
    expect(sheet.scale).toEqual(STANDARD_SCALE);
    expect(sheet.widthMm).toBe(270);
  });
});

describe('drawing', () => {
  const ecgOf = (samples: number[], samplingRateHz: number, unit = 'mV') => ({
    startS: 20,
    durationS: samples.length / samplingRateHz,
    leads: [{ ...channel('II'), unit, samplingRateHz, samples: Float32Array.from(samples) }],
  });
  const drawn = (samples: number[], rate: number, unit?: string) => {
    const ecg = ecgOf(samples, rate, unit);
    const { lines, notes } = draw(arrange(ecg.leads, '3x4', ecg, STANDARD_SCALE), ecg, 4);
    return { x: [...(lines[0]?.x ?? [])], y: [...(lines[0]?.y ?? [])], notes };
  };

  test('a millivolt is 10 mm up and a second 25 mm right, on every page', () => {
    const { x, y } = drawn([0, 1, 0, 0, 0], 1);
    expect(x[1]).toBeCloseTo(15 + 25);
    expect((y[0] ?? 0) - (y[1] ?? 0)).toBeCloseTo(10);
  });

  test('a missing sample lifts the pen', () => {
    expect(drawn([0, Number.NaN, 0], 1).y.map(Number.isNaN)).toEqual([false, true, false]);
  });

  test('a trace far off its baseline is moved there and the paper says so', () => {
    const { y, notes } = drawn([40, 41, 40], 1);
    expect(notes.map(({ text }) => text)).toEqual(['baseline at 40.0 mV']);
    expect((y[0] ?? 0) - (y[1] ?? 0)).toBeCloseTo(10);
  });

  test('what is no voltage fills its row and has no scale', () => {
    expect(drawn([0, 300, 0], 1, 'NU').notes.map(({ text }) => text)).toEqual(['not to scale, 0 to 300 NU']);
  });
});

describe('pages', () => {
  test('the last page ends with the recording', () => {
    expect(pageCount(65)).toBe(7);
    expect(turnPage(50, 1, 65)).toBe(55);
    expect(turnPage(55, 1, 65)).toBe(55);
    expect(turnPage(55, -1, 65)).toBe(50);
    expect(turnPage(0, -1, 65)).toBe(0);
  });

  test('ten seconds and a sample are one page', () => {
    expect(pageCount(10.002)).toBe(1);
    expect(turnPage(0, 1, 10.002)).toBe(0);
  });
});
