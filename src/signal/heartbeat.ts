import { nthInPlace } from './median';
import { BAND_HZ, qrsBand, qrsSlope, windowMaxima } from './qrs-band';

/** Judged in stretches of this length, seconds; a beat is expected in most windows of `BEAT_S`. */
const STRETCH_S = 10;
const BEAT_S = 2.5;
/**
 * A QRS is so many times steeper than the median slope. The best lead has 7.2 and more in all 430 raw PTB-XL and 159 LUDB records here;
 * simulated ventricular fibrillation has 3.8 at most.
 */
const PEAKED = 4;
/**
 * Where broad beats follow fast, the slope is not peaked but repeats: autocorrelation at a lag of 0.27 to 1.5 s. Simulated LBBB has 0.81
 * and more with noise at 14 dB, noise without beats at most 0.71, ventricular fibrillation 0.48.
 */
const PERIODIC = 0.78;
const LAG_S = [0.27, 1.5] as const;
/** A QRS has at least this height in its band, mV; 99.8 % of PTB-XL's leads have more, simulated asystole with noise 0.04. */
const LEAST_MV = 0.08;

/**
 * Whether a lead shows heartbeats: slopes that stand out, or that repeat, in at least half of its 10 s stretches. True for any rhythm
 * with QRS complexes, however irregular, slow or broad; false for a flat line, asystole, ventricular fibrillation and plain noise.
 *
 * @param samples mV (or any unit, then without a least height), NaN where missing
 */
export function showsHeartbeats(samples: Float32Array, samplingRateHz: number, isMv: boolean): boolean {
  const band = qrsBand(samples, samplingRateHz);
  const slope = qrsSlope(band);
  const width = STRETCH_S * BAND_HZ;
  const count = Math.max(1, Math.floor(slope.length / width));
  let judged = 0;
  let beating = 0;
  for (let n = 0; n < count; n++) {
    const [start, end] = [n * width, n === count - 1 ? slope.length : (n + 1) * width];
    const heights = band.subarray(start, end).filter((v) => !Number.isNaN(v));
    if (2 * heights.length < end - start) continue;
    judged++;
    const isHigh = !isMv || upperQuartile(windowMaxima(heights.map(Math.abs), BEAT_S)) >= LEAST_MV;
    const part = slope.subarray(start, end);
    if (isHigh && (isPeaked(part) || repeats(part))) beating++;
  }
  return judged > 0 && 2 * beating >= judged;
}

function isPeaked(slope: Float32Array): boolean {
  const present = slope.filter((v) => v > 0);
  const usual = nthInPlace(present, present.length >> 1) ?? Number.POSITIVE_INFINITY;
  return upperQuartile(windowMaxima(slope, BEAT_S)) >= PEAKED * usual;
}

/** Whether the slope's autocorrelation, corrected for the shrinking overlap, reaches `PERIODIC` at a heartbeat's lag. */
function repeats(slope: Float32Array): boolean {
  const mean = slope.reduce((sum, v) => sum + v, 0) / slope.length;
  const centred = slope.map((v) => v - mean);
  const product = (lag: number) => {
    let sum = 0;
    for (let n = lag; n < centred.length; n++) sum += (centred[n] ?? 0) * (centred[n - lag] ?? 0);
    return sum / (centred.length - lag);
  };
  const power = product(0);
  const longest = Math.min(LAG_S[1] * BAND_HZ, centred.length / 2);
  for (let lag = LAG_S[0] * BAND_HZ; lag <= longest; lag++) {
    if (product(lag) >= PERIODIC * power && power > 0) return true;
  }
  return false;
}

function upperQuartile(values: Float32Array): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.floor(0.75 * (sorted.length - 1))] ?? 0;
}
