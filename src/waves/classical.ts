import type { BeatMark, Ecg, EcgLead } from '../ecg';
import { median } from '../signal/median';
import { alignedTimes } from './align';
import { FEWEST_BEATS } from './edited';
import { qrsShapes } from './shapes';
import { usualLevel, usualRow } from './usual';
import { edge, floorOf, highest, magnitude, STEP_S, steps, summits, velocity } from './velocity';

/** Of a long recording so many beats are taken, evenly over its length. */
const MOST_BEATS = 60;
/** The usual beat reaches so far around its QRS, less in fast hearts, seconds. */
const BEFORE_S = 0.4;
const AFTER_S = 0.7;
/** QRS: where the velocity stays for {@link QUIET_S} below so much of its height over what lies before, or behind. */
const QRS_S = 0.012;
const ONSET_SHARE = 0.04;
const OFFSET_SHARE = 0.03;
const QUIET_S = 0.014;
/** Mains hum that is left in the median has peaks so many times over its mean. */
const OVER_HUM = 2;
const MOST_FLOOR = 0.06;
/** Anything else is no QRS that was found, seconds. */
const SHORTEST_QRS_S = 0.04;
const LONGEST_QRS_S = 0.26;
/** The tangent at the steepest descent behind the last peak of T meets the level behind it; of two peaks both count from this share on. */
const T_PEAK_SHARE = 0.5;
/** P: slopes within {@link P_REACH_S} of the steepest one that rises so many times over the quiet part, and end where so much is left. */
const P_S = 0.04;
const P_BEFORE_S = 0.3;
const P_OVER_QUIET = 4;
const P_REACH_S = 0.09;
const P_SLOPE_SHARE = 0.25;
const P_EDGE_SHARE = 0.15;
/** Cardiologists mark so much before and behind what a threshold and a tangent give (medians on LUDB, n = 159), seconds. */
const ONSET_EARLIER_S = 0.006;
const T_LATER_S = 0.018;

type Part = readonly [onset: number, offset: number];

/** The boundaries over all leads in the usual beat, seconds from the moment its beats are aligned at. */
export interface ClassicalBeat {
  /** The moment of alignment of each beat, seconds from the start of the recording. */
  readonly times: readonly number[];
  readonly p: BeatMark | null;
  readonly qrs: BeatMark;
  readonly t: BeatMark | null;
}

/**
 * A second opinion on the boundaries that no network has a part in: the detector's beats of the commonest shape are laid over one another, as
 * carts do (Kligfield et al. 2007, AHA/ACCF/HRS, Part I), and the spatial velocity of their median over all recorded leads is searched by
 * thresholds; T ends at the tangent (Lepeschkin and Surawicz 1952). The shares were set on the 159 open records of LUDB
 * (`bench/second-opinion.ts`). A P that comes now earlier, now later, as in fibrillation and AV block, is none in the median.
 *
 * @param detected the detector's beats, seconds from the start of the recording
 * @returns null with fewer than two beats of one shape, and in noise that the median does not take away
 */
export function classicalBeat(ecg: Ecg, detected: readonly number[]): ClassicalBeat | null {
  const every = Math.max(1, Math.ceil(detected.length / MOST_BEATS));
  const some = detected.filter((_, n) => n % every === 0);
  const taken = (qrsShapes(ecg, some)[0]?.members ?? []).flatMap((n) => some[n] ?? []);
  if (taken.length < FEWEST_BEATS) return null;
  const at = (timeS: number) => ({ onset: timeS, peak: timeS, offset: timeS });
  const times = alignedTimes(
    ecg,
    taken.map((timeS) => ({ p: null, qrs: at(timeS), t: null })),
  );
  const rrS = median(detected.slice(1).map((timeS, n) => timeS - (detected[n] ?? timeS)));
  const fromS = Math.max(-BEFORE_S, -0.6 * rrS);
  const toS = Math.min(AFTER_S, rrS - 0.08);
  const rows = ecg.leads
    .filter(({ lead, derived }) => lead !== null && !derived)
    .map((lead) => usualBeat(lead, ecg.startS, times, fromS, toS));
  const zero = steps(-fromS);
  const qrs = qrsOf(velocity(rows, QRS_S), zero);
  if (!qrs) return null;
  const [onset, offset] = qrs;
  const t = tOf(rows, onset, offset, rrS);
  const p = pOf(velocity(rows, P_S), onset, t ? t[1] - steps(rrS) : 0);
  const mark = ([on, off]: Part, earlierS: number, laterS: number): BeatMark => ({
    onset: (on - zero) * STEP_S - earlierS,
    offset: (off - zero) * STEP_S + laterS,
  });
  return {
    times,
    p: p && mark(p, 0, 0),
    qrs: mark(qrs, ONSET_EARLIER_S, 0),
    t: t && mark(t, 0, T_LATER_S),
  };
}

/** A lead's median over the beats, on the grid, each against its own median: wander is left out. */
function usualBeat(lead: EcgLead, startS: number, times: readonly number[], fromS: number, toS: number): Float32Array {
  const { samples, samplingRateHz } = lead;
  return usualRow(
    times.map((timeS) => {
      const row = new Float32Array(steps(toS - fromS));
      for (let n = 0; n < row.length; n++) {
        const position = Math.max(0, (timeS - startS + fromS + n * STEP_S) * samplingRateHz);
        const below = Math.floor(position);
        const low = samples[below] ?? Number.NaN;
        row[n] = low + (position - below) * ((samples[below + 1] ?? low) - low);
      }
      const level = usualLevel(row);
      for (let n = 0; n < row.length; n++) row[n] = (row[n] ?? Number.NaN) - level;
      return row;
    }),
  );
}

/** Null where so much is left between the beats that no slow part of a QRS can be told from it. */
function qrsOf(speed: Float32Array, zero: number): Part | null {
  const top = highest(speed, zero - steps(0.08), zero + steps(0.08));
  const most = speed[top] ?? 0;
  const before = floorOf(speed, top - steps(0.2), top - steps(0.02));
  const behind = floorOf(speed, top + steps(0.03), top + steps(0.2));
  if (Math.max(before, behind) > MOST_FLOOR * most) return null;
  const over = (floor: number, share: number) => Math.max(OVER_HUM * floor, floor + share * (most - floor));
  const onset = edge(speed, top, -1, over(before, ONSET_SHARE), steps(QUIET_S));
  const offset = edge(speed, top, 1, over(behind, OFFSET_SHARE), steps(QUIET_S));
  return offset - onset >= steps(SHORTEST_QRS_S) && offset - onset <= steps(LONGEST_QRS_S) ? [onset, offset] : null;
}

/** T from its steepest rise to the tangent's foot. Its peak is looked for up to 0.46 √RR behind the onset of QRS, in fast hearts less. */
function tOf(rows: readonly Float32Array[], onset: number, offset: number, rrS: number): Part | null {
  const levels = rows.map((row) => median(row.subarray(Math.max(0, onset - steps(0.02)), onset)));
  const size = magnitude(rows, levels);
  const first = offset + steps(0.06);
  const longestS = Math.min(0.46 * Math.sqrt(Math.min(rrS, 1.3)), 0.62 * rrS + 0.04);
  const last = Math.min(size.length - steps(0.04), onset + steps(longestS));
  if (last <= first) return null;
  const tallest = highest(size, first, last);
  const peak = summits(size, tallest, last, T_PEAK_SHARE * (size[tallest] ?? 0)).at(-1) ?? tallest;
  const fall = (n: number) => ((size[n - 1] ?? 0) - (size[n + 1] ?? 0)) / 2;
  let steepest = peak + 1;
  for (let n = steepest; n < Math.min(size.length - 1, peak + steps(0.16)); n++)
    if (fall(n) > fall(steepest)) steepest = n;
  if (fall(steepest) <= 0) return null;
  const foot = size.subarray(steepest, steepest + steps(0.14)).reduce((least, v) => Math.min(least, v));
  const end = steepest + ((size[steepest] ?? 0) - foot) / fall(steepest);
  return [highest(velocity(rows, 0.03), offset + steps(0.02), peak), Math.min(size.length, end)];
}

/** @param lastT where the T wave before it ended */
function pOf(speed: Float32Array, onset: number, lastT: number): Part | null {
  const first = Math.max(1, onset - steps(P_BEFORE_S), Math.round(lastT));
  const last = onset - steps(0.02);
  if (last - first < steps(0.06)) return null;
  const all = summits(speed, first, last, 0);
  const steepest = all.reduce((best, n) => ((speed[n] ?? 0) > (speed[best] ?? 0) ? n : best), all[0] ?? first);
  const sorted = speed.slice(first, last).sort();
  const quiet = sorted[Math.floor(0.15 * sorted.length)] ?? 0;
  const over = (n: number, share: number) => quiet + share * ((speed[n] ?? 0) - quiet);
  if (all.length === 0 || (speed[steepest] ?? 0) < P_OVER_QUIET * quiet) return null;
  const reach = steps(P_REACH_S);
  const slopes = all.filter((n) => Math.abs(n - steepest) < reach && (speed[n] ?? 0) >= over(steepest, P_SLOPE_SHARE));
  const [rise, fall] = [slopes[0] ?? steepest, slopes.at(-1) ?? steepest];
  return [edge(speed, rise, -1, over(rise, P_EDGE_SHARE), 1), edge(speed, fall, 1, over(fall, P_EDGE_SHARE), 1)];
}
