import type { Ecg, EcgLead } from '../ecg';
import { median } from '../signal/median';
import type { Beat } from './fiducials';

/** Beats are compared over this distance on either side of the peak of the QRS, seconds. */
const REACH_S = 0.08;
/** Each is moved by at most so much, in steps of this length, seconds. */
const SHIFT_S = 0.024;
const STEP_S = 0.002;
/** The template is the median of so many beats, since more do not make it better. */
const TEMPLATE_BEATS = 30;

/**
 * One moment for each beat, such that their QRS complexes lie over one another in all recorded leads together: the shift about the peak
 * of the QRS at which a beat correlates best with the median of the beats (Jané et al. 1991 on alignment by a template).
 *
 * @returns seconds from the start of the recording, one for each beat
 */
export function alignedTimes(ecg: Ecg, beats: readonly Beat[]): readonly number[] {
  const leads = ecg.leads.filter(({ lead, derived }) => lead !== null && !derived);
  const peaks = beats.map(({ qrs }) => qrs.peak - ecg.startS);
  const template = templateOf(leads, peaks);
  const shifts = Math.round(SHIFT_S / STEP_S);
  return peaks.map((peakS) => {
    const pieces = leads.map((lead) => piece(lead, peakS, REACH_S + SHIFT_S));
    let [best, most] = [0, Number.NEGATIVE_INFINITY];
    for (let shift = -shifts; shift <= shifts; shift++) {
      let likeness = 0;
      for (let n = 0; n < template.length; n++) likeness += covariance(template[n], pieces[n], shift + shifts);
      if (likeness > most) [best, most] = [shift, likeness];
    }
    return ecg.startS + peakS + best * STEP_S;
  });
}

/** Each lead's median beat about the peaks, without its mean. */
function templateOf(leads: readonly EcgLead[], peaks: readonly number[]): readonly Float32Array[] {
  const every = Math.max(1, Math.floor(peaks.length / TEMPLATE_BEATS));
  const taken = peaks.filter((_, n) => n % every === 0);
  return leads.map((lead) => {
    const rows = taken.map((peakS) => piece(lead, peakS, REACH_S));
    const usual = Float32Array.from(rows[0] ?? [], (_, n) => median(rows.map((row) => row[n] ?? 0)));
    const mean = usual.reduce((sum, v) => sum + v, 0) / Math.max(1, usual.length);
    return usual.map((v) => v - mean);
  });
}

/** A lead about a moment on a grid of {@link STEP_S}, against its mean there; a missing sample adds nothing. */
function piece({ samples, samplingRateHz }: EcgLead, peakS: number, reachS: number): Float32Array {
  const half = Math.round(reachS / STEP_S);
  const values = new Float32Array(2 * half + 1);
  let sum = 0;
  let count = 0;
  for (let n = 0; n < values.length; n++) {
    const position = Math.max(0, (peakS + (n - half) * STEP_S) * samplingRateHz);
    const below = Math.floor(position);
    const low = samples[below] ?? Number.NaN;
    const high = samples[below + 1] ?? low;
    const value = Math.fround(low + (position - below) * (high - low));
    values[n] = value;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  const mean = sum / Math.max(1, count);
  for (let n = 0; n < values.length; n++) {
    const value = values[n] ?? Number.NaN;
    values[n] = Number.isNaN(value) ? 0 : value - mean;
  }
  return values;
}

/** Of a template with a piece from one of its places on, over the length of that part: a wave at the edge is no likeness. */
function covariance(template: Float32Array | undefined, whole: Float32Array | undefined, from: number): number {
  if (!template || !whole) return 0;
  let [product, power] = [0, 0];
  for (let n = 0; n < template.length; n++) {
    const v = whole[from + n] ?? 0;
    product += (template[n] ?? 0) * v;
    power += v * v;
  }
  return power > 0 ? product / Math.sqrt(power) : 0;
}
