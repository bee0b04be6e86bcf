import type { ClassifiedBeat, Ecg } from '../ecg';
import type { Delineation } from './lead-waves';
import { longer, type Pause } from './pause';
import { type Rhythm, rhythmOf } from './rhythm';
import { seenBy } from './seen';

/** A long recording is searched in parts of this length, each with so much around it that beats at its ends are judged among others, seconds. */
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

/** Where the parts begin that lie behind what was measured, seconds. */
export function partsBehind(untilS: number, durationS: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.ceil((durationS - untilS) / PART_S)) }, (_, n) => untilS + n * PART_S);
}

/**
 * The beats, pacing spikes and pauses of one part of a long recording, by itself: parts can be searched side by side, and 24 h are never in
 * memory at once. The commonest shape of the part is its normal one. A pause is found whole where it is shorter than {@link AROUND_S}.
 *
 * @param startS where it begins, seconds; no earlier than {@link AROUND_S}
 * @param look the delineator, or null without one; it throws when the reader cancels
 */
export async function searchPart(
  source: Source,
  startS: number,
  look: (part: Ecg) => Promise<Delineation | null>,
): Promise<Found> {
  const part = await source.read(startS - AROUND_S, PART_S + 2 * AROUND_S);
  const found = rhythmOf(part, seenBy(part, await look(part)));
  const isWithin = (timeS: number, earlierS: number) => timeS >= startS - earlierS && timeS < startS + PART_S;
  return {
    beats: found.beats.filter((timeS) => isWithin(timeS, SAME_S / 2)),
    beatList: found.beatList.filter((_, n) => isWithin(found.beats[n] ?? Number.NaN, SAME_S / 2)),
    pacingSpikes: found.pacingSpikes?.filter((timeS) => isWithin(timeS, 0)) ?? null,
    longestPause: found.longestPause,
  };
}

/** What was measured and the parts behind it, in their order, as one. */
export function joinParts(first: Found, parts: readonly Found[]): Found {
  const beats = [...first.beats];
  const beatList: ClassifiedBeat[] = [...first.beatList];
  const spikes = first.pacingSpikes && [...first.pacingSpikes];
  let longestPause: Pause | null = first.longestPause;
  for (const part of parts) {
    longestPause = longer(longestPause, part.longestPause);
    for (const spike of part.pacingSpikes ?? []) spikes?.push(spike);
    part.beats.forEach((timeS, n) => {
      const beat = part.beatList[n];
      const last = beats.at(-1) ?? Number.NEGATIVE_INFINITY;
      if (!beat || timeS - last < SAME_S) return;
      beats.push(timeS);
      beatList.push(beat);
    });
  }
  return { beats, beatList, pacingSpikes: spikes, longestPause };
}
