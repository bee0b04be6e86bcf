import type { ClassifiedBeat, Ecg, EcgLead, Lead, LeadWaves, Measurements, MedianBeat, WaveMap } from '../ecg';
import { WAVE_CLASSES } from '../ecg';
import { BAND_HZ } from '../signal/qrs-band';
import { qrsActivity } from './activity';
import { agreement, type Span } from './agreement';
import { amplitudes } from './amplitudes';
import { axes } from './axes';
import { classifyBeats } from './beat-classes';
import { pickBeats } from './beats';
import { classicalBeat } from './classical';
import { conduction } from './conduction';
import { dominantBeats } from './dominant';
import { type Beat, fiducials } from './fiducials';
import { intervals } from './intervals';
import { type Delineation, leadWaves } from './lead-waves';
import { medianBeats } from './median-beat';
import { pacingSpikes } from './pacing';
import { findLongestPause, type Pause } from './pause';
import { alignBeats } from './peaks';
import { rrStatistics } from './rr';
import { classicalBeats, secondOpinion } from './second-opinion';
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

/** The waves of each lead, and the stretch in which they were looked for. */
export interface Seen {
  readonly waves: Readonly<Partial<Record<Lead, LeadWaves>>>;
  readonly span: Span;
}

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
 * With so much agreement the delineator's beats count, which saw twelve leads' shapes; below it the detector's, whose errors on rhythms of
 * all kinds are known (MIT-BIH) and who was not trained on anything. Intervals are measured only on beats that both see.
 */
export const ENOUGH_AGREEMENT = 0.9;

/**
 * Measures an ECG on its recorded signal, which is never changed. Works from 2 s to hours.
 *
 * @param delineation null where no delineator ran: then the detector's beats and the classical method's boundaries count
 */
export function measure(ecg: Ecg, delineation: Delineation | null = null): Waves {
  const first = delineation?.maps[0];
  return measureSeen(ecg, delineation && first ? { waves: leadWaves(ecg, delineation), span: spanOf(first) } : null);
}

/** Measures an ECG from waves that were seen before, or that the reader corrected. */
export function measureSeen(ecg: Ecg, given: Seen | null): Waves {
  const { values, bestLead } = qrsActivity(ecg);
  const detected = pickBeats(values).map((at) => ecg.startS + at / BAND_HZ);
  const seen = given && delineated(ecg, given, detected);

  const middles = (seen?.beatTimes ?? detected).map((timeS) => timeS - ecg.startS);
  const aligned = bestLead ? alignBeats(middles, bestLead) : middles;
  const isSeen = (fromS: number, toS: number) => bestLead !== null && isWhole(bestLead, fromS, toS);
  const rr = rrStatistics(aligned, isSeen);
  const { medianRrMs, meanRrMs, sdnnMs, rmssdMs, regularity } = rr;
  const beats = aligned.map((timeS) => ecg.startS + timeS);
  const spikes = pacingSpikes(ecg);
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
      secondOpinion: seen && classical && found && secondOpinion(classical, found),
    },
    longestPause: findLongestPause(aligned, ecg, isSeen),
    waves: given?.waves ?? {},
    beatList: classifyBeats(ecg, beats, seen?.found ?? [], spikes ?? []),
    pacingSpikes: spikes,
    medianBeats: measured ? medianBeats(ecg, measured.normal, given?.waves ?? {}) : [],
    seen: given,
    agreement: seen?.agreement ?? null,
  };
}

function heights(ecg: Ecg, normal: readonly Beat[]): Pick<Measurements, 'amplitudes' | 'voltages'> {
  const found = amplitudes(ecg, normal);
  return { amplitudes: found, voltages: voltageCriteria(found) };
}

/** What the delineator saw, checked against the detector. */
function delineated(ecg: Ecg, { waves, span }: Seen, detected: readonly number[]) {
  const found = fiducials(waves);
  const isOutside = (timeS: number) => timeS < span.fromS || timeS > span.toS;
  const { share, confirmed } = agreement(
    detected.filter((timeS) => !isOutside(timeS)),
    found.beats,
    span,
  );
  const own = found.beats.map(({ qrs }: Beat) => (qrs.onset + qrs.offset) / 2);
  const beatTimes = [...detected.filter(isOutside), ...own].sort((a, b) => a - b);
  const normal = dominantBeats(ecg, confirmed);
  return {
    found: found.beats,
    agreement: share,
    beatTimes: share >= ENOUGH_AGREEMENT ? beatTimes : detected,
    normal,
    conduction: conduction(found, normal, detected, span.fromS),
  };
}

function spanOf({ startS, samplingRateHz, probabilities }: WaveMap): Span {
  return { fromS: startS, toS: startS + probabilities.length / WAVE_CLASSES.length / samplingRateHz };
}

function isWhole({ samples, samplingRateHz }: EcgLead, fromS: number, toS: number): boolean {
  const part = samples.subarray(Math.round(fromS * samplingRateHz), Math.round(toS * samplingRateHz));
  return !part.some(Number.isNaN);
}
