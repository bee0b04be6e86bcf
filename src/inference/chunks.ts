import type { DelineatorCard } from '../ecg';
import { reach, rowMultiple } from '../network';

/** Seconds over which a chunk fades into the next one: each was z-scored by itself. */
const FADE_S = 1;

/** Chunks are at least this long, seconds: longer ones waste less on what overlaps. */
const SHORTEST_S = 30;

/** A stretch of the model's samples, counted from the start of the recording. */
export interface Chunk {
  /** What is kept of it, from `start` up to but not including `end`. */
  readonly start: number;
  readonly end: number;
  /** What the network sees. */
  readonly from: number;
  readonly to: number;
}

export interface ChunkPlan {
  readonly chunks: readonly Chunk[];
  /** Samples after a chunk's end that the next one blends with its own. */
  readonly fade: number;
}

/**
 * Cuts a recording so that its chunks, put together, are what one pass would give: each begins where the U-Net's halving
 * begins, sees as far past what is kept of it as the U-Net does, and starts on a whole second, where every sampling rate has a sample.
 */
export function planChunks(durationS: number, { architecture, input }: DelineatorCard): ChunkPlan {
  const rate = input.samplingRateHz;
  const multiple = rowMultiple(architecture);
  const total = Math.round(durationS * rate);
  const fade = FADE_S * rate;
  const margin = Math.ceil(reach(architecture) / multiple) * multiple;
  let seconds = 1;
  while (seconds < SHORTEST_S || (seconds * rate) % multiple !== 0) seconds++;
  const hop = seconds * rate;

  // The last chunk takes what is too short to be z-scored by itself.
  const count = Math.max(1, 1 + Math.floor((total - Math.max(hop / 2, margin + fade)) / hop));
  const chunks = Array.from({ length: count }, (_, i) => ({
    start: i * hop,
    end: i === count - 1 ? total : (i + 1) * hop,
    from: Math.max(0, i * hop - margin),
    to: i === count - 1 ? total : (i + 1) * hop + fade + margin,
  }));
  return { chunks, fade };
}
