import { WAVE_CLASSES, type WaveMap } from '../ecg';

export type WaveKind = 'p' | 'qrs' | 't';

/** A kind of wave as the model's rules name it. */
export const NAMES = { p: 'P', qrs: 'QRS', t: 'T' } as const;

export const classOf = (kind: WaveKind) => WAVE_CLASSES.indexOf(kind);

/** A wave as a lead's map has it: a run of samples, boundaries between samples where its class gives way to another. */
export interface Segment {
  readonly kind: WaveKind;
  /** Samples of the map from its start, fractions count. */
  readonly onset: number;
  readonly offset: number;
  /** The sum of its class's probability over its samples. */
  readonly weight: number;
}

/** What is searched for runs, sample by sample. */
export interface Runs {
  readonly length: number;
  /** Whether the margin is above 0: asked of every sample, where the margin is asked at boundaries only. */
  readonly isInside: (n: number) => boolean;
  readonly margin: (n: number) => number;
  readonly weight: (n: number) => number;
}

/** Runs with a margin above 0; boundaries where it, linear between samples, is 0, and at an edge of the signal the edge. */
export function runs({ length, isInside, margin, weight }: Runs, kind: WaveKind): Segment[] {
  const found: Segment[] = [];
  let start = -1;
  let sum = 0;
  for (let n = 0; n <= length; n++) {
    if (n < length && isInside(n)) {
      if (start < 0) [start, sum] = [n, 0];
      sum += weight(n);
    } else if (start >= 0) {
      const onset = start > 0 ? start - margin(start) / (margin(start) - margin(start - 1)) : start;
      const offset = n < length ? n - 1 + margin(n - 1) / (margin(n - 1) - margin(n)) : n - 1;
      found.push({ kind, onset, offset, weight: sum });
      start = -1;
    }
  }
  return found;
}

/** The leads' mean probability of each class at each sample, in the form of a map. */
export function meanMap(maps: readonly WaveMap[]): Float32Array {
  const mean = new Float32Array(Math.max(0, ...maps.map(({ probabilities }) => probabilities.length)));
  for (const { probabilities } of maps) {
    for (let n = 0; n < mean.length; n++) mean[n] = (mean[n] ?? 0) + (probabilities[n] ?? 0) / maps.length;
  }
  return mean;
}
