import { type Ecg, type EcgLead, LEADS } from '../ecg';
import { bridgeGaps } from './gaps';
import { median } from './median';
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
  const signals = leads.flatMap((lead) => evenly(lead) ?? []);
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

/** The lead at 250 Hz without gaps; null where it has no voltage or is too slow. */
function evenly({ samples, samplingRateHz, unit }: EcgLead): Float64Array | null {
  if (unit !== 'mV' || samplingRateHz < SLOWEST_HZ) return null;
  const count = Math.floor((samples.length / samplingRateHz) * RATE_HZ + 1e-6);
  const [signal = null] = resample([bridgeGaps(samples)], samplingRateHz, RATE_HZ, count, KERNEL);
  return signal;
}

function leadNumbers(signal: Float64Array): Record<string, number> {
  const middle = median(signal);
  const centred = signal.map((v) => v - middle);
  const steps = Float64Array.from({ length: signal.length - 1 }, (_, n) =>
    Math.abs((signal[n + 1] ?? 0) - (signal[n] ?? 0)),
  );
  const mean = average(signal);
  const deviation = Math.sqrt(average(signal.map((v) => (v - mean) ** 2)));
  const [low, high] = [signal.reduce((a, b) => Math.min(a, b)), signal.reduce((a, b) => Math.max(a, b))];
  const spectrum = powerSpectrum(
    signal.map((v) => v - mean),
    SEGMENT,
  );
  const seconds = Array.from({ length: Math.floor(signal.length / RATE_HZ) }, (_, n) =>
    signal.subarray(n * RATE_HZ, (n + 1) * RATE_HZ),
  );
  const means = seconds.map(average);
  const ranges = seconds.map((part) => part.reduce((a, b) => Math.max(a, b)) - part.reduce((a, b) => Math.min(a, b)));
  return {
    spread: log(deviation, 1e-3),
    height: log(Math.max(high - middle, middle - low), 1e-3),
    still: share(steps, (v) => v < STILL_MV),
    clipped: share(signal, (v) => v >= high - RAIL_MV) + share(signal, (v) => v <= low + RAIL_MV),
    leap: log(
      steps.reduce((a, b) => Math.max(a, b)),
      1e-3,
    ),
    step: log(median(steps), 1e-4),
    ...Object.fromEntries(BANDS.map(([name, from, to]) => [name, log(band(spectrum, from, to), 1e-7)])),
    peaked: log(average(centred.map((v) => (v / Math.max(deviation, 1e-3)) ** 4)), 1e-3),
    drift: log(Math.max(...means) - Math.min(...means), 1e-3),
    quietest: log(Math.min(...ranges), 1e-3),
  };
}

const log = (value: number, least: number) => Math.log10(value + least);

function band(spectrum: Float64Array, fromHz: number, toHz: number): number {
  const bin = (hz: number) => Math.ceil((hz * SEGMENT) / RATE_HZ);
  return spectrum.subarray(bin(fromHz), bin(toHz)).reduce((sum, v) => sum + v, 0);
}

function average(values: Float64Array): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

function share(values: Float64Array, is: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (is(value)) count++;
  return count / values.length;
}

/** For each lead the greatest correlation with another one, whatever its sign; a flat lead resembles none. */
function likenesses(signals: readonly Float64Array[]): number[] {
  const scaled = signals.map((signal) => {
    const mean = average(signal);
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
