import type { BeatClass } from '../ecg';

/** The shortest and longest RR interval of one column of an overview; null where it has no beat. */
export interface RrColumn {
  readonly shortestS: number;
  readonly longestS: number;
}

/** A whole recording's RR intervals in so many columns: what a glance finds pauses, runs and fibrillation by. */
export function rrColumns(beats: readonly number[], durationS: number, columns: number): readonly (RrColumn | null)[] {
  const out: (RrColumn | null)[] = Array.from({ length: columns }, () => null);
  for (const [n, timeS] of beats.entries()) {
    const before = beats[n - 1];
    if (before === undefined) continue;
    const at = Math.max(0, Math.min(columns - 1, Math.floor((timeS / durationS) * columns)));
    const rr = timeS - before;
    const own = out[at];
    out[at] = { shortestS: Math.min(own?.shortestS ?? rr, rr), longestS: Math.max(own?.longestS ?? rr, rr) };
  }
  return out;
}

/** Of the beats the next one from a moment on (or before it) that is not the usual one; where all are usual, the next beat. Null at the end. */
export function nextBeat(
  beats: readonly { readonly timeS: number; readonly class: BeatClass }[],
  fromS: number,
  step: number,
): number | null {
  const unusual = beats.filter((beat) => beat.class !== 'N' && beat.class !== 'Q');
  const among = unusual.length > 0 ? unusual : beats;
  const found = step > 0 ? among.find(({ timeS }) => timeS > fromS) : among.findLast(({ timeS }) => timeS < fromS);
  return found?.timeS ?? null;
}

/** The start of the next window over a threshold behind a moment; behind the last one the first. Null where there is none. */
export function nextWindow(
  windows: readonly { readonly startS: number }[],
  values: readonly number[],
  threshold: number,
  fromS: number,
): number | null {
  const over = windows.filter((_, n) => (values[n] ?? 0) >= threshold);
  return (over.find(({ startS }) => startS > fromS) ?? over[0])?.startS ?? null;
}
