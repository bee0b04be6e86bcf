import type { Ecg, EcgLead, Measurements } from '../ecg';
import { BAND_HZ } from '../signal/qrs-band';
import { qrsActivity } from './activity';
import { pickBeats } from './beats';
import { alignBeats } from './peaks';
import { rrStatistics } from './rr';

/** Beats and what is measured from them. */
export interface Waves {
  /** R peaks (or dominant S), seconds from the start of the recording, ascending. */
  readonly beats: readonly number[];
  /** What is not measured yet is null. */
  readonly measurements: Measurements;
}

/** Finds the beats of an ECG in all its recorded leads and measures rate and RR. Works from 2 s to hours; the signal is never changed. */
export function measure(ecg: Ecg): Waves {
  const { values, bestLead } = qrsActivity(ecg);
  const middles = pickBeats(values).map((at) => at / BAND_HZ);
  const aligned = bestLead ? alignBeats(middles, bestLead) : middles;
  const rr = rrStatistics(aligned, (fromS, toS) => bestLead !== null && isWhole(bestLead, fromS, toS));
  const qtcMs = { bazett: null, fridericia: null, framingham: null, hodges: null };
  return {
    beats: aligned.map((timeS) => ecg.startS + timeS),
    measurements: {
      heartRateBpm: rr.heartRateBpm,
      rrMs: rr.medianRrMs,
      prMs: null,
      pMs: null,
      qrsMs: null,
      qtMs: null,
      qtcMs,
      pAxisDeg: null,
      qrsAxisDeg: null,
      tAxisDeg: null,
      rhythm: { meanRrMs: rr.meanRrMs, sdnnMs: rr.sdnnMs, rmssdMs: rr.rmssdMs, regularity: rr.regularity },
    },
  };
}

function isWhole({ samples, samplingRateHz }: EcgLead, fromS: number, toS: number): boolean {
  const part = samples.subarray(Math.round(fromS * samplingRateHz), Math.round(toS * samplingRateHz));
  return !part.some(Number.isNaN);
}
