import type { Lead } from './leads';

/** What a sample belongs to, by number: the classes of a wave map. */
export const WAVE_CLASSES = ['none', 'p', 'qrs', 't'] as const;

/** What the delineator sees in one lead, sample by sample. */
export interface WaveMap {
  readonly lead: Lead;
  /** Where the map begins in the recording, seconds. */
  readonly startS: number;
  readonly samplingRateHz: number;
  /** [T · 4], time-major: the probability of each of {@link WAVE_CLASSES}; 0 throughout where the lead has no signal. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}
