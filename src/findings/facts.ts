import type { Fact, Reading } from '../ecg';

/** What was measured of an ECG. */
export type Measured = Pick<Reading, 'ranges' | 'alerts' | 'beatList' | 'pacingSpikes'> & {
  readonly measurements: NonNullable<Reading['measurements']>;
};

/** A fact, and whether the statement stands or falls with it by its own definition. */
export interface Judged extends Fact {
  readonly decides: boolean;
}

/** One side of one statement; null where it was not measured. */
export type Judge = (measured: Measured) => Judged | null;

const fact = (holds: boolean, text: string, measurement: string | null, decides = true): Judged => ({
  side: holds ? 'for' : 'against',
  text,
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
const value = (number: number | null, unit: string) =>
  number === null ? null : { at: Math.round(number), text: `${Math.round(number)} ${unit}`.replace('-', '−') };

const over =
  (name: string, measurement: string, unit: string, limit: number, of: (measured: Measured) => number | null): Judge =>
  (measured) => {
    const found = value(of(measured), unit);
    if (!found) return null;
    const holds = found.at > limit;
    return fact(holds, `${name} ${found.text}, ${holds ? 'over' : 'not over'} ${limit}`, measurement);
  };

const from =
  (name: string, measurement: string, unit: string, limit: number, of: (measured: Measured) => number | null): Judge =>
  (measured) => {
    const found = value(of(measured), unit);
    if (!found) return null;
    const holds = found.at >= limit;
    return fact(holds, `${name} ${found.text}, ${holds ? `${limit} or more` : `under ${limit}`}`, measurement);
  };

/** First-degree block (Kusumoto et al. 2019, ACC/AHA/HRS). */
export const longPr = over('PR', 'prMs', 'ms', 200, ({ measurements }) => measurements.prMs);

/** A complete bundle branch block (Surawicz et al. 2009, AHA/ACCF/HRS, Part III). */
export const wideQrs = from('QRS', 'qrsMs', 'ms', 120, ({ measurements }) => measurements.qrsMs);

/** A prolonged QRS (Surawicz et al. 2009). */
export const longQrs = over('QRS', 'qrsMs', 'ms', 110, ({ measurements }) => measurements.qrsMs);

/** Tachycardia (Page et al. 2016, ACC/AHA/HRS). */
export const fast = over('Rate', 'heartRateBpm', 'bpm', 100, ({ measurements }) => measurements.heartRateBpm);

/** Bradycardia: under 50 bpm (Kusumoto et al. 2019), under 60 bpm in the older literature; between them nothing is decided. */
export const slow: Judge = ({ measurements }) => {
  const rate = value(measurements.heartRateBpm, 'bpm');
  if (!rate) return null;
  if (rate.at < 50) return fact(true, `Rate ${rate.text}, under 50`, 'heartRateBpm');
  if (rate.at < 60) return fact(true, `Rate ${rate.text}, under 60 but not under 50`, 'heartRateBpm', false);
  return fact(false, `Rate ${rate.text}, not under 60`, 'heartRateBpm');
};

/** Neither of both. */
export const normalRate: Judge = ({ measurements }) => {
  const rate = value(measurements.heartRateBpm, 'bpm');
  if (!rate) return null;
  const holds = rate.at >= 50 && rate.at <= 100;
  return fact(holds, `Rate ${rate.text}, ${holds ? 'within' : 'outside'} 50–100`, 'heartRateBpm');
};

/** P waves that the QRS follow: for a rhythm of the sinus node. */
export const conductedP: Judge = ({ measurements: { prMs, atrialRateBpm, qrsMs } }) => {
  const pr = value(prMs, 'ms');
  if (pr) return fact(true, `P before the QRS, PR ${pr.text}`, 'prMs');
  const atrial = value(atrialRateBpm, 'bpm');
  if (atrial) return fact(true, `Regular P waves, ${atrial.text}`, 'atrialRateBpm', false);
  return qrsMs === null ? null : fact(false, 'No regular P waves found', null);
};

/** Where there is no P before the QRS, there is no PR interval either. */
export const noPr: Judge = (measured) => {
  const judged = conductedP(measured);
  return judged && measured.measurements.prMs === null ? { ...judged, side: 'against' } : null;
};

export const irregular: Judge = ({ measurements }) => {
  const { regularity } = measurements.rhythm;
  return regularity && fact(regularity === 'irregular', `RR ${regularity}`, 'regularity');
};

/** Regular P waves that no QRS follows: a block of second or third degree. */
export const blockedP: Judge = ({ measurements }) => {
  const count = measurements.blockedP;
  if (count === null) return null;
  const text = count === 0 ? 'No P wave without QRS' : `${count} P ${count === 1 ? 'wave' : 'waves'} without QRS`;
  return fact(count > 1, text, 'atrialRateBpm');
};

/** Beats of a class among all. */
export const beatsOf =
  (wanted: 'V' | 'S' | 'paced', name: string): Judge =>
  ({ beatList }) => {
    if (beatList.length === 0) return null;
    const count = beatList.filter((beat) => beat.class === wanted).length;
    const text =
      count === 0 ? `No ${name} beat among ${beatList.length}` : `${count} of ${beatList.length} beats ${name}`;
    return fact(count > 0, text, null);
  };

export const spikes: Judge = ({ pacingSpikes }) => {
  if (!pacingSpikes) return null;
  const count = pacingSpikes.length;
  return fact(count > 0, count === 0 ? 'No pacing spike' : `${count} pacing ${count === 1 ? 'spike' : 'spikes'}`, null);
};

const axis = (degrees: number) => `QRS axis ${Math.round(degrees)}°`.replace('-', '−');

/** Left anterior fascicular block asks for −45° to −90° (Surawicz et al. 2009); up to −30° the axis is not even left. */
export const leftAxis: Judge = ({ measurements: { qrsAxisDeg } }) => {
  if (qrsAxisDeg === null) return null;
  const at = Math.round(qrsAxisDeg);
  if (at <= -45 && at >= -90) return fact(true, `${axis(at)}, between −45 and −90`, 'qrsAxisDeg');
  if (at < -30 && at > -45) return fact(true, `${axis(at)}, left of −30 but not of −45`, 'qrsAxisDeg', false);
  return fact(false, `${axis(at)}, not between −45 and −90`, 'qrsAxisDeg');
};

/** Left posterior fascicular block: 90° to 180° (Surawicz et al. 2009). */
export const rightAxis: Judge = ({ measurements: { qrsAxisDeg } }) => {
  if (qrsAxisDeg === null) return null;
  const at = Math.round(qrsAxisDeg);
  const holds = at >= 90 && at <= 180;
  return fact(holds, `${axis(at)}, ${holds ? 'between' : 'not between'} 90 and 180`, 'qrsAxisDeg');
};

/** Incomplete bundle branch block: QRS of 110 ms to under 120 ms (Surawicz et al. 2009); narrower than that it is only doubtful. */
export const incompleteQrs: Judge = ({ measurements }) => {
  const qrs = value(measurements.qrsMs, 'ms');
  if (!qrs) return null;
  if (qrs.at >= 120) return fact(false, `QRS ${qrs.text}, 120 or more`, 'qrsMs');
  return fact(qrs.at >= 110, `QRS ${qrs.text}, ${qrs.at >= 110 ? '110 or more' : 'under 110'}`, 'qrsMs', false);
};

/** Pre-excitation shortens PR under 120 ms (Surawicz et al. 2009). */
export const shortPr: Judge = ({ measurements }) => {
  const pr = value(measurements.prMs, 'ms');
  return pr && fact(pr.at < 120, `PR ${pr.text}, ${pr.at < 120 ? 'under' : 'not under'} 120`, 'prMs', false);
};

/** QTc by Fridericia outside what is normal for this patient. */
export const longQtc: Judge = ({ measurements, ranges }) => {
  const qtc = value(measurements.qtcMs.fridericia, 'ms');
  const range = ranges.qtcFridericiaMs;
  if (!qtc || !range || range.high === null) return null;
  const holds = range.flag === 'high';
  return fact(holds, `QTc ${qtc.text}, ${holds ? `${range.high} or more` : `under ${range.high}`}`, 'qtcFridericiaMs');
};

/** Sokolow and Lyon 1949: with the lead that has the taller R. Low voltage says little against hypertrophy. */
export const sokolow: Judge = ({ measurements: { voltages, amplitudes }, ranges }) => {
  const sum = voltages.sokolowLyonMv;
  const limit = ranges.sokolowLyonMv?.high;
  if (sum === null || limit == null) return null;
  const lead = (amplitudes?.V6?.rMv ?? 0) > (amplitudes?.V5?.rMv ?? 0) ? 'V6' : 'V5';
  const holds = ranges.sokolowLyonMv?.flag === 'high';
  const text = `S V1 + R ${lead} = ${sum.toFixed(1)} mV, ${holds ? `${limit} or more` : `under ${limit}`}`;
  return fact(holds, text, 'sokolowLyonMv', false);
};

/** Casale et al. 1985. */
export const cornell: Judge = ({ measurements: { voltages }, ranges }) => {
  const sum = voltages.cornellMv;
  const limit = ranges.cornellMv?.high;
  if (sum === null || limit == null) return null;
  const holds = ranges.cornellMv?.flag === 'high';
  const text = `R aVL + S V3 = ${sum.toFixed(1)} mV, ${holds ? 'over' : 'not over'} ${limit}`;
  return fact(holds, text, 'cornellMv', false);
};

/** An alert that was raised, in its own words. */
export const alerted =
  (...codes: readonly string[]): Judge =>
  ({ alerts }) => {
    const found = alerts.find(({ code }) => codes.includes(code));
    return found ? fact(true, found.message.replace(/\.$/, ''), null) : null;
  };
