import { type Ecg, type EcgLead, LEADS } from '../ecg';
import { bridgeGaps } from './gaps';
import { median, medianInPlace } from './median';
import { resample } from './resample';
import { powerSpectrum } from './spectrum';

/** All is measured at this rate, Hz, which is that of the records it was learned on; slower recordings have no such numbers. */
const RATE_HZ = 250;
const SLOWEST_HZ = 200;
const KERNEL = { halfWidth: 8, beta: 6 };
/** A segment of the spectrum is 4.1 s long, and nothing shorter is judged. */
const SEGMENT = 1024;
/** A step smaller than this is none, mV; within so much of its extremes a lead is at its rail, mV. */
const STILL_MV = 0.001;
const RAIL_MV = 0.0025;
/** Wander, the ECG itself, mains of either half of the world, muscle: from, to, Hz. */
const BANDS = [
  ['wander', 0, 0.7],
  ['ecg', 0.7, 40],
  ['mains', 48, 62],
  ['muscle', 62, 120],
] as const;

/** From least to greatest over the twelve leads. */
const OVER_LEADS = { least: 0, third: 2, ninth: -3, greatest: -1 } as const;

/**
 * What tells an ECG that cannot be read from one that can, before anything is scaled: of each lead in mV how wide, how tall, how still, how
 * clipped, how its power lies by frequency; then the least, third, middle, third greatest and greatest over the leads, and how alike they
 * are. For a head that was trained on them (after the features that Clifford et al. 2012 and others took in the Challenge of 2011).
 *
 * @param ecg a stretch of 5 to 10 s
 * @returns by name; null unless all twelve leads are there in mV, sampled fast enough, for a segment of the spectrum
 */
export function qualityFeatures(ecg: Ecg): Readonly<Record<string, number>> | null {
  const leads = LEADS.flatMap((name) => ecg.leads.find(({ lead }) => lead === name) ?? []);
  const signals = evenly(leads);
  if (signals.length < LEADS.length || signals.some(({ length }) => length < SEGMENT)) return null;
  const each = signals.map(leadNumbers);
  const names = Object.keys(each[0] ?? {});
  const features: Record<string, number> = {};
  for (const name of names) {
    const values = each.map((lead) => lead[name] ?? Number.NaN).sort((a, b) => a - b);
    for (const [which, place] of Object.entries(OVER_LEADS))
      features[`${name}.${which}`] = values.at(place) ?? Number.NaN;
    features[`${name}.middle`] = median(values);
  }
  const alike = likenesses(signals).sort((a, b) => a - b);
  features['alike.least'] = alike[0] ?? Number.NaN;
  features['alike.middle'] = median(alike);
  features['alike.greatest'] = alike.at(-1) ?? Number.NaN;
  return features;
}

/** The leads at 250 Hz without gaps, those of one rate and length together; without those that have no voltage or are too slow. */
function evenly(leads: readonly EcgLead[]): readonly Float64Array[] {
  const alike = new Map<string, EcgLead[]>();
  for (const lead of leads) {
    const { samples, samplingRateHz, unit } = lead;
    if (unit !== 'mV' || samplingRateHz < SLOWEST_HZ) continue;
    const key = `${samplingRateHz} ${samples.length}`;
    alike.set(key, [...(alike.get(key) ?? []), lead]);
  }
  return [...alike.values()].flatMap((group) => {
    const { samplingRateHz: rate = RATE_HZ, samples } = group[0] ?? {};
    const count = Math.floor(((samples?.length ?? 0) / rate) * RATE_HZ + 1e-6);
    const bridged = group.map((lead) => bridgeGaps(lead.samples));
    return resample(bridged, rate, RATE_HZ, count, KERNEL);
  });
}

function leadNumbers(signal: Float64Array): Record<string, number> {
  const middle = median(signal);
  const mean = average(signal, 0, signal.length);
  const centred = signal.map((v) => v - mean);
  const deviation = Math.sqrt(product(centred, centred) / signal.length);
  const { low, high } = extremes(signal, 0, signal.length);
  const { steps, still, leap } = stepsOf(signal);
  const spectrum = powerSpectrum(centred, SEGMENT);
  const [means, ranges]: [number[], number[]] = [[], []];
  for (let from = 0; from + RATE_HZ <= signal.length; from += RATE_HZ) {
    means.push(average(signal, from, from + RATE_HZ));
    const second = extremes(signal, from, from + RATE_HZ);
    ranges.push(second.high - second.low);
  }
  return {
    spread: log(deviation, 1e-3),
    height: log(Math.max(high - middle, middle - low), 1e-3),
    still,
    clipped: clipped(signal, low, high),
    leap: log(leap, 1e-3),
    step: log(medianInPlace(steps), 1e-4),
    ...Object.fromEntries(BANDS.map(([name, from, to]) => [name, log(band(spectrum, from, to), 1e-7)])),
    peaked: log(fourthPower(signal, middle, Math.max(deviation, 1e-3)), 1e-3),
    drift: log(Math.max(...means) - Math.min(...means), 1e-3),
    quietest: log(Math.min(...ranges), 1e-3),
  };
}

const log = (value: number, least: number) => Math.log10(value + least);

function band(spectrum: Float64Array, fromHz: number, toHz: number): number {
  const bin = (hz: number) => Math.ceil((hz * SEGMENT) / RATE_HZ);
  let sum = 0;
  for (let n = bin(fromHz); n < Math.min(bin(toHz), spectrum.length); n++) sum += spectrum[n] ?? 0;
  return sum;
}

// Plain loops from here on: twelve leads of this are on the way to every reading.

function average(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let n = from; n < to; n++) sum += values[n] ?? 0;
  return sum / (to - from);
}

function extremes(values: Float64Array, from: number, to: number): { readonly low: number; readonly high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let n = from; n < to; n++) {
    const v = values[n] ?? 0;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return { low, high };
}

/** The size of each step between samples, which share of them is none, and the greatest. */
function stepsOf(signal: Float64Array) {
  const steps = new Float64Array(signal.length - 1);
  let [still, leap] = [0, 0];
  for (let n = 0; n < steps.length; n++) {
    const step = Math.abs((signal[n + 1] ?? 0) - (signal[n] ?? 0));
    steps[n] = step;
    if (step < STILL_MV) still++;
    if (step > leap) leap = step;
  }
  return { steps, still: still / steps.length, leap };
}

/** The share of samples at either rail. */
function clipped(signal: Float64Array, low: number, high: number): number {
  let [above, below] = [0, 0];
  for (let n = 0; n < signal.length; n++) {
    const v = signal[n] ?? 0;
    if (v >= high - RAIL_MV) above++;
    if (v <= low + RAIL_MV) below++;
  }
  return above / signal.length + below / signal.length;
}

/** The mean fourth power of the distance from the middle, in units of so much. */
function fourthPower(signal: Float64Array, middle: number, unit: number): number {
  let sum = 0;
  for (let n = 0; n < signal.length; n++) {
    const square = (((signal[n] ?? 0) - middle) / unit) ** 2;
    sum += square * square;
  }
  return sum / signal.length;
}

/** For each lead the greatest correlation with another one, whatever its sign; a flat lead resembles none. */
function likenesses(signals: readonly Float64Array[]): number[] {
  const scaled = signals.map((signal) => {
    const mean = average(signal, 0, signal.length);
    const centred = signal.map((v) => v - mean);
    const length = Math.sqrt(product(centred, centred));
    return length > STILL_MV ? centred.map((v) => v / length) : null;
  });
  const best = scaled.map(() => 0);
  scaled.forEach((own, a) => {
    for (let b = 0; b < a; b++) {
      const other = scaled[b];
      const alike = own && other ? Math.abs(product(own, other)) : 0;
      best[a] = Math.max(best[a] ?? 0, alike);
      best[b] = Math.max(best[b] ?? 0, alike);
    }
  });
  return best;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += (a[n] ?? 0) * (b[n] ?? 0);
  return sum;
}
