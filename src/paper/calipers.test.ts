import { expect, test } from 'vitest';
import { LEADS } from '../ecg';
import { caliperReading, caliperTraces, heightOf, marchesOn, placeOn, pointAt, snapTime, traceAt } from './calipers';
import { STANDARD_ARRANGEMENT } from './layouts';
import { arrange } from './sheet';

const leads = LEADS.map((lead) => ({ name: lead as string, lead, unit: 'mV', derived: false }));
const scale = { mmPerS: 50, mmPerMv: 10, chestMmPerMv: 5 };
const page = { startS: 20, durationS: 10 };
const sheet = arrange(leads, STANDARD_ARRANGEMENT, page, scale);
const caliper = { lead: 'II', from: { timeS: 21, mv: 0 }, to: { timeS: 21.4, mv: 1.5 }, marches: true };

test('a point is found where it was set, on every trace of its lead, at any speed and gain', () => {
  for (const trace of sheet.traces) {
    const point = { timeS: trace.startS + 1, mv: -0.7 };
    const { x, y } = placeOn(trace, scale, point);
    const back = pointAt(trace, scale, x, y);
    expect(back.timeS).toBeCloseTo(point.timeS);
    expect(back.mv).toBeCloseTo(point.mv);
    expect(traceAt(sheet, x, trace.baseline + 1)).toBe(trace);
  }
  const v1 = sheet.traces.find(({ lead }) => LEADS[lead] === 'V1');
  expect(v1 && v1.baseline - placeOn(v1, scale, { timeS: v1.startS, mv: 1 }).y).toBe(5);
});

test('beside the traces there is none, and beyond a trace its end counts', () => {
  expect(traceAt(sheet, 3, 20)).toBeNull();
  const trace = sheet.traces[0];
  expect(trace && pointAt(trace, scale, 1000, trace.baseline)).toEqual({ timeS: 22.5, mv: 0 });
});

test('on −aVR up is down', () => {
  const cabrera = arrange(leads, { ...STANDARD_ARRANGEMENT, cabrera: true }, page, scale);
  const avr = cabrera.traces.find(({ inverted }) => inverted);
  expect(avr && pointAt(avr, scale, avr.x, avr.baseline - 10).mv).toBe(-1);
});

test('it stands on the traces that show both of its points: II in its column and in the strip', () => {
  expect(caliperTraces(sheet, leads, caliper)).toHaveLength(2);
  expect(caliperTraces(sheet, leads, { ...caliper, to: { timeS: 24, mv: 0 } })).toHaveLength(1);
  expect(caliperTraces(sheet, leads, { ...caliper, lead: 'V6' })).toHaveLength(0);
});

test('marched out it falls every 400 ms from one end of the strip to the other, but on its own points', () => {
  const strip = sheet.traces.at(-1);
  const xs = strip ? marchesOn(strip, scale, caliper) : [];
  // 20.2, 20.6, then from 21.8 on to 29.8 s; 20 mm each.
  expect(xs).toHaveLength(2 + 21);
  expect(xs[0]).toBeCloseTo(15 + 10);
  expect(xs.at(-1)).toBeCloseTo(15 + 490);
  const back = { ...caliper, from: caliper.to, to: caliper.from };
  const again = strip ? marchesOn(strip, scale, back) : [];
  expect(again.map((x) => x.toFixed(6))).toEqual(xs.map((x) => x.toFixed(6)));
  expect(strip && marchesOn(strip, scale, { ...caliper, marches: false })).toEqual([]);
  expect(strip && marchesOn(strip, scale, { ...caliper, to: caliper.from })).toEqual([]);
});

test('400 ms and 1.5 mV, 150 bpm, as a QT at an RR of 640 ms: Bazett 500, Fridericia 464 ms', () => {
  const { ms, bpm, mv, qtc } = caliperReading(caliper, 640);
  expect([ms, bpm, mv].map((v) => Number(v?.toFixed(3)))).toEqual([400, 150, 1.5]);
  expect(qtc?.bazettMs).toBeCloseTo(500);
  expect(qtc?.fridericiaMs).toBeCloseTo(464.2, 1);
  expect(caliperReading(caliper, null).qtc).toBeNull();
  expect(caliperReading({ ...caliper, to: { timeS: 21.1, mv: 0 } }, 640).qtc).toBeNull();
  expect(caliperReading({ ...caliper, to: caliper.from }, 640).bpm).toBeNull();
});

test('snaps to the nearest mark of the lead within 60 ms, and to nothing farther', () => {
  const waves = { p: [], qrs: [{ onset: 21.01, peak: 21.05, offset: 21.1 }], t: [] };
  expect(snapTime(21.0, waves)).toBe(21.01);
  expect(snapTime(21.08, waves)).toBe(21.1);
  expect(snapTime(21.2, waves)).toBe(21.2);
  expect(snapTime(21.0, undefined)).toBe(21.0);
});

test('the height of a drawn trace is that of its nearest point', () => {
  const line = { x: Float32Array.of(10, 11, 12), y: Float32Array.of(30, 20, Number.NaN) };
  expect([9, 10.4, 10.6, 11.2].map((x) => heightOf(line, x))).toEqual([30, 30, 20, 20]);
  expect(heightOf(line, 11.9)).toBeNaN();
});
