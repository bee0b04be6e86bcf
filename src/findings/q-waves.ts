import type { Lead, MedianBeat } from '../ecg';

/** The first wave of a lead's usual QRS where it points down. */
export interface QWave {
  readonly lead: Lead;
  readonly widthMs: number;
  /** Positive, mV. */
  readonly depthMv: number;
  /** Nothing in the QRS points up. */
  readonly isQs: boolean;
}

/** An upward deflection of so much is an R, a downward one of so much begins a Q, mV (a quarter of a millimetre: Minnesota code, Prineas et al. 1982). */
const SEEN_MV = 0.025;
/** So deep it has to be, mV (Thygesen et al. 2018; Prineas et al. 1982). */
const DEEP_MV = 0.1;
/** So wide, ms: in V2 and V3, and in the other leads (Thygesen et al. 2018, fourth universal definition of myocardial infarction). */
const WIDE_CHEST_MS = 20;
const WIDE_MS = 30;

const CHEST: readonly Lead[] = ['V2', 'V3'];
/** III and V1 may have a Q in health and do not count. */
const OTHERS: readonly Lead[] = ['I', 'II', 'aVL', 'aVF', 'V4', 'V5', 'V6'];

/** Whether a Q wave is one of those that an infarction leaves, if a neighbouring lead has one too (Thygesen et al. 2018). */
export function isPathological({ lead, widthMs, depthMv, isQs }: QWave): boolean {
  if (depthMv < DEEP_MV) return false;
  if (CHEST.includes(lead)) return isQs || widthMs >= WIDE_CHEST_MS;
  return OTHERS.includes(lead) && (isQs || widthMs >= WIDE_MS);
}

/** The Q wave of each lead's usual beat; leads without one, without marks of a QRS and without millivolts are not listed. */
export const qWaves = (beats: readonly MedianBeat[]): readonly QWave[] => beats.flatMap((beat) => qWave(beat) ?? []);

function qWave({ lead, unit, samples, samplingRateHz, startS, qrs }: MedianBeat): QWave | null {
  if (!qrs || unit !== 'mV') return null;
  const at = (timeS: number) => Math.round((timeS - startS) * samplingRateHz);
  const [onset, end] = [Math.max(0, at(qrs.onset)), Math.min(samples.length, at(qrs.offset) + 1)];
  const complex = samples.subarray(onset, end);
  const first = complex.findIndex((v) => Math.abs(v) >= SEEN_MV);
  if (first < 0 || (complex[first] ?? 0) > 0) return null;
  const begin = complex.subarray(0, first).findLastIndex((v) => v >= 0) + 1;
  const back = complex.findIndex((v, n) => n > first && v >= 0);
  const isQs = !complex.some((v) => v >= SEEN_MV);
  const stop = isQs || back < 0 ? complex.length : back;
  const q = complex.subarray(begin, stop);
  return { lead, isQs, widthMs: (1000 * q.length) / samplingRateHz, depthMv: -Math.min(...q) };
}
