import type { MedianBeat } from '../ecg';
import type { BeatStack } from './beat-sheet';

/** The median beats of an ECG, each over the same lead's of another one; their QRS onsets lie over one another. Leads in one unit only. */
export function superposed(here: readonly MedianBeat[], other: readonly MedianBeat[]): readonly BeatStack[] {
  const pairs = here.flatMap((beat) => {
    const beneath = other.find(({ lead, unit }) => lead === beat.lead && unit === beat.unit);
    return beneath ? [{ beat, beneath }] : [];
  });
  const shiftS = median(
    pairs.flatMap(({ beat, beneath }) => (beat.qrs && beneath.qrs ? [beat.qrs.onset - beneath.qrs.onset] : [])),
  );
  return pairs.map(({ beat, beneath }) => ({
    beat,
    alike: [],
    others: [],
    beneath: { ...beneath, startS: beneath.startS + shiftS },
  }));
}

/** One shift for all leads, so that each keeps its time against the others; 0 where no QRS was marked. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
