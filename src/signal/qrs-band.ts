/** Rate of the band-passed signal and its slope, Hz, whatever the lead's own rate is. */
export const BAND_HZ = 200;

/** Short mean: one period of 50 Hz, which it removes. Long mean: what it follows (wander, P, T) is taken away. Seconds. */
const SHORT_S = 0.02;
const LONG_S = 0.16;
/** Missing samples spoil so much on each side of them, seconds. */
const GUARD_S = 0.1;
/** The slope is averaged over about one QRS, seconds. */
const SMOOTH_S = 0.09;

/**
 * A lead in the band of the QRS, about 4 to 30 Hz, as the difference of two moving averages (zero phase, integer-filter style of Pan and
 * Tompkins 1985). For finding beats and judging quality; nothing is measured or drawn from it.
 *
 * @param samples any unit, NaN where missing
 * @returns the same unit at `BAND_HZ`, NaN around missing samples
 */
export function qrsBand(samples: Float32Array, samplingRateHz: number): Float32Array<ArrayBuffer> {
  const { sums, missing } = prefixSums(samples);
  const length = Math.floor((samples.length / samplingRateHz) * BAND_HZ);
  const last = samples.length;
  const clamp = (position: number) => Math.max(0, Math.min(last, position));
  const at = (position: number) => {
    const below = Math.min(last - 1, Math.floor(position));
    const low = sums[below] ?? 0;
    return low + (position - below) * ((sums[below + 1] ?? 0) - low);
  };
  const mean = (centre: number, widthS: number) => {
    const from = clamp(centre - (widthS * samplingRateHz) / 2);
    const to = clamp(centre + (widthS * samplingRateHz) / 2);
    return (at(to) - at(from)) / (to - from);
  };
  const guard = Math.ceil(GUARD_S * samplingRateHz);
  return Float32Array.from({ length }, (_, n) => {
    const centre = (n / BAND_HZ) * samplingRateHz + 0.5;
    const sample = Math.floor(centre);
    const lost = (missing[clamp(sample + guard)] ?? 0) - (missing[clamp(sample - guard)] ?? 0);
    return lost > 0 ? Number.NaN : mean(centre, SHORT_S) - mean(centre, LONG_S);
  });
}

/** Absolute slope of a band-passed lead, averaged over one QRS: unit per 10 ms; 0 around missing samples. */
export function qrsSlope(band: Float32Array): Float32Array<ArrayBuffer> {
  const slope = Float32Array.from(band, (_, n) => {
    const step = Math.abs((band[n + 1] ?? Number.NaN) - (band[n - 1] ?? Number.NaN));
    return Number.isNaN(step) ? 0 : step;
  });
  const half = Math.round((SMOOTH_S * BAND_HZ) / 2);
  const smoothed = new Float32Array(slope.length);
  let sum = 0;
  for (let n = -half; n < slope.length; n++) {
    sum += (slope[n + half] ?? 0) - (slope[n - half - 1] ?? 0);
    if (n >= 0) smoothed[n] = Math.max(0, sum) / (2 * half + 1);
  }
  return smoothed;
}

/** Running sums of the samples (missing ones held at the last value) and of the count of missing ones, each one longer than the samples. */
function prefixSums(samples: Float32Array): { readonly sums: Float64Array; readonly missing: Uint32Array } {
  const sums = new Float64Array(samples.length + 1);
  const missing = new Uint32Array(samples.length + 1);
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

/** The largest value of each window of `windowS` seconds at `BAND_HZ`; the last window takes the rest. */
export function windowMaxima(values: Float32Array, windowS: number): Float32Array<ArrayBuffer> {
  const width = Math.round(windowS * BAND_HZ);
  const count = Math.max(1, Math.floor(values.length / width));
  return Float32Array.from({ length: count }, (_, n) => {
    const part = values.subarray(n * width, n === count - 1 ? values.length : (n + 1) * width);
    return part.reduce((a, b) => Math.max(a, b), 0);
  });
}

/** The median of any numbers; 0 of none. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
