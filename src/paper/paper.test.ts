import { describe, expect, test } from 'vitest';
import { LEADS, type Lead } from '../ecg';
import { draw } from './draw';
import { gridLines } from './grid';
import { isChest, type LayoutId, layoutsFor, STANDARD_ARRANGEMENT } from './layouts';
import { pageCount, turnPage } from './pages';
import { calibrationPulse } from './pulse';
import { arrange } from './sheet';
import { riseMm, STANDARD_SCALE, toMm, toMv, toSeconds } from './units';

const channel = (lead: Lead) => ({ name: lead as string, lead, unit: 'mV', derived: false });
const TEN_SECONDS = { startS: 0, durationS: 10 };
const sheetOf = (leads: readonly Lead[], layout: LayoutId = '3x4', page = TEN_SECONDS) =>
  arrange(leads.map(channel), { ...STANDARD_ARRANGEMENT, layout }, page, STANDARD_SCALE);

test('25 mm/s and 10 mm/mV, there and back', () => {
  expect(toMm(0.2, STANDARD_SCALE)).toBe(5);
  expect(riseMm(0.5, 10)).toBe(5);
  expect(toSeconds(toMm(3.7, STANDARD_SCALE), STANDARD_SCALE)).toBeCloseTo(3.7);
  expect(toMv(riseMm(-1.2, 20), 20)).toBeCloseTo(-1.2);
});

test('the grid has a line each millimetre and every fifth is bold', () => {
  const { fine, bold } = gridLines(12);
  expect(bold).toEqual([0, 5, 10]);
  expect([...fine, ...bold]).toHaveLength(13);
});

test('the pulse is 1 mV by 5 mm', () => {
  const xs = calibrationPulse(5, 20, [10]).map(([x]) => x);
  const ys = calibrationPulse(5, 20, [10]).map(([, y]) => y);
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
    const { traces, pulses } = arrange(
      [...LEADS.map(channel), respiration],
      STANDARD_ARRANGEMENT,
      TEN_SECONDS,
      STANDARD_SCALE,
    );
    expect(traces.at(-1)).toMatchObject({ lead: 12, startS: 0, endS: 10 });
    expect(pulses).toHaveLength(4);
  });

  test('a recording too short to be dealt out shows all leads from its start', () => {
    const { traces, simultaneous } = sheetOf(LEADS, '3x4', { startS: 0, durationS: 5 });
    expect(simultaneous).toBe(true);
    expect(traces.slice(0, 12).every(({ startS, endS }) => startS === 0 && endS === 2.5)).toBe(true);
  });

  test('a height limit moves rows together and never touches the scale', () => {
    const sheet = arrange(
      LEADS.map(channel),
      { ...STANDARD_ARRANGEMENT, layout: '12x1' },
      TEN_SECONDS,
      STANDARD_SCALE,
      155,
    );
    expect(sheet.heightMm).toBeLessThanOrEqual(155);
    expect(sheet.scale).toEqual(STANDARD_SCALE);
    expect(sheet.widthMm).toBe(270);
  });
});

describe('what a reader can ask of the paper', () => {
  const names = ({ labels }: ReturnType<typeof arrange>) => labels.map(({ text }) => text);

  test('3×4 alone, with three rhythm strips, and 6×2', () => {
    expect(sheetOf(LEADS, '3x4-plain').traces).toHaveLength(12);
    expect(names(sheetOf(LEADS, '3x4-3')).slice(12)).toEqual(['V1', 'II', 'V5']);
    const { traces } = sheetOf(LEADS, '6x2');
    expect(traces[6]).toMatchObject({ lead: 6, startS: 5, endS: 10, x: 15 + 125 });
  });

  test('a rhythm strip that is missing gives way to one that is not there already', () => {
    expect(names(sheetOf(['I', 'II', 'III', 'V1'], '3x4-3')).slice(12)).toEqual(['V1', 'II']);
  });

  test('Cabrera: the limb leads go around the heart, and aVR is drawn upside down', () => {
    const sheet = arrange(
      LEADS.map(channel),
      { layout: '6x2', cabrera: true, single: 'II' },
      TEN_SECONDS,
      STANDARD_SCALE,
    );
    expect(names(sheet).slice(0, 7)).toEqual(['aVL', 'I', '−aVR', 'II', 'aVF', 'III', 'V1']);
    expect(sheet.traces.filter(({ inverted }) => inverted).map(({ lead }) => LEADS[lead])).toEqual(['aVR']);
    const ecg = {
      ...TEN_SECONDS,
      leads: LEADS.map((lead) => ({
        ...channel(lead),
        samplingRateHz: 1,
        samples: Float32Array.from(Array.from({ length: 10 }, (_, i) => (i === 1 ? 1 : 0))),
      })),
    };
    const { lines } = draw(sheet, ecg, 4);
    expect((lines[2]?.y[1] ?? 0) - (lines[2]?.y[0] ?? 0)).toBeCloseTo(10);
    expect((lines[1]?.y[1] ?? 0) - (lines[1]?.y[0] ?? 0)).toBeCloseTo(-10);
  });

  test('one lead alone: the one that was asked for, else II, else what there is', () => {
    const alone = (leads: readonly Lead[], single: string) =>
      arrange(leads.map(channel), { layout: 'single', cabrera: false, single }, TEN_SECONDS, STANDARD_SCALE).labels.map(
        ({ text }) => text,
      );
    expect(alone(LEADS, 'V3')).toEqual(['V3']);
    expect(alone(LEADS, 'V4R')).toEqual(['II']);
    expect(alone(['V2'], 'V4R')).toEqual(['V2']);
  });

  test('right-sided and posterior leads have columns of their own, and their layout only where they were recorded', () => {
    const further = ['V8', 'v4r', 'V9'].map((name) => ({ name, lead: null, unit: 'mV', derived: false }));
    const leads = [...LEADS.map(channel), ...further];
    expect(layoutsFor(leads).map(({ id }) => id)).toContain('further');
    expect(layoutsFor(LEADS.map(channel)).map(({ id }) => id)).not.toContain('further');
    const sheet = arrange(leads, { ...STANDARD_ARRANGEMENT, layout: 'further' }, TEN_SECONDS, STANDARD_SCALE);
    expect(names(sheet).slice(12)).toEqual(['v4r', 'V8', 'V9', 'II']);
    expect(sheet.traces[12]).toMatchObject({ lead: 13, startS: 8, endS: 10 });
    expect(further.every(isChest)).toBe(true);
  });

  test('chest leads have a gain of their own, and the pulse a step for each', () => {
    const scale = { mmPerS: 50, mmPerMv: 10, chestMmPerMv: 5 };
    const { traces, pulses, widthMm } = arrange(LEADS.map(channel), STANDARD_ARRANGEMENT, TEN_SECONDS, scale);
    expect(traces.map(({ mmPerMv }) => mmPerMv)).toEqual([...Array(6).fill(10), ...Array(6).fill(5), 10]);
    expect(widthMm).toBe(15 + 500 + 5);
    const heights = (pulse: (typeof pulses)[number] = []) => pulse.map(([, y]) => (pulse[0]?.[1] ?? 0) - y);
    expect(heights(pulses[0])).toEqual([0, 0, 10, 10, 5, 5, 0, 0]);
    expect(heights(pulses[3])).toEqual([0, 0, 10, 10, 0, 0]);
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
    const { lines, notes } = draw(arrange(ecg.leads, STANDARD_ARRANGEMENT, ecg, STANDARD_SCALE), ecg, 4);
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
