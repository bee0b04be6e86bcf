import type { Wave } from '../ecg';
import { median } from '../signal/median';
import { type Beat, type Fiducials, LONGEST_PR_S } from './fiducials';
import { firstFrom } from './search';

/** How P and QRS go together. */
export interface Conduction {
  /** The normal beats have their one P at a steady distance, and no P goes alone: only then is there a PR interval. */
  readonly oneToOne: boolean;
  /** P waves are there to be measured: conducted, or blocked in step. */
  readonly hasP: boolean;
  /** From the mean P to P interval; null where P is neither conducted nor regular. */
  readonly atrialRateBpm: number | null;
  /** P waves in step with the other P waves that no QRS follows; null where P is not regular. */
  readonly blockedP: number | null;
}

/** A P this far ahead of a QRS could lie before the first sample, seconds. */
const ROOM_S = 0.3;
/**
 * Of the normal beats, so many show their P; lone P are at most so many of the beats. Half of them gave three more PR and one wrong one, in
 * flutter, in 430 records of PTB-XL: too many wrong ones.
 */
const WITH_P = 0.8;
const LONE_P = 0.1;
/** Median distance of the PR intervals from their median where P is conducted, seconds. */
const STEADY_PR_S = 0.02;
/** P to P intervals within this share of their median are in step; the sinus node is regular where so many of them are. */
const IN_STEP = 0.15;
const REGULAR = 0.7;
/** Faster than this it is no sinus node: flutter and fibrillation are no AV block, seconds. */
const SHORTEST_PP_S = 0.33;

/**
 * Judges conduction from the fiducials of all leads.
 *
 * @param normal the beats of the dominant shape
 * @param detected the detector's beats, seconds: a P that one of them follows is not alone, whatever the delineator missed
 * @param startS where the stretch begins, seconds
 */
export function conduction(
  { beats, loneP }: Fiducials,
  normal: readonly Beat[],
  detected: readonly number[],
  startS: number,
): Conduction {
  const judged = normal.filter(({ p, qrs }) => p || qrs.onset - startS > ROOM_S);
  const pr = judged.flatMap(({ p, qrs }) => (p ? [qrs.onset - p.onset] : []));
  const usualPr = median(pr);
  const spread = median(pr.map((v) => Math.abs(v - usualPr)));
  const isNormal = new Set(normal);
  const isFollowed = ({ onset }: Wave) => {
    const next = detected[firstFrom(detected, onset, (timeS) => timeS)];
    return next !== undefined && next - onset <= LONGEST_PR_S;
  };
  const between = loneP.filter((p) => !isFollowed(p) && isBetweenNormal(p, beats, isNormal));
  const oneToOne =
    judged.length > 0 &&
    pr.length >= WITH_P * judged.length &&
    spread <= STEADY_PR_S &&
    between.length <= LONE_P * judged.length;

  const every = [...beats.flatMap(({ p }) => p ?? []), ...loneP].sort((a, b) => a.onset - b.onset);
  const steps = every.slice(1).map((p, n) => p.onset - (every[n]?.onset ?? p.onset));
  const usual = median(steps);
  const inStep = (step: number | undefined) => step !== undefined && Math.abs(step - usual) <= IN_STEP * usual;
  const isRegular =
    steps.length >= 3 && usual >= SHORTEST_PP_S && steps.filter(inStep).length >= REGULAR * steps.length;
  // A step over a P that was not seen is none.
  const single = steps.filter((step) => step < 1.5 * usual);
  const meanStep = single.reduce((sum, step) => sum + step, 0) / single.length;
  const atrialRateBpm = (oneToOne || isRegular) && single.length > 0 ? 60 / meanStep : null;
  if (!isRegular) return { oneToOne, hasP: oneToOne, atrialRateBpm, blockedP: null };
  const blocked = between.filter((p) => {
    const at = firstFrom(every, p.onset, ({ onset }) => onset);
    // Only the beat before it has a T there.
    const t = beats[firstFrom(beats, p.onset, ({ qrs }) => qrs.onset) - 1]?.t;
    return inStep(steps[at - 1]) && inStep(steps[at]) && !(t && overlap(p, t));
  });
  return { oneToOne, hasP: oneToOne || blocked.length > 0, atrialRateBpm, blockedP: blocked.length };
}

const overlap = (a: Wave, b: Wave) => a.onset < b.offset && b.onset < a.offset;

/** Whether a lone P lies between two beats of the dominant shape: after an extrasystole the sinus P finds the ventricles refractory. */
function isBetweenNormal(p: Wave, beats: readonly Beat[], isNormal: ReadonlySet<Beat>): boolean {
  const next = firstFrom(beats, p.onset, ({ qrs }) => qrs.onset);
  const [a, b] = [beats[next - 1], beats[next]];
  return a !== undefined && b !== undefined && isNormal.has(a) && isNormal.has(b);
}
