import type { BeatClass, ClassifiedBeat, Ecg } from '../ecg';
import { median } from '../signal/median';
import { type BeatFeatures, beatFeatures } from './beat-features';
import type { Beat } from './fiducials';

/** Earlier than this share of the usual RR a beat is premature: of the usual shape, of another shape. */
const EARLY = 0.85;
const EARLY_OTHER = 0.88;
/** The pause behind a ventricular extrasystole is compensatory: longer than the usual RR by so much. */
const PAUSE = 1.15;
/** Broad: from 110 ms, and so many times the usual QRS. */
const BROAD_S = 0.11;
const BROADER = 1.2;
/** Below this correlation a shape is clearly another one. */
const OTHER_SHAPE = 0.6;
/** An early beat of the usual shape is so many times as early as the intervals around usually are: breathing and fibrillation are not. */
const OVER_SPREAD = 4;
/** Where the intervals vary by less than this, a clearly different shape is enough. */
const STEADY = 0.1;
/** A second shape of normal beats (a bundle that conducts now and then, drifting electrodes): so common, in time, mostly behind a P. */
const COMMON = 0.05;
const IN_TIME = 0.95;
const MOSTLY = 0.5;
/** A pacing spike lies so far ahead of the QRS at most, or so far inside it, seconds. */
const SPIKE_BEFORE_S = 0.08;
const SPIKE_INSIDE_S = 0.04;

/**
 * The class of each beat, by rules: prematurity against the intervals around, shape against the commonest one, width, P, and the pause behind it
 * (the signs of ECG textbooks that de Chazal et al. 2004, IEEE TBME 51:1196, measure; classes after ANSI/AAMI EC57). `paced` is a beat
 * with a spike at its QRS; `V` one of another shape without P that is early, broad or clearly different; `S` one of the usual
 * shape that is early in a rhythm that is steady around it; `Q` one of no shape that is known; `N` every other, bundle branch block included. Where the
 * commonest shape is itself ventricular, as in a long ventricular tachycardia, its beats are N: look at the trace.
 *
 * @param times of the beats, seconds from the start of the recording, ascending; @param beats those that the delineator saw
 * @param unseen places of the times that it looked at and saw no beat in: those are Q
 */
export function classifyBeats(
  ecg: Ecg,
  times: readonly number[],
  beats: readonly Beat[],
  spikes: readonly number[],
  unseen: ReadonlySet<number>,
): readonly ClassifiedBeat[] {
  const features = beatFeatures(ecg, times, beats, unseen);
  const shapes = shapesOf(features);
  const usualQrsS = shapes.get(0)?.qrsS ?? Number.NaN;
  let next = 0;
  return features.map((beat) => {
    while ((spikes[next] ?? Number.POSITIVE_INFINITY) < beat.onsetS - SPIKE_BEFORE_S) next++;
    const isPaced = (spikes[next] ?? Number.POSITIVE_INFINITY) <= beat.onsetS + SPIKE_INSIDE_S;
    return { timeS: beat.timeS, class: isPaced ? 'paced' : classOf(beat, shapes.get(beat.shape), usualQrsS) };
  });
}

/** What the beats of one shape have in common. */
interface Common {
  readonly share: number;
  readonly before: number;
  readonly qrsS: number;
  readonly withP: number;
}

function classOf(beat: BeatFeatures, own: Common | undefined, usualQrsS: number): BeatClass {
  if (!own || beat.shape < 0) return 'Q';
  if (beat.shape === 0) return beat.before < Math.min(EARLY, 1 - OVER_SPREAD * beat.spread) ? 'S' : 'N';
  if (!Number.isNaN(beat.prS)) return 'N';
  if (own.share > COMMON && own.before > IN_TIME && own.withP > MOSTLY) return 'N';
  const isBroad = beat.qrsS >= Math.max(BROAD_S, BROADER * usualQrsS);
  const isOther = beat.likeness < OTHER_SHAPE;
  const isEarly = beat.before < EARLY_OTHER || own.before < EARLY_OTHER;
  return isEarly || isBroad || (isOther && (beat.behind > PAUSE || beat.spread < STEADY)) ? 'V' : 'N';
}

function shapesOf(features: readonly BeatFeatures[]): ReadonlyMap<number, Common> {
  const members = new Map<number, BeatFeatures[]>();
  for (const beat of features) {
    const others = members.get(beat.shape);
    if (others) others.push(beat);
    else members.set(beat.shape, [beat]);
  }
  const known = (values: readonly number[]) => values.filter((v) => !Number.isNaN(v));
  return new Map(
    [...members].map(([shape, all]) => [
      shape,
      {
        share: all.length / features.length,
        before: median(known(all.map(({ before }) => before))),
        qrsS: median(known(all.map(({ qrsS }) => qrsS))),
        withP: known(all.map(({ prS }) => prS)).length / all.length,
      },
    ]),
  );
}
