import type { Ecg, EcgLead, MedianBeat, Wave } from '../ecg';

/** One beat of a lead, at the lead's rate, against the level before its QRS; NaN where missing. */
export interface SingleBeat {
  /** Which sample of the median its first one lies under. */
  readonly first: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** The level before a beat is the mean over this time, one period of 50 Hz, seconds. */
const LEVEL_S = 0.02;
/** Nearer than this two moments are one beat's, seconds. */
const SAME_BEAT_S = 0.1;

/**
 * The beats of a stretch as they lie over a lead's median; a beat that the stretch cuts begins or ends there.
 *
 * @param timesS where each is aligned, seconds; @param qrs the lead's own, whose onsets give the levels (the median's where one is missing)
 */
export function singleBeats(
  beat: MedianBeat,
  ecg: Ecg,
  timesS: readonly number[],
  qrs: readonly Wave[],
): readonly SingleBeat[] {
  const lead = ecg.leads.find((candidate) => candidate.lead === beat.lead);
  if (!lead) return [];
  return timesS.flatMap((timeS) => {
    const own = qrs.find(({ onset, offset }) => onset - SAME_BEAT_S < timeS && timeS < offset + SAME_BEAT_S);
    const onsetS = own?.onset ?? timeS + (beat.qrs?.onset ?? 0);
    return cut(beat, lead, timeS - ecg.startS, onsetS - ecg.startS) ?? [];
  });
}

function cut(beat: MedianBeat, { samples, samplingRateHz }: EcgLead, timeS: number, onsetS: number): SingleBeat | null {
  const first = Math.round((timeS + beat.startS) * samplingRateHz);
  const from = Math.max(0, first);
  const part = samples.subarray(from, Math.max(from, first + beat.samples.length));
  const end = Math.max(0, Math.round(onsetS * samplingRateHz));
  const before = samples.subarray(Math.max(0, end - Math.round(LEVEL_S * samplingRateHz)), end);
  const level = before.reduce((sum, v) => sum + v, 0) / before.length;
  if (part.length === 0 || Number.isNaN(level)) return null;
  return { first: from - first, values: Float32Array.from(part, (v) => v - level) };
}

/** R peaks that are not among a median's beats, each moved to where those beats are aligned: beats of another shape. */
export function otherBeats(peaksS: readonly number[], alignedS: readonly number[]): readonly number[] {
  const isNear = (timeS: number) => (peakS: number) => Math.abs(timeS - peakS) < SAME_BEAT_S;
  const steps = alignedS
    .flatMap((timeS) => peaksS.filter(isNear(timeS)).map((peakS) => timeS - peakS))
    .sort((a, b) => a - b);
  const step = steps[steps.length >> 1] ?? 0;
  return peaksS.filter((peakS) => !alignedS.some((timeS) => isNear(timeS)(peakS))).map((peakS) => peakS + step);
}
