import type { Ecg, EcgLead } from '../ecg';
import type { Beat } from './fiducials';
import { usualRow } from './usual';

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
    const powers = pieces.map(powerUntil);
    let [best, most] = [0, Number.NEGATIVE_INFINITY];
    for (let shift = -shifts; shift <= shifts; shift++) {
      let likeness = 0;
      for (let n = 0; n < template.length; n++)
        likeness += covariance(template[n], pieces[n], powers[n], shift + shifts);
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
    const usual = usualRow(rows);
    let sum = 0;
    for (let n = 0; n < usual.length; n++) sum += usual[n] ?? 0;
    const mean = sum / Math.max(1, usual.length);
    for (let n = 0; n < usual.length; n++) usual[n] = (usual[n] ?? 0) - mean;
    return usual;
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

/** The running sum of a piece's squares, one longer than it. */
function powerUntil(values: Float32Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let n = 0; n < values.length; n++) sums[n + 1] = (sums[n] ?? 0) + (values[n] ?? 0) ** 2;
  return sums;
}

/** Of a template with a piece from one of its places on, over the length of that part: a wave at the edge is no likeness. */
function covariance(
  template: Float32Array | undefined,
  whole: Float32Array | undefined,
  powers: Float64Array | undefined,
  from: number,
): number {
  if (!template || !whole || !powers) return 0;
  const power = (powers[from + template.length] ?? 0) - (powers[from] ?? 0);
  if (!(power > 0)) return 0;
  let product = 0;
  for (let n = 0; n < template.length; n++) product += (template[n] ?? 0) * (whole[from + n] ?? 0);
  return product / Math.sqrt(power);
}
