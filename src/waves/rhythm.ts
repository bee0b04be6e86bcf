import type { ClassifiedBeat, Ecg, EcgLead, Lead, LeadWaves } from '../ecg';
import { BAND_HZ } from '../signal/qrs-band';
import { qrsActivity } from './activity';
import { agreement, type Span } from './agreement';
import { classifyBeats } from './beat-classes';
import { pickBeats } from './beats';
import { type Fiducials, fiducials } from './fiducials';
import { pacingSpikes } from './pacing';
import { findLongestPause, type Pause } from './pause';
import { alignBeats } from './peaks';
import { type RrStatistics, rrStatistics } from './rr';
import { firstFrom } from './search';

/** The waves of each lead, and the stretch in which they were looked for. */
export interface Seen {
  readonly waves: Readonly<Partial<Record<Lead, LeadWaves>>>;
  readonly span: Span;
}

/** When the heart beats: all that is asked of the later parts of a long recording. */
export interface Rhythm {
  /** The detector's beats, seconds from the start of the recording. */
  readonly detected: readonly number[];
  /** What the delineator saw, checked against the detector; null without a delineator. */
  readonly checked: (Fiducials & ReturnType<typeof agreement>) | null;
  /** R peaks (or dominant S), seconds from the start of the recording, ascending. */
  readonly beats: readonly number[];
  readonly rr: RrStatistics;
  readonly longestPause: Pause | null;
  readonly beatList: readonly ClassifiedBeat[];
  readonly pacingSpikes: readonly number[] | null;
}

/**
 * With so much agreement the delineator's beats count, which saw twelve leads' shapes; below it the detector's, whose errors on rhythms of
 * all kinds are known (MIT-BIH) and who was not trained on anything. Intervals are measured only on beats that both see.
 */
export const ENOUGH_AGREEMENT = 0.9;

/**
 * The delineator was trained on twelve leads; of fewer than so many it misses one beat in a hundred on MIT-BIH. There the detector's beats count too
 * that lie so far from all others, seconds, and are so high (a usual QRS has a height of 1): sensitivity from 98.9 to 99.9 %, positive predictivity
 * from 99.9 to 99.8 %; 0.25 s and heights of 0.2 to 0.4 give the same within 0.1 %.
 */
const FEW_LEADS = 6;
const APART_S = 0.3;
const LEAST_HEIGHT = 0.3;

/** Beats with their classes, RR intervals and pauses, from what a delineator saw or, without one, from the detector alone. */
export function rhythmOf(ecg: Ecg, given: Seen | null): Rhythm {
  const { values, bestLead } = qrsActivity(ecg);
  const places = pickBeats(values);
  const detected = places.map((at) => ecg.startS + at / BAND_HZ);
  const tall = places.filter((at) => (values[at] ?? 0) >= LEAST_HEIGHT).map((at) => ecg.startS + at / BAND_HZ);
  const checked = given && check(given, detected);
  const agreed = given && checked && checked.share >= ENOUGH_AGREEMENT ? { ...given, ...checked } : null;
  const missed = agreed ? missedIn(agreed, agreed, tall) : [];
  const times = agreed ? joined(agreed.span, agreed, detected, missed) : detected;

  const middles = times.map((timeS) => timeS - ecg.startS);
  const aligned = bestLead ? alignBeats(middles, bestLead) : middles;
  const isSeen = (fromS: number, toS: number) => bestLead !== null && isWhole(bestLead, fromS, toS);
  const beats = aligned.map((timeS) => ecg.startS + timeS);
  const spikes = pacingSpikes(ecg);
  return {
    detected,
    checked,
    beats,
    rr: rrStatistics(aligned, isSeen),
    longestPause: findLongestPause(aligned, ecg, isSeen),
    beatList: classifyBeats(ecg, beats, checked?.beats ?? [], spikes ?? [], placesOf(missed, times)),
    pacingSpikes: spikes,
  };
}

const isOutside = (timeS: number, { fromS, toS }: Span) => timeS < fromS || timeS > toS;

function check({ waves, span }: Seen, detected: readonly number[]) {
  const found = fiducials(waves);
  const inside = detected.filter((timeS) => !isOutside(timeS, span));
  return { ...found, ...agreement(inside, found.beats, span) };
}

const middle = ({ qrs }: Fiducials['beats'][number]) => (qrs.onset + qrs.offset) / 2;

/** The delineator's beats, and the detector's where the delineator did not look or missed them. */
function joined(
  span: Span,
  { beats }: Fiducials,
  detected: readonly number[],
  missed: readonly number[],
): readonly number[] {
  const outside = detected.filter((timeS) => isOutside(timeS, span));
  return [...outside, ...beats.map(middle), ...missed].sort((a, b) => a - b);
}

/** Of few leads, what the detector sees and the delineator does not. */
function missedIn({ waves, span }: Seen, { beats }: Fiducials, tall: readonly number[]): readonly number[] {
  if (Object.values(waves).filter(({ qrs }) => qrs.length > 0).length >= FEW_LEADS) return [];
  const own = beats.map(middle);
  return tall.filter((timeS) => {
    const next = firstFrom(own, timeS, (time) => time);
    const before = own[next - 1] ?? Number.NEGATIVE_INFINITY;
    const behind = own[next] ?? Number.POSITIVE_INFINITY;
    return !isOutside(timeS, span) && timeS - before > APART_S && behind - timeS > APART_S;
  });
}

/** Where some of the times stand among all. */
function placesOf(some: readonly number[], all: readonly number[]): ReadonlySet<number> {
  const wanted = new Set(some);
  return new Set(all.flatMap((timeS, n) => (wanted.has(timeS) ? [n] : [])));
}

function isWhole({ samples, samplingRateHz }: EcgLead, fromS: number, toS: number): boolean {
  const end = Math.min(samples.length, Math.round(toS * samplingRateHz));
  for (let n = Math.max(0, Math.round(fromS * samplingRateHz)); n < end; n++)
    if (Number.isNaN(samples[n])) return false;
  return true;
}
