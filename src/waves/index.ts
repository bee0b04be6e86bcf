import type { Ecg, EcgLead, Measurements } from '../ecg';
import { BAND_HZ } from '../signal/qrs-band';
import { qrsActivity } from './activity';
import { pickBeats } from './beats';
import { alignBeats } from './peaks';
import { rrStatistics } from './rr';

/** A stretch without a beat, seconds from the start of the recording. */
export interface Pause {
  readonly startS: number;
  readonly lengthS: number;
}

/** Beats and what is measured from them. */
export interface Waves {
  /** R peaks (or dominant S), seconds from the start of the recording, ascending. */
  readonly beats: readonly number[];
  /** What is not measured yet is null. */
  readonly measurements: Measurements;
  /** The longest stretch without a beat, from the first sample to the last; stretches with missing samples do not count. */
  readonly longestPause: Pause | null;
}

/** Where there is no heartbeat to measure. */
export const NO_WAVES: Waves = {
  beats: [],
  measurements: {
    heartRateBpm: null,
    rrMs: null,
    prMs: null,
    pMs: null,
    qrsMs: null,
    qtMs: null,
    qtcMs: { bazett: null, fridericia: null, framingham: null, hodges: null },
    pAxisDeg: null,
    qrsAxisDeg: null,
    tAxisDeg: null,
    rhythm: { meanRrMs: null, sdnnMs: null, rmssdMs: null, regularity: null },
  },
  longestPause: null,
};

/** Finds the beats of an ECG in all its recorded leads and measures rate and RR. Works from 2 s to hours; the signal is never changed. */
export function measure(ecg: Ecg): Waves {
  const { values, bestLead } = qrsActivity(ecg);
  const middles = pickBeats(values).map((at) => at / BAND_HZ);
  const aligned = bestLead ? alignBeats(middles, bestLead) : middles;
  const isSeen = (fromS: number, toS: number) => bestLead !== null && isWhole(bestLead, fromS, toS);
  const rr = rrStatistics(aligned, isSeen);
  return {
    beats: aligned.map((timeS) => ecg.startS + timeS),
    measurements: {
      ...NO_WAVES.measurements,
      heartRateBpm: rr.heartRateBpm,
      rrMs: rr.medianRrMs,
      rhythm: { meanRrMs: rr.meanRrMs, sdnnMs: rr.sdnnMs, rmssdMs: rr.rmssdMs, regularity: rr.regularity },
    },
    longestPause: findLongestPause(aligned, ecg, isSeen),
  };
}

function findLongestPause(
  beats: readonly number[],
  ecg: Ecg,
  isSeen: (fromS: number, toS: number) => boolean,
): Pause | null {
  if (beats.length === 0) return null;
  const edges = [0, ...beats, ecg.durationS];
  return edges.slice(1).reduce<Pause | null>((longest, toS, i) => {
    const fromS = edges[i] ?? toS;
    const lengthS = toS - fromS;
    return lengthS > (longest?.lengthS ?? 0) && isSeen(fromS, toS) ? { startS: ecg.startS + fromS, lengthS } : longest;
  }, null);
}

function isWhole({ samples, samplingRateHz }: EcgLead, fromS: number, toS: number): boolean {
  const part = samples.subarray(Math.round(fromS * samplingRateHz), Math.round(toS * samplingRateHz));
  return !part.some(Number.isNaN);
}
