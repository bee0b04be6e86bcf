import type { EcgLead, QualityIssue } from '../ecg';
import { hums } from './mains';
import { median } from './median';
import { qrsBand, windowMaxima } from './qrs-band';

/** More than half missing: what the network masks, too (model.json, `maxMissingFraction`). */
const MISSING_SHARE = 0.5;
const GAPS_SHARE = 0.01;
/** A second that moves less than this is flat, mV; a lead is flat when more than half its seconds are. None of PTB-XL's is. */
const FLAT_MV = 0.02;
const FLAT_SHARE = 0.5;
/** Runs of 20 ms and more at the highest or lowest value, together more than 2 %: rails. PTB-XL's leads have at most 1.3 %. */
const RAIL_RUN_S = 0.02;
const RAIL_SHARE = 0.02;
/** What a mean over 20 ms leaves (above about 25 Hz, mains too), RMS between the QRS, mV: over the largest of PTB-XL's 5,160 leads (0.047). */
const NOISE_MV = 0.05;
/** Noise below this share of the QRS does not hide it, whatever the voltage. */
const NOISE_SHARE = 0.12;
/** The range of one-second means over ten seconds, mV: the 99.5th percentile of PTB-XL's leads is 1.7. */
const WANDER_MV = 2;

/** Contact is lost where a lead that moves otherwise stands quite still for two seconds; none of PTB-XL's does. */
const STILL_S = 0.5;
const STILL_PARTS = 4;
/** Or where the level (median of 0.4 s) leaps by so much within two parts, mV: some 99.9 % of PTB-XL's leads leap less. */
const LEAP_MV = 2.5;
const LEAP_S = 0.4;
/** A QRS lower than this in its band cannot be judged, mV; 99.8 % of PTB-XL's leads have more. */
const LOW_MV = 0.08;

/** What is wrong with one lead. A lead whose unit is not mV has no voltage to hold against a limit. */
export function leadIssues({ samples, samplingRateHz, unit }: EcgLead): readonly QualityIssue[] {
  const present = isWhole(samples) ? samples : samples.filter((v) => !Number.isNaN(v));
  const missing = samples.length > 0 ? 1 - present.length / samples.length : 1;
  if (missing > MISSING_SHARE) return ['missing'];
  const isMv = unit === 'mV';
  if (isFlat(present, samplingRateHz, isMv ? FLAT_MV : 0)) return ['flat'];
  const issues: QualityIssue[] = [];
  if (isMv && losesContact(present, samplingRateHz)) issues.push('loose');
  if (railShare(present, samplingRateHz) > RAIL_SHARE) issues.push('clipped');
  const level = noise(present, samplingRateHz);
  const height = qrsHeight(present, samplingRateHz);
  if ((!isMv || level > NOISE_MV) && level > NOISE_SHARE * height) issues.push('noise');
  if (isMv && wander(present, samplingRateHz) > WANDER_MV) issues.push('wander');
  if (hums(present, samplingRateHz, isMv)) issues.push('mains');
  if (isMv && height < LOW_MV) issues.push('low');
  if (missing > GAPS_SHARE) issues.push('gaps');
  return issues;
}

function isWhole(samples: Float32Array): boolean {
  for (let n = 0; n < samples.length; n++) if (Number.isNaN(samples[n])) return false;
  return true;
}

/** An electrode that comes off now and then: still for two seconds in a lead that moves otherwise, or leaping from level to level. */
function losesContact(samples: Float32Array, samplingRateHz: number): boolean {
  const still = seconds(samples, samplingRateHz * STILL_S).map((part) => {
    const { low, high } = extremes(part);
    return high === low;
  });
  const longest = still.reduce(
    (run, isStill) => ({ now: isStill ? run.now + 1 : 0, most: Math.max(run.most, isStill ? run.now + 1 : 0) }),
    { now: 0, most: 0 },
  ).most;
  if (longest >= STILL_PARTS) return true;
  const levels = seconds(samples, samplingRateHz * LEAP_S).map(median);
  return levels.some((level, n) => Math.abs(level - (levels[n - 2] ?? level)) > LEAP_MV);
}

/** Parts of a second (or of `samplesEach` samples) of a lead; one part where it is shorter. */
function seconds(samples: Float32Array, samplesEach: number): readonly Float32Array[] {
  const width = Math.round(samplesEach);
  const count = Math.max(1, Math.floor(samples.length / width));
  return Array.from({ length: count }, (_, n) => samples.subarray(n * width, (n + 1) * width));
}

function extremes(samples: Float32Array): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < samples.length; n++) {
    const value = samples[n] ?? Number.NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function isFlat(samples: Float32Array, samplingRateHz: number, limit: number): boolean {
  const parts = seconds(samples, samplingRateHz);
  const flat = parts.filter((part) => {
    const { low, high } = extremes(part);
    return high - low <= limit;
  });
  return flat.length > FLAT_SHARE * parts.length;
}

function railShare(samples: Float32Array, samplingRateHz: number): number {
  const { low, high } = extremes(samples);
  let [railed, run] = [0, 1];
  for (let n = 1; n <= samples.length; n++) {
    const value = samples[n - 1];
    if (n < samples.length && samples[n] === value) {
      run++;
    } else {
      if ((value === low || value === high) && run >= RAIL_RUN_S * samplingRateHz) railed += run;
      run = 1;
    }
  }
  return railed / samples.length;
}

/** Median over parts of 0.1 s of the RMS of what a centred mean over 20 ms leaves: the QRS is in too few parts to count. */
export function noise(samples: Float32Array, samplingRateHz: number): number {
  const half = Math.max(1, Math.round(0.01 * samplingRateHz));
  const width = Math.max(4, Math.round(0.1 * samplingRateHz));
  const levels: number[] = [];
  let sum = samples.subarray(0, 2 * half).reduce((a, b) => a + b, 0);
  let [squares, count] = [0, 0];
  for (let n = half; n + half < samples.length; n++) {
    sum += samples[n + half] ?? 0;
    squares += ((samples[n] ?? 0) - sum / (2 * half + 1)) ** 2;
    sum -= samples[n - half] ?? 0;
    if (++count === width) {
      levels.push(Math.sqrt(squares / width));
      [squares, count] = [0, 0];
    }
  }
  return median(levels);
}

function qrsHeight(samples: Float32Array, samplingRateHz: number): number {
  return median(windowMaxima(qrsBand(samples, samplingRateHz).map(Math.abs), 2.5));
}

/** Median over stretches of ten seconds of the range of the one-second means. */
function wander(samples: Float32Array, samplingRateHz: number): number {
  const means = seconds(samples, samplingRateHz).map((part) => part.reduce((a, b) => a + b, 0) / part.length);
  const stretches = Array.from({ length: Math.max(1, Math.floor(means.length / 10)) }, (_, n) =>
    means.slice(10 * n, 10 * n + 10),
  );
  return median(stretches.map((part) => Math.max(...part) - Math.min(...part)));
}
