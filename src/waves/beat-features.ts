import type { Ecg } from '../ecg';
import { median } from '../signal/median';
import type { Beat } from './fiducials';
import { likeness, qrsShapes, type Shape } from './shapes';

/** The usual RR at a beat is the median of so many intervals before and behind it. */
const AROUND = 8;
/** A beat of the list is a delineated one when it lies this near to its QRS, seconds. */
const NEAR_S = 0.1;

/** Without a delineator a QRS begins so far ahead of its peak, seconds. */
const ONSET_S = 0.05;

/** What a beat is judged by. NaN where it is not known. */
export interface BeatFeatures {
  readonly timeS: number;
  /** The interval before, and the one behind, as shares of the usual one around. */
  readonly before: number;
  readonly behind: number;
  /** Median distance of the intervals around from the usual one, as a share of it: large in fibrillation. */
  readonly spread: number;
  /** Correlation of its shape with the commonest one, 1 for that. */
  readonly likeness: number;
  /** Its shape's place among the shapes, 0 the commonest; −1 for none. */
  readonly shape: number;
  readonly qrsS: number;
  /** From its P to its QRS, seconds; NaN without P or delineator. */
  readonly prS: number;
  /** Of its QRS, seconds; of the beat's peak less 50 ms without a delineator. */
  readonly onsetS: number;
}

/**
 * @param times of the beats, seconds from the start of the recording, ascending; @param beats those that the delineator saw
 * @param unseen places of times that have no part in the shapes, and no shape
 */
export function beatFeatures(
  ecg: Ecg,
  times: readonly number[],
  beats: readonly Beat[],
  unseen: ReadonlySet<number>,
): readonly BeatFeatures[] {
  const own = match(times, beats);
  const places = times.flatMap((_, n) => (unseen.has(n) ? [] : [n]));
  const shapes = qrsShapes(
    ecg,
    places.map((n) => own[n]?.qrs.peak ?? times[n] ?? Number.NaN),
  );
  const shapeOf = new Map(shapes.flatMap(({ members }, shape) => members.map((m) => [places[m], shape] as const)));
  const rr = times.map((timeS, n) => (n > 0 ? timeS - (times[n - 1] ?? 0) : Number.NaN));
  return times.map((timeS, n) => {
    const around = rr.slice(Math.max(1, n - AROUND), n + AROUND + 1);
    const usual = around.length > 0 ? median(around) : Number.NaN;
    const place = shapeOf.get(n) ?? -1;
    const beat = own[n];
    return {
      timeS,
      before: (rr[n] ?? Number.NaN) / usual,
      behind: (rr[n + 1] ?? Number.NaN) / usual,
      spread: median(around.map((v) => Math.abs(v / usual - 1))),
      likeness: like(shapes, place),
      shape: place,
      qrsS: beat ? beat.qrs.offset - beat.qrs.onset : Number.NaN,
      prS: beat?.p ? beat.qrs.onset - beat.p.onset : Number.NaN,
      onsetS: beat?.qrs.onset ?? timeS - ONSET_S,
    };
  });
}

function like(shapes: readonly Shape[], place: number): number {
  const [first, own] = [shapes[0], shapes[place]];
  return first && own ? likeness(first, own) : 0;
}

/** The delineated beat at each time, or null. Both in the order of time. */
function match(times: readonly number[], beats: readonly Beat[]): readonly (Beat | null)[] {
  let next = 0;
  return times.map((timeS) => {
    while ((beats[next]?.qrs.offset ?? Number.POSITIVE_INFINITY) + NEAR_S < timeS) next++;
    const beat = beats[next];
    return beat && beat.qrs.onset - NEAR_S <= timeS ? beat : null;
  });
}
