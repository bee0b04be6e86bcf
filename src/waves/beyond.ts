import type { ClassifiedBeat, Ecg } from '../ecg';
import type { Delineation } from './lead-waves';
import { longer, type Pause } from './pause';
import { type Rhythm, rhythmOf } from './rhythm';
import { seenBy } from './seen';

/** The rest of a recording is read in parts of this length, each with so much around it that beats at its ends are judged among others, seconds. */
const PART_S = 1800;
const AROUND_S = 30;
/** A beat that two parts see is one, seconds. */
const SAME_S = 0.2;

/** A recording of any length, a stretch at a time. */
interface Source {
  readonly durationS: number;
  read(startS: number, durationS: number): Promise<Ecg>;
}

/** What a whole day is searched for. */
export type Found = Pick<Rhythm, 'beats' | 'beatList' | 'pacingSpikes' | 'longestPause'>;

/**
 * The beats, pacing spikes and pauses of a long recording behind what was measured of it, part after part, so that 24 h are never in memory
 * at once. Of each part the commonest shape is its normal one. A pause is found whole where it is shorter than {@link AROUND_S}.
 *
 * @param first what was found before
 * @param untilS how far, seconds: a whole number of them
 * @param look the delineator, or null without one; it throws when the reader cancels
 */
export async function beatsBeyond(
  source: Source,
  first: Found,
  untilS: number,
  look: (part: Ecg) => Promise<Delineation | null>,
): Promise<Found> {
  const beats = [...first.beats];
  const beatList: ClassifiedBeat[] = [...first.beatList];
  const spikes = first.pacingSpikes && [...first.pacingSpikes];
  let longestPause: Pause | null = first.longestPause;
  for (let startS = untilS; startS < source.durationS; startS += PART_S) {
    const endS = startS + PART_S;
    const part = await source.read(startS - AROUND_S, PART_S + 2 * AROUND_S);
    const found = rhythmOf(part, seenBy(part, await look(part)));
    longestPause = longer(longestPause, found.longestPause);
    for (const spike of found.pacingSpikes ?? []) if (spike >= startS && spike < endS) spikes?.push(spike);
    found.beats.forEach((timeS, n) => {
      const beat = found.beatList[n];
      const last = beats.at(-1) ?? Number.NEGATIVE_INFINITY;
      if (!beat || timeS < startS - SAME_S / 2 || timeS >= endS || timeS - last < SAME_S) return;
      beats.push(timeS);
      beatList.push(beat);
    });
  }
  return { beats, beatList, pacingSpikes: spikes, longestPause };
}
