import type { Lead } from './leads';
import type { Saying } from './saying';

/**
 * Where a network looked for one statement: how much its log-odds fall when a stretch of one lead is blanked (occlusion; Zeiler and
 * Fergus 2014). What two leads show alike, as limb leads do, each can stand in for, so that blanking one of them moves little.
 */
export interface Explanation {
  readonly code: string;
  /** The first stretch's beginning, seconds from the start of the recording. */
  readonly startS: number;
  /** Length of each stretch, seconds. */
  readonly stepS: number;
  readonly steps: number;
  /** Only leads that the network was given. */
  readonly leads: readonly Lead[];
  /** [leads, steps] Fall of the calibrated log-odds; negative where the stretch speaks against the statement. */
  readonly falls: Float32Array<ArrayBuffer>;
  /** Log-odds of the whole, calibrated. */
  readonly whole: number;
  /** In words: `mostly V1–V3, 2.0–2.5 s`. */
  readonly summary: string;
  readonly summarySaying?: Saying;
}
