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
export function qrsBand(samples: Float32Array, samplingRateHz: number): Float32Array {
  const known = bands.get(samples);
  if (known?.samplingRateHz === samplingRateHz) return known.band;
  const band = computeBand(samples, samplingRateHz);
  bands.set(samples, { samplingRateHz, band });
  return band;
}

/** Quality, warnings and beats look at the same leads: each is brought into the band once. Samples never change. */
const bands = new WeakMap<Float32Array, { readonly samplingRateHz: number; readonly band: Float32Array }>();

function computeBand(samples: Float32Array, samplingRateHz: number): Float32Array {
  const { sums, missing } = prefixSums(samples);
  const last = samples.length;
  const guard = Math.ceil(GUARD_S * samplingRateHz);
  const [half, longHalf] = [(SHORT_S * samplingRateHz) / 2, (LONG_S * samplingRateHz) / 2];
  const band = new Float32Array(Math.floor((last / samplingRateHz) * BAND_HZ));
  for (let n = 0; n < band.length; n++) {
    const centre = (n / BAND_HZ) * samplingRateHz + 0.5;
    const sample = Math.floor(centre);
    const lost = (missing[Math.min(last, sample + guard)] ?? 0) - (missing[Math.max(0, sample - guard)] ?? 0);
    band[n] = lost > 0 ? Number.NaN : meanAbout(sums, centre, half) - meanAbout(sums, centre, longHalf);
  }
  return band;
}

/** Mean of the samples within `half` of a position, fractions of a sample counted by their share. */
function meanAbout(sums: Float64Array, centre: number, half: number): number {
  const last = sums.length - 1;
  const from = Math.max(0, centre - half);
  const to = Math.min(last, centre + half);
  return (sumUntil(sums, to) - sumUntil(sums, from)) / (to - from);
}

function sumUntil(sums: Float64Array, position: number): number {
  const below = Math.min(sums.length - 2, Math.floor(position));
  const low = sums[below] ?? 0;
  return low + (position - below) * ((sums[below + 1] ?? 0) - low);
}

/** Absolute slope of a band-passed lead, averaged over one QRS: unit per 10 ms; 0 around missing samples. */
export function qrsSlope(band: Float32Array): Float32Array {
  const known = slopes.get(band);
  if (known) return known;
  const slope = computeSlope(band);
  slopes.set(band, slope);
  return slope;
}

const slopes = new WeakMap<Float32Array, Float32Array>();

function computeSlope(band: Float32Array): Float32Array {
  const slope = new Float32Array(band.length);
  for (let n = 1; n + 1 < band.length; n++) {
    const step = Math.abs((band[n + 1] ?? Number.NaN) - (band[n - 1] ?? Number.NaN));
    slope[n] = Number.isNaN(step) ? 0 : step;
  }
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
  const maxima = new Float32Array(count);
  for (let n = 0; n < values.length; n++) {
    const window = Math.min(count - 1, Math.floor(n / width));
    maxima[window] = Math.max(maxima[window] ?? 0, values[n] ?? Number.NaN);
  }
  return maxima;
}
