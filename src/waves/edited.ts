import type { Boundary } from '../ecg';
import type { Beat } from './fiducials';

/** From fewer beats nothing is measured, unless the reader marked them. */
export const FEWEST_BEATS = 2;

/** A boundary of a beat. */
export type Mark = `${keyof Beat}.${Boundary}`;

/** What an interval between these marks is measured on: the beats where the reader set one of them; all of them where there is none. */
export function beatsToMeasure(
  beats: readonly Beat[],
  marks: readonly Mark[],
): { readonly beats: readonly Beat[]; readonly enough: number } {
  const isSet = (beat: Beat) =>
    (['p', 'qrs', 't'] as const).some((kind) =>
      beat[kind]?.edited?.some((boundary) => marks.includes(`${kind}.${boundary}`)),
    );
  const set = beats.filter(isSet);
  return set.length > 0 ? { beats: set, enough: 1 } : { beats, enough: FEWEST_BEATS };
}
