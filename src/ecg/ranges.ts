import type { Saying } from './saying';

/** The measurements that have a range, a word or a note of their own; the names of the page (`data-name`, docs/codes.md). */
export const RANGED = [
  'heartRateBpm',
  'prMs',
  'pMs',
  'qrsMs',
  'qtcFridericiaMs',
  'qtcBazettMs',
  'qtcFraminghamMs',
  'qtcHodgesMs',
  'qrsAxisDeg',
  'sdnnMs',
  'rmssdMs',
  'sokolowLyonMv',
  'cornellMv',
] as const;

export type RangedName = (typeof RANGED)[number];

export const AXIS_WORDS = ['normal', 'left', 'right', 'extreme', 'indeterminate'] as const;

export type AxisWord = (typeof AXIS_WORDS)[number];

/** What is normal beside a number, for this patient. */
export interface NormalRange {
  /** In the measurement's unit; null where the source has no limit on this side or none applies to the patient. */
  readonly low: number | null;
  readonly high: number | null;
  /** The range as it is read: `120–200`, `under 450`. Null where there is none. */
  readonly text: string | null;
  readonly textSaying?: Saying | null;
  /** Outside the range; null within it, without one, or where nothing was measured. */
  readonly flag: 'low' | 'high' | null;
  /** The QRS axis in a word; null for all others. */
  readonly word: AxisWord | null;
  /** What has to be known to read the number; one sentence. */
  readonly note: string | null;
  readonly noteSaying?: Saying | null;
  /** Author and year; null where there is no range. */
  readonly source: string | null;
}

export type Ranges = Readonly<Partial<Record<RangedName, NormalRange>>>;
