import type { Finding, ModelCard, Trend } from '../ecg';

/** Windows of a recording as the network saw them, with the calibrated probabilities [windows, labels]. */
interface Seen {
  readonly windows: readonly { readonly startS: number; readonly durationS: number }[];
  readonly windowProbabilities: Float32Array;
}

/**
 * What a recording shows over time, or null where one pass saw all of it.
 *
 * @param beats times of the R peaks, seconds
 * @param findings the statements in the card's order; those that were not assessed are left out
 */
export function trendOf(
  { labels }: Pick<ModelCard, 'labels'>,
  { windows, windowProbabilities }: Seen,
  beats: readonly number[],
  findings: readonly Finding[],
): Trend | null {
  if (windows.length < 2) return null;
  const assessed = findings.flatMap(({ code, probability }) => (probability === null ? [] : [code]));
  return {
    windows: windows.map(({ startS, durationS }) => {
      const endS = startS + durationS;
      return { startS, durationS, heartRateBpm: rateWithin(beats, startS, endS) };
    }),
    probabilities: Object.fromEntries(
      labels.flatMap(({ code }, label) =>
        assessed.includes(code)
          ? [[code, windows.map((_, w) => windowProbabilities[w * labels.length + label] ?? Number.NaN)] as const]
          : [],
      ),
    ),
  };
}

/** Sixty over the mean RR interval of the beats in a stretch, per minute; null with fewer than three of them. */
function rateWithin(beats: readonly number[], startS: number, endS: number): number | null {
  const inside = beats.filter((timeS) => timeS >= startS && timeS < endS);
  const [first] = inside;
  const last = inside.at(-1);
  if (first === undefined || last === undefined || inside.length < 3) return null;
  return (60 * (inside.length - 1)) / (last - first);
}
