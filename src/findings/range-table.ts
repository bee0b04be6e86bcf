import type { RangedName, Sex } from '../ecg';

/** Where normal ends, and whether the limit itself is still normal. */
export interface Limit {
  readonly at: number;
  readonly isNormal: boolean;
}

/** One row: the adult limits of a measurement. A limit for one sex alone has its own row. */
export interface Row {
  readonly sex?: Sex;
  /** Not applied below this age, years; 18 where absent. */
  readonly fromYears?: number;
  readonly low?: Limit;
  readonly high?: Limit;
  readonly source: string;
}

const last = (at: number): Limit => ({ at, isNormal: true });
const from = (at: number): Limit => ({ at, isNormal: false });

const QTC = 'Rautaharju et al. 2009 (AHA/ACCF/HRS, Part IV); short: Zeppenfeld et al. 2022 (ESC)';
const QTC_ROWS: readonly Row[] = [
  { sex: 'male', low: from(360), high: from(450), source: QTC },
  { sex: 'female', low: from(360), high: from(460), source: QTC },
];

/**
 * Limits of adults as guidelines and criteria state them, at rest. Guideline limits do not change with age; percentiles by age and sex
 * (Rijnbeek et al. 2014, Macfarlane et al.) are narrower at some ages and are not in here: their tables were not at hand to copy from.
 *
 * - rate: bradycardia under 50 bpm (Kusumoto et al. 2019), tachycardia over 100 bpm (Page et al. 2016)
 * - PR: first-degree block over 200 ms (Kusumoto et al. 2019), short under 120 ms (Willems et al. 1985, WHO/ISFC)
 * - P: interatrial block from 120 ms (Bayés de Luna et al. 2012)
 * - QRS: prolonged over 110 ms (Surawicz et al. 2009)
 * - QTc: prolonged from 450 ms in men, 460 ms in women (Rautaharju et al. 2009), short up to 360 ms (Zeppenfeld et al. 2022)
 * - QRS axis: −30° to 90° (Surawicz et al. 2009)
 * - Sokolow-Lyon: high from 3.5 mV (Sokolow and Lyon 1949), not under 35 years (Hancock et al. 2009, Part V: no voltage criteria in the young)
 * - Cornell: high over 2.8 mV in men, 2.0 mV in women (Casale et al. 1985)
 */
export const ROWS: Readonly<Record<Exclude<RangedName, 'sdnnMs' | 'rmssdMs'>, readonly Row[]>> = {
  heartRateBpm: [{ low: last(50), high: last(100), source: 'Kusumoto et al. 2019, Page et al. 2016 (ACC/AHA/HRS)' }],
  prMs: [
    { low: last(120), high: last(200), source: 'Willems et al. 1985 (WHO/ISFC), Kusumoto et al. 2019 (ACC/AHA/HRS)' },
  ],
  pMs: [{ high: from(120), source: 'Bayés de Luna et al. 2012' }],
  qrsMs: [{ high: last(110), source: 'Surawicz et al. 2009 (AHA/ACCF/HRS, Part III)' }],
  qtcFridericiaMs: QTC_ROWS,
  qtcBazettMs: QTC_ROWS,
  qtcFraminghamMs: QTC_ROWS,
  qtcHodgesMs: QTC_ROWS,
  qrsAxisDeg: [{ low: last(-30), high: last(90), source: 'Surawicz et al. 2009 (AHA/ACCF/HRS, Part III)' }],
  sokolowLyonMv: [{ fromYears: 35, high: from(3.5), source: 'Sokolow and Lyon 1949' }],
  cornellMv: [
    { sex: 'male', high: last(2.8), source: 'Casale et al. 1985' },
    { sex: 'female', high: last(2), source: 'Casale et al. 1985' },
  ],
};
