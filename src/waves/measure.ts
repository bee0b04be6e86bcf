import type { ClassifiedBeat, Ecg, Lead, LeadWaves, Measurements, MedianBeat } from '../ecg';
import { amplitudes } from './amplitudes';
import { axes } from './axes';
import { classicalBeat } from './classical';
import { conduction } from './conduction';
import { dominantBeats } from './dominant';
import type { Beat } from './fiducials';
import { intervals } from './intervals';
import type { Delineation } from './lead-waves';
import { medianBeats } from './median-beat';
import type { Pause } from './pause';
import { rhythmOf, type Seen } from './rhythm';
import { classicalBeats, secondOpinion } from './second-opinion';
import { seenBy } from './seen';
import { furtherStLevels, LATE_ST_S, stLevels } from './st';
import { voltageCriteria } from './voltage-criteria';

/** Beats and what is measured from them. */
export interface Waves {
  /** R peaks (or dominant S), seconds from the start of the recording, ascending. */
  readonly beats: readonly number[];
  /** What is not measurable is null. */
  readonly measurements: Measurements;
  /** The longest stretch without a beat, from the first sample to the last; stretches with missing samples do not count. */
  readonly longestPause: Pause | null;
  /** The waves of each delineated lead. */
  readonly waves: Readonly<Partial<Record<Lead, LeadWaves>>>;
  /** The same beats with their classes. */
  readonly beatList: readonly ClassifiedBeat[];
  /** Moments of pacing spikes, seconds from the start of the recording; null where they cannot be told. */
  readonly pacingSpikes: readonly number[] | null;
  /** The usual beat of each lead; empty without a delineator. */
  readonly medianBeats: readonly MedianBeat[];
  /** What the delineator saw, before any edit; null without a delineator. */
  readonly seen: Seen | null;
  /** How far delineator and detector see the same beats, 0 to 1; null without a delineator. Low: trust no interval. */
  readonly agreement: number | null;
}

const NOT_MEASURED = {
  pMs: null,
  prMs: null,
  qrsMs: null,
  qtMs: null,
  qtcMs: { bazett: null, fridericia: null, framingham: null, hodges: null },
  wideQrsQt: null,
  secondOpinion: null,
  pAxisDeg: null,
  qrsAxisDeg: null,
  tAxisDeg: null,
  st: null,
  stFurther: null,
  st60: null,
  amplitudes: null,
  voltages: { sokolowLyonMv: null, cornellMv: null },
  atrialRateBpm: null,
  blockedP: null,
};

/** Where there is no heartbeat to measure. */
export const NO_WAVES: Waves = {
  beats: [],
  measurements: {
    ...NOT_MEASURED,
    heartRateBpm: null,
    rrMs: null,
    rhythm: { meanRrMs: null, sdnnMs: null, rmssdMs: null, regularity: null },
  },
  longestPause: null,
  waves: {},
  beatList: [],
  pacingSpikes: null,
  medianBeats: [],
  seen: null,
  agreement: null,
};

/**
 * Measures an ECG on its recorded signal, which is never changed. Works from 2 s to hours.
 *
 * @param delineation null where no delineator ran: then the detector's beats and the classical method's boundaries count
 */
export function measure(ecg: Ecg, delineation: Delineation | null = null): Waves {
  return measureSeen(ecg, seenBy(ecg, delineation));
}

/** Measures an ECG from waves that were seen before, or that the reader corrected. */
export function measureSeen(ecg: Ecg, given: Seen | null): Waves {
  const { detected, checked, beats, rr, longestPause, beatList, pacingSpikes } = rhythmOf(ecg, given);
  const { medianRrMs, meanRrMs, sdnnMs, rmssdMs, regularity } = rr;
  const normal = checked && dominantBeats(ecg, checked.confirmed);
  const seen = given &&
    checked &&
    normal && { normal, conduction: conduction(checked, normal, detected, given.span.fromS) };
  const classical = classicalBeat(ecg, detected);
  const measured = seen ?? (classical && classicalBeats(classical, regularity === 'regular'));
  const found = measured && intervals(measured.normal, measured.conduction, rr);
  return {
    beats,
    measurements: {
      ...NOT_MEASURED,
      heartRateBpm: rr.heartRateBpm,
      rrMs: medianRrMs,
      rhythm: { meanRrMs, sdnnMs, rmssdMs, regularity },
      ...(measured && {
        ...found,
        ...axes(ecg, measured.normal, measured.conduction),
        st: stLevels(ecg, measured.normal, given?.waves ?? {}),
        stFurther: furtherStLevels(ecg, measured.normal),
        st60: stLevels(ecg, measured.normal, given?.waves ?? {}, LATE_ST_S),
        ...heights(ecg, measured.normal),
        atrialRateBpm: measured.conduction.atrialRateBpm,
        blockedP: measured.conduction.blockedP,
      }),
      secondOpinion: seen && classical && found && secondOpinion(classical, found, regularity === 'regular'),
    },
    longestPause,
    waves: given?.waves ?? {},
    beatList,
    pacingSpikes,
    medianBeats: measured ? medianBeats(ecg, measured.normal, given?.waves ?? {}) : [],
    seen: given,
    agreement: checked?.share ?? null,
  };
}

function heights(ecg: Ecg, normal: readonly Beat[]): Pick<Measurements, 'amplitudes' | 'voltages'> {
  const found = amplitudes(ecg, normal);
  return { amplitudes: found, voltages: voltageCriteria(found) };
}
