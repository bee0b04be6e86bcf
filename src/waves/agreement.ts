import type { Beat } from './fiducials';

/** A detected beat is a delineated one when it lies this near to its QRS, seconds. */
const NEAR_S = 0.1;
/** A beat this near to the end of what is compared may be seen by one and not by the other, seconds. */
const EDGE_S = 0.25;

/** A stretch of time, seconds. */
export interface Span {
  readonly fromS: number;
  readonly toS: number;
}

/** How the detector's beats and the delineator's go together. */
export interface Agreement {
  /** Share of the beats of both that the other sees too, 0 to 1 (Dice 1945); 1 where neither sees any. Beats at the edges do not count. */
  readonly share: number;
  /** The delineator's beats that the detector sees too. */
  readonly confirmed: readonly Beat[];
}

/** Pairs beats one to one in the order of time. `detected`: seconds, ascending; `compared`: what both looked at. */
export function agreement(detected: readonly number[], beats: readonly Beat[], { fromS, toS }: Span): Agreement {
  const isInside = (timeS: number) => timeS > fromS + EDGE_S && timeS < toS - EDGE_S;
  const paired = new Set<number>();
  let next = 0;
  const confirmed = beats.filter(({ qrs }) => {
    while ((detected[next] ?? Number.POSITIVE_INFINITY) < qrs.onset - NEAR_S) next++;
    const timeS = detected[next] ?? Number.POSITIVE_INFINITY;
    if (timeS > qrs.offset + NEAR_S) return false;
    paired.add(timeS);
    next++;
    return true;
  });
  const isConfirmed = new Set(confirmed);
  const times = detected.filter(isInside);
  const own = beats.filter(({ qrs }) => isInside(qrs.peak));
  const all = times.length + own.length;
  const common = times.filter((timeS) => paired.has(timeS)).length + own.filter((beat) => isConfirmed.has(beat)).length;
  return { share: all > 0 ? common / all : 1, confirmed };
}
