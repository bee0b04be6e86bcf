import type { Ecg, Lead, LeadWaves } from '../ecg';
import { median } from '../signal/median';
import { beatFeatures } from './beat-features';
import { fiducials } from './fiducials';

/** What a classifier of beats may be given of each, by name; NaN where it is not known. Ratios, shares and milliseconds only: no voltage. */
export type BeatNumbers = Readonly<Record<string, number>>;

/**
 * The signs of a premature beat in numbers (after de Chazal et al. 2004): its intervals against those around and the one before, its width
 * against the usual one, its shape against the commonest, its P, and what the beats of its shape have in common.
 *
 * @param times of the beats, seconds from the start of the recording, ascending
 */
export function beatNumbers(
  ecg: Ecg,
  times: readonly number[],
  waves: Readonly<Partial<Record<Lead, LeadWaves>>>,
): readonly BeatNumbers[] {
  const beats = beatFeatures(ecg, times, fiducials(waves).beats, new Set());
  const usualQrsS = median(known(beats.filter(({ shape }) => shape === 0).map(({ qrsS }) => qrsS)));
  const usualPrS = median(known(beats.map(({ prS }) => prS)));
  const shapes = new Map<number, typeof beats>();
  for (const shape of new Set(beats.map((beat) => beat.shape))) {
    shapes.set(
      shape,
      beats.filter((beat) => beat.shape === shape),
    );
  }
  const common = new Map(
    [...shapes].map(([shape, all]) => [
      shape,
      {
        shapeShare: all.length / beats.length,
        shapeBefore: median(known(all.map(({ before }) => before))),
        shapeQrs: median(known(all.map(({ qrsS }) => qrsS))) / usualQrsS,
        shapeWithP: known(all.map(({ prS }) => prS)).length / all.length,
      },
    ]),
  );
  return beats.map((beat, n) => ({
    before: beat.before,
    behind: beat.behind,
    beforeLast: (beats[n - 1]?.before ?? Number.NaN) - beat.before,
    last: beats[n - 1]?.before ?? Number.NaN,
    next: beats[n + 1]?.behind ?? Number.NaN,
    spread: beat.spread,
    likeness: beat.likeness,
    usualShape: Number(beat.shape === 0),
    qrs: beat.qrsS / usualQrsS,
    qrsMs: 1000 * beat.qrsS,
    pr: beat.prS / usualPrS,
    withP: Number(!Number.isNaN(beat.prS)),
    ...common.get(beat.shape),
  }));
}

const known = (values: readonly number[]) => values.filter((v) => !Number.isNaN(v));
