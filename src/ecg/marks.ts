import type { Lead } from './leads';
import type { Boundary, LeadWaves, Wave } from './reading';

export type WaveKind = keyof LeadWaves;

/** Which boundary of which wave: the peak, which no edit moves, names the wave in its lead. */
export interface MarkName {
  readonly lead: Lead;
  readonly kind: WaveKind;
  /** Seconds from the start of the recording. */
  readonly peakS: number;
  readonly boundary: Boundary;
}

/** A boundary as the reader set it. */
export interface MarkEdit extends MarkName {
  /** Seconds from the start of the recording. */
  readonly timeS: number;
}

/** Peaks nearer than this are one wave: another backend's boundaries can move a peak by some samples, seconds. */
const SAME_PEAK_S = 0.03;

export const isSameMark = (a: MarkName, b: MarkName): boolean =>
  a.lead === b.lead && a.kind === b.kind && a.boundary === b.boundary && Math.abs(a.peakS - b.peakS) < SAME_PEAK_S;

/** The edits with one more; of one mark the last counts. */
export const withMark = (edits: readonly MarkEdit[], edit: MarkEdit): readonly MarkEdit[] => [
  ...edits.filter((other) => !isSameMark(other, edit)),
  edit,
];

/** The waves with the reader's marks, each kept on its side of the peak; an edit of a wave that is not there changes nothing. */
export function applyMarks(
  waves: Readonly<Partial<Record<Lead, LeadWaves>>>,
  edits: readonly MarkEdit[],
): Readonly<Partial<Record<Lead, LeadWaves>>> {
  const changed: Partial<Record<Lead, LeadWaves>> = { ...waves };
  for (const edit of edits) {
    const own = changed[edit.lead];
    if (!own) continue;
    const isMeant = ({ peak }: Wave) => Math.abs(peak - edit.peakS) < SAME_PEAK_S;
    changed[edit.lead] = {
      ...own,
      [edit.kind]: own[edit.kind].map((wave) => (isMeant(wave) ? withBoundary(wave, edit) : wave)),
    };
  }
  return changed;
}

function withBoundary(wave: Wave, { boundary, timeS }: MarkEdit): Wave {
  const edited = [...(wave.edited ?? []).filter((other) => other !== boundary), boundary];
  return boundary === 'onset'
    ? { ...wave, onset: Math.min(timeS, wave.peak), edited }
    : { ...wave, offset: Math.max(timeS, wave.peak), edited };
}
