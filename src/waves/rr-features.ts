import { median } from '../signal/median';

/** Fewer intervals have no statistics. */
const FEWEST_RR = 4;
/** Steps from one interval to the next are counted on a grid of this width, seconds (Sarkar et al. 2008). */
const CELL_S = 0.025;
/** A step smaller than this lies in the middle of that grid, seconds. */
const ORIGIN_S = 0.08;
/** Two stretches of intervals match when they differ by less than this, as a share of the mean interval. */
const MATCH = 0.06;
/** An interval is early, or long, against the median of those around. */
const EARLY = 0.85;
const LONG = 1.15;
const AROUND = 5;

const RR_NAMES = [
  'beats',
  'meanRr',
  'medianRr',
  'shortestRr',
  'longestRr',
  'sdnn',
  'rmssd',
  'spreadRr',
  'sd1Sd2',
  'skewRr',
  'autoRr',
  'turns',
  'steps30',
  'steps12',
  'cells',
  'origin',
  'entropyRr',
  'entropyStep',
  'sampleEntropy',
  'early',
  'earlyThenLong',
  'long',
  'alternates',
  'usualStep',
] as const;

export type RrFeatures = Readonly<Record<(typeof RR_NAMES)[number], number>>;

/**
 * What the intervals between beats say of the rhythm: their spread, their steps, their order. Times as shares of the median interval where
 * nothing else is said; NaN with fewer than four intervals. Heart rate variability after the Task Force (1996), the plane of successive
 * steps after Sarkar et al. (2008), sample entropy of short series after Lake and Moorman (2011).
 *
 * @param beats seconds, ascending
 */
export function rrFeatures(beats: readonly number[]): RrFeatures {
  const rr = stepsOf(beats);
  if (rr.length < FEWEST_RR) {
    return { ...(Object.fromEntries(RR_NAMES.map((name) => [name, Number.NaN])) as RrFeatures), beats: beats.length };
  }
  const usual = median(rr);
  const mean = average(rr);
  const steps = stepsOf(rr);
  const sizes = steps.map(Math.abs);
  const sd = Math.sqrt(average(rr.map((v) => (v - mean) ** 2)));
  const rms = Math.sqrt(average(steps.map((v) => v * v)));
  const against = rr.map((v, n) => v / median(rr.slice(Math.max(0, n - AROUND), n + AROUND + 1)));
  const share = (is: (n: number) => boolean) => rr.filter((_, n) => is(n)).length / rr.length;
  const isEarly = (n: number) => (against[n] ?? 1) < EARLY;
  const isLong = (n: number) => (against[n] ?? 1) > LONG;
  return {
    beats: beats.length,
    meanRr: mean,
    medianRr: usual,
    shortestRr: Math.min(...rr) / usual,
    longestRr: Math.max(...rr) / usual,
    sdnn: sd / mean,
    rmssd: rms / mean,
    spreadRr: median(rr.map((v) => Math.abs(v - usual))) / usual,
    // Half the square of the successive steps against what is left of the variance (Brennan et al. 2001).
    sd1Sd2: rms / Math.SQRT2 / Math.sqrt(Math.max(1e-9, 2 * sd * sd - rms ** 2 / 2)),
    skewRr: average(rr.map((v) => (v - mean) ** 3)) / Math.max(1e-9, sd ** 3),
    autoRr: average(rr.slice(1).map((v, n) => (v - mean) * ((rr[n] ?? mean) - mean))) / Math.max(1e-9, sd * sd),
    turns: steps.slice(1).filter((v, n) => v * (steps[n] ?? 0) < 0).length / Math.max(1, steps.length - 1),
    steps30: sizes.filter((v) => v > 0.03 * usual).length / sizes.length,
    steps12: sizes.filter((v) => v > 0.12 * usual).length / sizes.length,
    cells: cellsOf(steps) / Math.max(1, steps.length - 1),
    origin:
      steps.slice(1).filter((v, n) => Math.hypot(v, steps[n] ?? 0) < ORIGIN_S).length / Math.max(1, steps.length - 1),
    entropyRr: entropy(rr.map((v) => Math.round(v / (2 * CELL_S)))),
    entropyStep: entropy(steps.map((v) => Math.round(v / CELL_S))),
    sampleEntropy: sampleEntropy(rr, MATCH * mean),
    early: share(isEarly),
    earlyThenLong: share((n) => isEarly(n) && isLong(n + 1)),
    long: share(isLong),
    // Every other interval alike, neighbours not: bigeminy.
    alternates: median(rr.slice(2).map((v, n) => Math.abs(v - (rr[n] ?? v)))) / Math.max(1e-3, median(sizes)),
    usualStep: median(sizes) / usual,
  };
}

const stepsOf = (values: readonly number[]) => values.slice(1).map((v, n) => v - (values[n] ?? v));

const average = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Different cells, outside the middle, that pairs of successive steps fall in. */
function cellsOf(steps: readonly number[]): number {
  const cells = new Set<string>();
  steps.slice(1).forEach((v, n) => {
    const before = steps[n] ?? 0;
    if (Math.hypot(v, before) >= ORIGIN_S) cells.add(`${Math.round(v / CELL_S)} ${Math.round(before / CELL_S)}`);
  });
  return cells.size;
}

/** Shannon's, of whole numbers, bits, against the most that so many could have. */
function entropy(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, c) => sum - (c / values.length) * Math.log2(c / values.length), 0);
  return bits / Math.log2(Math.max(2, values.length));
}

/** −log of the odds that intervals that matched go on matching; matches are counted with one more, so that none has a value, too. */
function sampleEntropy(rr: readonly number[], limit: number): number {
  let [once, twice] = [1, 1];
  for (let a = 0; a + 1 < rr.length; a++) {
    for (let b = a + 1; b + 1 < rr.length; b++) {
      if (Math.abs((rr[a] ?? 0) - (rr[b] ?? 0)) > limit) continue;
      once++;
      if (Math.abs((rr[a + 1] ?? 0) - (rr[b + 1] ?? 0)) <= limit) twice++;
    }
  }
  return Math.log(once / twice);
}
