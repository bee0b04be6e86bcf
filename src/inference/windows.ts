import type { ModelInput, Warning } from '../ecg';
import { message } from '../words/say';

/** More windows than this are spread evenly instead of overlapping by half. */
export const MOST_WINDOWS = 60;

/** Which stretches of a recording the network sees. */
export interface WindowPlan {
  /** Length of every window, seconds: one of the model's. */
  readonly durationS: number;
  /** Seconds from the start of the recording, ascending. */
  readonly startsS: readonly number[];
  /** `whole`: one pass over all of it. `averaged`: windows overlapping by half. `sampled`: windows spread evenly. */
  readonly coverage: 'whole' | 'averaged' | 'sampled';
}

/**
 * One pass where the length is one of the model's, else windows of the longest one that fits and is not longer than what the
 * model was trained on, overlapping by half, the last one ending with the recording.
 *
 * @param durationS length of the recording, seconds
 * @returns null when the recording is shorter than the shortest pass
 */
export function planWindows(durationS: number, input: ModelInput): WindowPlan | null {
  const tolerance = 1 / input.samplingRateHz + 1e-9;
  const exact = input.lengths.find((length) => Math.abs(durationS - length) <= tolerance);
  if (exact !== undefined) return { durationS: exact, startsS: [0], coverage: 'whole' };

  const length = Math.max(...input.lengths.filter((s) => s <= Math.min(durationS, input.trainedLengthS)));
  if (!Number.isFinite(length)) return null;
  const last = durationS - length;
  const hops = Math.ceil(last / (length / 2) - 1e-9);
  if (hops + 1 > MOST_WINDOWS) {
    const startsS = Array.from({ length: MOST_WINDOWS }, (_, i) => (last * i) / (MOST_WINDOWS - 1));
    return { durationS: length, startsS, coverage: 'sampled' };
  }
  const startsS = Array.from({ length: hops + 1 }, (_, i) => Math.min((i * length) / 2, last));
  return { durationS: length, startsS, coverage: 'averaged' };
}

/** What the reader must know of probabilities that are a mean over windows. */
export function coverageWarnings(coverage: WindowPlan['coverage'], windows: number): readonly Warning[] {
  if (coverage === 'whole') return [];
  return coverage === 'sampled'
    ? [{ code: 'WINDOWS_SAMPLED', ...message('windowsSampled', { windows }) }]
    : [{ code: 'WINDOWS_AVERAGED', ...message('windowsAveraged', { windows }) }];
}
