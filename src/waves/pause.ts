import type { Ecg } from '../ecg';

/** A stretch without a beat, seconds from the start of the recording. */
export interface Pause {
  readonly startS: number;
  readonly lengthS: number;
}

/** The longest stretch without a beat, from the first sample to the last; null without beats. `beats`: seconds from the first sample. */
export function findLongestPause(
  beats: readonly number[],
  ecg: Ecg,
  isSeen: (fromS: number, toS: number) => boolean,
): Pause | null {
  if (beats.length === 0) return null;
  const edges = [0, ...beats, ecg.durationS];
  return edges.slice(1).reduce<Pause | null>((longest, toS, i) => {
    const fromS = edges[i] ?? toS;
    const lengthS = toS - fromS;
    return lengthS > (longest?.lengthS ?? 0) && isSeen(fromS, toS) ? { startS: ecg.startS + fromS, lengthS } : longest;
  }, null);
}

/** The longer one of two. */
export const longer = (a: Pause | null, b: Pause | null): Pause | null => (b && b.lengthS > (a?.lengthS ?? 0) ? b : a);
