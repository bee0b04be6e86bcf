import type { Annotation, Annotations } from '../ecg';

/** A day of beats has ten times as many; an analysis of more could not be opened any more. */
const MOST_LISTED = 10_000;
const LONGEST_TEXT = 200;

/** Annotations in the order of time, no more of them than an analysis can hold; their number is told. */
export function annotationsOf(all: readonly Annotation[]): Annotations {
  const list = all
    .toSorted((a, b) => a.timeS - b.timeS)
    .slice(0, MOST_LISTED)
    .map((one) => ({ ...one, text: one.text.slice(0, LONGEST_TEXT) }));
  return { count: all.length, list };
}
