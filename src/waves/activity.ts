import type { Ecg, EcgLead } from '../ecg';

/** Rate of the activity signal, Hz. */
export const ACTIVITY_HZ = 200;

/** Short mean: one period of 50 Hz, which it removes. Long mean: what it follows (wander, P, T) is taken away. Seconds. */
const SHORT_S = 0.02;
const LONG_S = 0.12;
/** The activity is averaged over about one QRS, seconds. */
const SMOOTH_S = 0.09;
/** A window that holds at least one beat at 30 bpm and above, seconds. */
const WINDOW_S = 2.5;
/** Leads are weighed anew after so many seconds. */
const CHUNK_S = 20;
/** A lead's QRS height is never taken as less than this share of its median over the recording: silence is not amplified. */
const SCALE_FLOOR = 0.3;
/** Slope of a QRS over the median slope: noise has about 4, a clean lead 20 and more. */
const NOISE_PEAKEDNESS = 4;
const CLEAN_PEAKEDNESS = 14;

/** One lead's slope on the common grid, and how well a QRS stands out in it. */
interface SlopeTrack {
  readonly lead: EcgLead;
  readonly slope: Float32Array;
  readonly scale: number;
}

export interface Activity {
  /** At `ACTIVITY_HZ`, from the start of the stretch; a QRS has a height of about 1. */
  readonly values: Float32Array;
  /** The lead in which the QRS stands out most, or null when there is none to look at. */
  readonly bestLead: EcgLead | null;
}

/** Leads to look for beats in: every recorded voltage. Derived leads hold nothing new, respiration and pressure no QRS. */
const isSearched = ({ lead, unit, derived, samples }: EcgLead) =>
  !derived && (lead !== null || unit === 'mV') && samples.length > 0;

/**
 * How much QRS there is at each moment: the slope of every lead after a band-pass of about 5 to 30 Hz, scaled to its own QRS, leads that
 * are noisy weighed down, joined as a vector's length and averaged over one QRS (after Pan and Tompkins 1985, Hamilton 2002).
 */
export function qrsActivity(ecg: Ecg): Activity {
  const length = Math.floor(ecg.durationS * ACTIVITY_HZ);
  const tracks = ecg.leads.filter(isSearched).flatMap((lead): SlopeTrack[] => {
    const slope = slopeOf(lead, length);
    const scale = median(windowMaxima(slope, 0, length));
    return scale > 0 ? [{ lead, slope, scale }] : [];
  });
  const power = new Float32Array(length);
  const trust = new Map<EcgLead, number>();
  const chunk = CHUNK_S * ACTIVITY_HZ;
  for (let start = 0; start < length; start += chunk) {
    const end = length - start < 1.5 * chunk ? length : start + chunk;
    const weights = tracks.map(({ slope, scale }) => {
      const local = Math.max(median(windowMaxima(slope, start, end)), SCALE_FLOOR * scale);
      const floor = median(slope.subarray(start, end));
      const peakedness = local / Math.max(floor, 1e-3 * local);
      const clean = (peakedness - NOISE_PEAKEDNESS) / (CLEAN_PEAKEDNESS - NOISE_PEAKEDNESS);
      return { trust: Math.min(1, Math.max(0.05, clean)), perUnit: 1 / local };
    });
    const total = weights.reduce((sum, weight) => sum + weight.trust, 0);
    tracks.forEach(({ lead, slope }, n) => {
      const weight = weights[n];
      if (!weight) return;
      trust.set(lead, (trust.get(lead) ?? 0) + weight.trust);
      const gain = (weight.trust / total) * weight.perUnit ** 2;
      for (let i = start; i < end; i++) power[i] = (power[i] ?? 0) + gain * (slope[i] ?? 0) ** 2;
    });
    if (end === length) break;
  }
  const bestLead =
    [...trust].reduce<[EcgLead, number] | null>((a, b) => (a && a[1] >= b[1] ? a : b), null)?.[0] ?? null;
  return { values: smooth(power.map(Math.sqrt)), bestLead };
}

/** Absolute slope of the band-passed lead on the common grid; 0 within 0.1 s of missing samples. */
function slopeOf({ samples, samplingRateHz }: EcgLead, length: number): Float32Array {
  const { sums, missing } = prefixSums(samples);
  const at = (cumulated: Float64Array, position: number) => {
    const clamped = Math.max(0, Math.min(cumulated.length - 1, position));
    const below = Math.min(cumulated.length - 2, Math.floor(clamped));
    const [low, high] = [cumulated[below] ?? 0, cumulated[below + 1] ?? 0];
    return low + (clamped - below) * (high - low);
  };
  const mean = (centre: number, widthS: number) => {
    const half = (widthS * samplingRateHz) / 2;
    const [from, to] = [Math.max(0, centre - half), Math.min(samples.length, centre + half)];
    return to > from ? (at(sums, to) - at(sums, from)) / (to - from) : 0;
  };
  const band = Float32Array.from({ length }, (_, n) => {
    const centre = (n / ACTIVITY_HZ) * samplingRateHz + 0.5;
    return mean(centre, SHORT_S) - mean(centre, LONG_S);
  });
  const guard = 0.1 * samplingRateHz;
  return Float32Array.from({ length }, (_, n) => {
    const centre = (n / ACTIVITY_HZ) * samplingRateHz;
    if (at(missing, centre + guard) - at(missing, centre - guard) > 0) return 0;
    return n === 0 || n === length - 1 ? 0 : Math.abs((band[n + 1] ?? 0) - (band[n - 1] ?? 0));
  });
}

/** Running sums of the samples (missing ones held at the last value) and of the count of missing ones, each one longer than the samples. */
function prefixSums(samples: Float32Array): { readonly sums: Float64Array; readonly missing: Float64Array } {
  const sums = new Float64Array(samples.length + 1);
  const missing = new Float64Array(samples.length + 1);
  const origin = samples.find((v) => !Number.isNaN(v)) ?? 0;
  let held = 0;
  for (let n = 0; n < samples.length; n++) {
    const value = samples[n] ?? Number.NaN;
    const isMissing = Number.isNaN(value);
    if (!isMissing) held = value - origin;
    sums[n + 1] = (sums[n] ?? 0) + held;
    missing[n + 1] = (missing[n] ?? 0) + (isMissing ? 1 : 0);
  }
  return { sums, missing };
}

/** The largest value of each window of `WINDOW_S`. */
function windowMaxima(values: Float32Array, start: number, end: number): Float32Array {
  const width = WINDOW_S * ACTIVITY_HZ;
  const count = Math.max(1, Math.floor((end - start) / width));
  return Float32Array.from({ length: count }, (_, n) => {
    const part = values.subarray(start + n * width, n === count - 1 ? end : start + (n + 1) * width);
    return part.reduce((a, b) => Math.max(a, b), 0);
  });
}

export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Centred moving average over `SMOOTH_S`. */
function smooth(values: Float32Array): Float32Array {
  const half = Math.round((SMOOTH_S * ACTIVITY_HZ) / 2);
  const out = new Float32Array(values.length);
  let sum = 0;
  for (let n = -half; n < values.length; n++) {
    sum += (values[n + half] ?? 0) - (values[n - half - 1] ?? 0);
    if (n >= 0) out[n] = sum / (2 * half + 1);
  }
  return out;
}
