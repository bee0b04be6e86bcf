import type { Fact, Lead, Reading } from '../ecg';
import { type InWords, say } from '../words/say';
import { contiguous } from './contiguous';
import { isPathological, qWaves } from './q-waves';

/** What was measured of an ECG. */
export type Measured = Pick<Reading, 'ranges' | 'alerts' | 'beatList' | 'pacingSpikes' | 'medianBeats'> & {
  readonly measurements: NonNullable<Reading['measurements']>;
};

/** A fact, and whether the statement stands or falls with it by its own definition. */
export interface Judged extends Fact {
  readonly decides: boolean;
}

/** One side of one statement; null where it was not measured. */
export type Judge = (measured: Measured) => Judged | null;

const fact = (holds: boolean, said: InWords, measurement: string | null, decides = true): Judged => ({
  side: holds ? 'for' : 'against',
  ...said,
  measurement,
  decides,
});

/** The same without a say in whether the statement stands. */
export const hint =
  (judge: Judge): Judge =>
  (measured) => {
    const judged = judge(measured);
    return judged && { ...judged, decides: false };
  };

/** Speaks for a statement where it was found, and is not mentioned otherwise. */
export const onlyFor =
  (judge: Judge): Judge =>
  (measured) => {
    const judged = judge(measured);
    return judged?.side === 'for' ? judged : null;
  };

/** The same fact, speaking against. */
export const against =
  (judge: Judge): Judge =>
  (measured) => {
    const judged = judge(measured);
    return judged && { ...judged, side: judged.side === 'for' ? 'against' : 'for' };
  };

/** Whole numbers, as they are shown: what reads as the limit is the limit. */
const whole = (number: number | null) => (number === null ? null : Math.round(number));

type Of = 'PR' | 'QRS' | 'RATE';

const over =
  (of: Of, measurement: string, limit: number, measured: (all: Measured) => number | null): Judge =>
  (all) => {
    const value = whole(measured(all));
    if (value === null) return null;
    const holds = value > limit;
    return fact(holds, say('over', { of, value, limit, holds }), measurement);
  };

const from =
  (of: Of, measurement: string, limit: number, measured: (all: Measured) => number | null): Judge =>
  (all) => {
    const value = whole(measured(all));
    if (value === null) return null;
    const holds = value >= limit;
    return fact(holds, say('from', { of, value, limit, holds }), measurement);
  };

/** First-degree block (Kusumoto et al. 2019, ACC/AHA/HRS). */
export const longPr = over('PR', 'prMs', 200, ({ measurements }) => measurements.prMs);

/** A complete bundle branch block (Surawicz et al. 2009, AHA/ACCF/HRS, Part III). */
export const wideQrs = from('QRS', 'qrsMs', 120, ({ measurements }) => measurements.qrsMs);

/** A prolonged QRS (Surawicz et al. 2009). */
export const longQrs = over('QRS', 'qrsMs', 110, ({ measurements }) => measurements.qrsMs);

/** Tachycardia (Page et al. 2016, ACC/AHA/HRS). */
export const fast = over('RATE', 'heartRateBpm', 100, ({ measurements }) => measurements.heartRateBpm);

/** Bradycardia: under 50 bpm (Kusumoto et al. 2019), under 60 bpm in the older literature; between them nothing is decided. */
export const slow: Judge = ({ measurements }) => {
  const value = whole(measurements.heartRateBpm);
  if (value === null) return null;
  if (value < 50) return fact(true, say('under', { of: 'RATE', value, limit: 50, holds: true }), 'heartRateBpm');
  if (value < 60) {
    return fact(true, say('between', { of: 'RATE', value, under: 60, notUnder: 50 }), 'heartRateBpm', false);
  }
  return fact(false, say('under', { of: 'RATE', value, limit: 60, holds: false }), 'heartRateBpm');
};

/** Neither of both. */
export const normalRate: Judge = ({ measurements }) => {
  const value = whole(measurements.heartRateBpm);
  if (value === null) return null;
  const holds = value >= 50 && value <= 100;
  return fact(holds, say('within', { of: 'RATE', value, low: 50, high: 100, holds }), 'heartRateBpm');
};

/** P waves that the QRS follow: for a rhythm of the sinus node. */
export const conductedP: Judge = ({ measurements: { prMs, atrialRateBpm, qrsMs } }) => {
  const pr = whole(prMs);
  if (pr !== null) return fact(true, say('conductedP', { prMs: pr }), 'prMs');
  const bpm = whole(atrialRateBpm);
  if (bpm !== null) return fact(true, say('regularP', { bpm }), 'atrialRateBpm', false);
  return qrsMs === null ? null : fact(false, say('noRegularP', {}), null);
};

/** Where there is no P before the QRS, there is no PR interval either. */
export const noPr: Judge = (measured) => {
  const judged = conductedP(measured);
  return judged && measured.measurements.prMs === null ? { ...judged, side: 'against' } : null;
};

export const irregular: Judge = ({ measurements }) => {
  const { regularity } = measurements.rhythm;
  return regularity && fact(regularity === 'irregular', say(regularity, {}), 'regularity');
};

/** Regular P waves that no QRS follows: a block of second or third degree. */
export const blockedP: Judge = ({ measurements }) => {
  const count = measurements.blockedP;
  if (count === null) return null;
  return fact(count > 1, count === 0 ? say('noBlockedP', {}) : say('blockedP', { n: count }), 'atrialRateBpm');
};

/** Beats of a class among all. */
export const beatsOf =
  (kind: 'V' | 'S' | 'paced'): Judge =>
  ({ beatList }) => {
    if (beatList.length === 0) return null;
    const [n, all] = [beatList.filter((beat) => beat.class === kind).length, beatList.length];
    if (n === 0) return fact(false, say('noBeats', { kind, all }), null);
    return fact(true, say('beats', { kind, n, all }), 'beatList');
  };

export const spikes: Judge = ({ pacingSpikes }) => {
  if (!pacingSpikes) return null;
  const n = pacingSpikes.length;
  return n === 0 ? fact(false, say('noSpikes', {}), null) : fact(true, say('spikes', { n }), 'pacingSpikes');
};

/** Left anterior fascicular block asks for −45° to −90° (Surawicz et al. 2009); up to −30° the axis is not even left. */
export const leftAxis: Judge = ({ measurements: { qrsAxisDeg } }) => {
  const deg = whole(qrsAxisDeg);
  if (deg === null) return null;
  if (deg < -30 && deg > -45) return fact(true, say('axisLeftish', { deg, a: -30, b: -45 }), 'qrsAxisDeg', false);
  const holds = deg <= -45 && deg >= -90;
  return fact(holds, say('axisBetween', { deg, a: -45, b: -90, holds }), 'qrsAxisDeg');
};

/** Left posterior fascicular block: 90° to 180° (Surawicz et al. 2009). */
export const rightAxis: Judge = ({ measurements: { qrsAxisDeg } }) => {
  const deg = whole(qrsAxisDeg);
  if (deg === null) return null;
  const holds = deg >= 90 && deg <= 180;
  return fact(holds, say('axisBetween', { deg, a: 90, b: 180, holds }), 'qrsAxisDeg');
};

/** Incomplete bundle branch block: QRS of 110 ms to under 120 ms (Surawicz et al. 2009); narrower than that it is only doubtful. */
export const incompleteQrs: Judge = ({ measurements }) => {
  const value = whole(measurements.qrsMs);
  if (value === null) return null;
  const said = (limit: number) => say('from', { of: 'QRS', value, limit, holds: value >= limit });
  return value >= 120 ? fact(false, said(120), 'qrsMs') : fact(value >= 110, said(110), 'qrsMs', false);
};

/** Pre-excitation shortens PR under 120 ms (Surawicz et al. 2009). */
export const shortPr: Judge = ({ measurements }) => {
  const value = whole(measurements.prMs);
  if (value === null) return null;
  const holds = value < 120;
  return fact(holds, say('under', { of: 'PR', value, limit: 120, holds }), 'prMs', false);
};

/** QTc by Fridericia outside what is normal for this patient. */
export const longQtc: Judge = ({ measurements, ranges }) => {
  const value = whole(measurements.qtcMs.fridericia);
  const limit = ranges.qtcFridericiaMs?.high ?? null;
  if (value === null || limit === null) return null;
  const holds = ranges.qtcFridericiaMs?.flag === 'high';
  return fact(holds, say('from', { of: 'QTc', value, limit, holds }), 'qtcFridericiaMs');
};

/** Sokolow and Lyon 1949: with the lead that has the taller R. Low voltage says little against hypertrophy. */
export const sokolow: Judge = ({ measurements: { voltages, amplitudes }, ranges }) => {
  const sum = voltages.sokolowLyonMv;
  const limit = ranges.sokolowLyonMv?.high;
  if (sum === null || limit == null) return null;
  const lead = (amplitudes?.V6?.rMv ?? 0) > (amplitudes?.V5?.rMv ?? 0) ? 'V6' : 'V5';
  const holds = ranges.sokolowLyonMv?.flag === 'high';
  return fact(holds, say('sokolow', { lead, mv: sum, limit, holds }), 'sokolowLyonMv', false);
};

/** Casale et al. 1985. */
export const cornell: Judge = ({ measurements: { voltages }, ranges }) => {
  const sum = voltages.cornellMv;
  const limit = ranges.cornellMv?.high;
  if (sum === null || limit == null) return null;
  const holds = ranges.cornellMv?.flag === 'high';
  return fact(holds, say('cornell', { mv: sum, limit, holds }), 'cornellMv', false);
};

/** What on the page shows the alerts that are facts. */
const SHOWN_BY: Readonly<Record<string, string>> = {
  ST_ELEVATION: 'st',
  ST_DEPRESSION: 'st',
  SGARBOSSA: 'st',
  RATE_LOW: 'heartRateBpm',
  RATE_HIGH: 'heartRateBpm',
  PAUSE: 'rrMs',
  AV_BLOCK_SUSPECTED: 'atrialRateBpm',
};

/** An alert that was raised, in its own words. */
export const alerted =
  (...codes: readonly string[]): Judge =>
  ({ alerts }) => {
    const found = alerts.find(({ code }) => codes.includes(code));
    return found
      ? fact(true, say('alert', { alert: found.saying ?? found.message }), SHOWN_BY[found.code] ?? null)
      : null;
  };

/**
 * Q waves as an infarction leaves them in two neighbouring leads (Thygesen et al. 2018), of the usual beat. Their absence decides nothing:
 * an infarct need not leave any. Not looked at where the QRS is wide or paced, whose Q waves come from there.
 */
export const pathologicalQ =
  (leads: readonly Lead[]): Judge =>
  ({ medianBeats, measurements: { qrsMs }, beatList }) => {
    if (medianBeats.length === 0 || qrsMs === null || Math.round(qrsMs) >= 120) return null;
    if (beatList.some((beat) => beat.class === 'paced')) return null;
    const found = qWaves(medianBeats).filter((q) => leads.includes(q.lead) && isPathological(q));
    const beside = contiguous((lead) => found.some((q) => q.lead === lead));
    const told = found.filter(({ lead }) => beside.includes(lead));
    if (told.length === 0) return fact(false, say('noPathologicalQ', {}), 'qrsMs', false);
    const waves = told.map(({ lead, isQs, widthMs, depthMv }) => ({ lead, ms: isQs ? null : widthMs, mv: depthMv }));
    return fact(true, say('pathologicalQ', { waves }), 'qrsMs', false);
  };
