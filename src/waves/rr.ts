import type { Regularity } from '../ecg';
import { median } from '../signal/median';

/** What the RR intervals say. Null where there are too few. */
export interface RrStatistics {
  /** 60 000 / mean RR. */
  readonly heartRateBpm: number | null;
  /** Median RR, ms: a missed or an early beat does not move it. */
  readonly medianRrMs: number | null;
  readonly meanRrMs: number | null;
  /** Sample standard deviation of RR, ms (Task Force of the ESC and NASPE 1996). */
  readonly sdnnMs: number | null;
  /** Root mean square of successive differences of RR, ms (Task Force 1996). */
  readonly rmssdMs: number | null;
  readonly regularity: Regularity | null;
}

/** Intervals longer than this are a loss of signal or an arrest, not a rhythm, ms. */
const LONGEST_RR_MS = 4000;
/** Two successive RR intervals differ by more than this share of the median: irregular there. */
export const JUMP_SHARE = 0.12;
/** A rhythm is irregular when more than this share of its steps jump. */
const JUMPS = 0.25;
const FEWEST_STEPS = 3;

/**
 * Statistics of the RR intervals between successive beats.
 *
 * @param beats seconds, ascending
 * @param isWhole whether the signal between two beats is there throughout; the interval is left out where it is not
 */
export function rrStatistics(beats: readonly number[], isWhole: (fromS: number, toS: number) => boolean): RrStatistics {
  const intervals = beats.slice(1).map((beat, n) => {
    const before = beats[n] ?? beat;
    const rrMs = 1000 * (beat - before);
    return rrMs <= LONGEST_RR_MS && isWhole(before, beat) ? rrMs : null;
  });
  const rr = intervals.filter((v) => v !== null);
  const steps = intervals.slice(1).flatMap((v, n) => {
    const before = intervals[n];
    return v === null || before == null ? [] : [v - before];
  });
  const meanRr = mean(rr);
  if (meanRr === null) {
    return {
      heartRateBpm: null,
      medianRrMs: null,
      meanRrMs: null,
      sdnnMs: null,
      rmssdMs: null,
      regularity: null,
    };
  }
  const squares = rr.reduce((sum, v) => sum + (v - meanRr) ** 2, 0);
  const meanSquareStep = mean(steps.map((step) => step * step));
  return {
    heartRateBpm: 60_000 / meanRr,
    medianRrMs: median(rr),
    meanRrMs: meanRr,
    sdnnMs: rr.length > 2 ? Math.sqrt(squares / (rr.length - 1)) : null,
    rmssdMs: meanSquareStep !== null && steps.length > 1 ? Math.sqrt(meanSquareStep) : null,
    regularity: regularity(steps, median(rr)),
  };
}

function regularity(steps: readonly number[], medianRrMs: number): Regularity | null {
  if (steps.length < FEWEST_STEPS) return null;
  const jumps = steps.filter((step) => Math.abs(step) > JUMP_SHARE * medianRrMs).length;
  return jumps > JUMPS * steps.length ? 'irregular' : 'regular';
}

function mean(values: readonly number[]): number | null {
  return values.length > 0 ? values.reduce((sum, v) => sum + v, 0) / values.length : null;
}
