import type { Ecg, EcgLead } from '../ecg';
import { bridgeGaps } from '../signal/gaps';
import { median } from '../signal/median';
import { powerSpectrum } from '../signal/spectrum';
import type { Waves } from './measure';
import { networkFeatures } from './network-features';
import { rrFeatures } from './rr-features';

/** All shapes are compared at this rate, Hz. */
const RATE_HZ = 125;
const SEGMENT = 512;
/** A QRS, the stretch ahead of it where its P lies, and the one behind where its T lies: from and to, seconds from the R peak. */
const QRS_S = [-0.06, 0.1] as const;
const P_S = [-0.26, -0.06] as const;
const T_S = [0.12, 0.42] as const;
/** Shapes that correlate with the usual one by less than this are of another one. */
const OTHER = 0.8;
/** Shares of power between 1 and 40 Hz: wander's rest, atria, QRS, muscle; Hz. */
const BANDS = [
  ['power1', 0.5, 4],
  ['power4', 4, 9],
  ['power9', 9, 18],
  ['power18', 18, 30],
  ['power30', 30, 45],
] as const;

/** What the single-lead rhythm head is given: a number for each name, NaN where it cannot be measured. */
export type RhythmFeatures = Readonly<Record<string, number>>;

/**
 * The rhythm of one lead in numbers: its intervals (`rr-features.ts`), how alike its QRS, P and T are from beat to beat, the classes of its
 * beats, how its power lies by frequency, and the wave features of `network-features.ts` (what the winners of the Challenge of 2017 took:
 * Datta, Zabihi, Teijeiro, Hong and their colleagues). The training runs this very function in Node (bench/rhythm-features.ts).
 *
 * @param ecg whose first lead is the one in question; @param waves measured on it
 */
export function rhythmFeatures(ecg: Ecg, waves: Waves): RhythmFeatures {
  const [lead] = ecg.leads;
  const { beats, beatList, measurements } = waves;
  const known = Object.fromEntries(
    Object.entries(networkFeatures(waves)).map(([name, value]) => [name, value ?? Number.NaN]),
  );
  const share = (kind: string) => beatList.filter((beat) => beat.class === kind).length / Math.max(1, beatList.length);
  return {
    ...rrFeatures(beats),
    ...known,
    ventricular: share('V'),
    supraventricular: share('S'),
    strange: share('Q'),
    longestPause: (waves.longestPause?.lengthS ?? 0) / Math.max(0.3, (measurements.rrMs ?? 1000) / 1000),
    ...(lead
      ? shapesOf(
          evenly(lead),
          beats.map((timeS) => timeS - ecg.startS),
        )
      : {}),
  };
}

/** A lead at 125 Hz by means over the samples of each step, without gaps and without its slowest part. */
function evenly({ samples, samplingRateHz }: EcgLead): Float64Array {
  const bridged = bridgeGaps(samples);
  const sums = new Float64Array(bridged.length + 1);
  for (let n = 0; n < bridged.length; n++) sums[n + 1] = (sums[n] ?? 0) + (bridged[n] ?? 0);
  const count = Math.floor((bridged.length / samplingRateHz) * RATE_HZ);
  const mean = (centre: number, halfS: number) => {
    const from = Math.max(0, Math.round((centre / RATE_HZ - halfS) * samplingRateHz));
    const to = Math.min(bridged.length, Math.max(from + 1, Math.round((centre / RATE_HZ + halfS) * samplingRateHz)));
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  };
  return Float64Array.from({ length: count }, (_, n) => mean(n + 0.5, 0.5 / RATE_HZ) - mean(n + 0.5, 0.6));
}

function shapesOf(signal: Float64Array, beats: readonly number[]): Record<string, number> {
  const height = median(beats.map((timeS) => reach(cut(signal, timeS, QRS_S))));
  return {
    ...alike('qrs', signal, beats, QRS_S, height),
    ...alike('p', signal, beats, P_S, height),
    ...alike('t', signal, beats, T_S, height),
    height: Math.log10(height + 1e-3),
    ...powers(signal),
    still: share(signal, (v, n) => Math.abs(v - (signal[n - 1] ?? v)) < 1e-3),
    tall: share(signal, (v) => Math.abs(v) > 2 * height),
  };
}

/** How alike a stretch of each beat is to the median of all: correlation, height of that median, and how much of the power it explains. */
function alike(
  name: string,
  signal: Float64Array,
  beats: readonly number[],
  stretch: readonly [number, number],
  height: number,
) {
  const parts = beats.map((timeS) => cut(signal, timeS, stretch)).filter((part) => !part.some(Number.isNaN));
  if (parts.length < 3) {
    return {
      [`${name}.alike`]: Number.NaN,
      [`${name}.least`]: Number.NaN,
      [`${name}.others`]: Number.NaN,
      [`${name}.height`]: Number.NaN,
      [`${name}.explained`]: Number.NaN,
      [`${name}.up`]: Number.NaN,
    };
  }
  const usual = centred(
    Float64Array.from({ length: parts[0]?.length ?? 0 }, (_, n) => median(parts.map((part) => part[n] ?? 0))),
  );
  const own = parts.map(centred);
  const correlations = own.map(
    (part) => product(part, usual) / Math.max(1e-9, Math.sqrt(product(part, part) * product(usual, usual))),
  );
  const sorted = [...correlations].sort((a, b) => a - b);
  const power = own.reduce((sum, part) => sum + product(part, part), 0) / own.length;
  return {
    [`${name}.alike`]: median(correlations),
    [`${name}.least`]: sorted[Math.floor(0.1 * sorted.length)] ?? Number.NaN,
    [`${name}.others`]: correlations.filter((v) => v < OTHER).length / correlations.length,
    [`${name}.height`]: reach(usual) / Math.max(1e-3, height),
    [`${name}.explained`]: product(usual, usual) / Math.max(1e-9, power),
    [`${name}.up`]: usual.reduce((a, b) => Math.max(a, b), 0) / Math.max(1e-6, reach(usual)),
  };
}

/** Shares of the power by band, and how peaked the atrial band is. */
function powers(signal: Float64Array): Record<string, number> {
  if (signal.length < SEGMENT) return {};
  const spectrum = powerSpectrum(signal, SEGMENT);
  const between = (from: number, to: number) =>
    spectrum.subarray(Math.round((from * SEGMENT) / RATE_HZ), Math.round((to * SEGMENT) / RATE_HZ));
  const sum = (part: Float64Array) => part.reduce((a, b) => a + b, 0);
  const all = Math.max(1e-12, sum(between(0.5, 45)));
  return Object.fromEntries(BANDS.map(([name, from, to]) => [name, Math.log10(sum(between(from, to)) / all + 1e-4)]));
}

/** A stretch around a moment; NaN beyond the signal's ends. */
function cut(signal: Float64Array, timeS: number, [fromS, toS]: readonly [number, number]): Float64Array {
  const first = Math.round((timeS + fromS) * RATE_HZ);
  return Float64Array.from({ length: Math.round((toS - fromS) * RATE_HZ) }, (_, n) => signal[first + n] ?? Number.NaN);
}

function centred(part: Float64Array): Float64Array {
  const mean = part.reduce((a, b) => a + b, 0) / part.length;
  return part.map((v) => v - mean);
}

/** Greatest less least. */
const reach = (part: Float64Array) => part.reduce((a, b) => Math.max(a, b)) - part.reduce((a, b) => Math.min(a, b));

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += (a[n] ?? 0) * (b[n] ?? 0);
  return sum;
}

function share(values: Float64Array, is: (value: number, place: number) => boolean): number {
  let count = 0;
  values.forEach((value, place) => {
    if (is(value, place)) count++;
  });
  return count / Math.max(1, values.length);
}
