import type { Explanation, Lead } from '../ecg';
import { type Area, stretchOf } from './bands';
import type { Sheet } from './sheet';

/** A stretch of a trace and how much it matters against the one that matters most: 0 to 1. */
export interface Heat extends Area {
  readonly share: number;
}

/** Fainter stretches are not drawn: most of a sheet matters a little. */
const FAINTEST = 0.08;
/** Of the log-odds: with less than this at its hottest, nothing is drawn. */
const LEAST_FALL = 0.02;

/** Where what speaks for a statement stands on the sheet. */
export function heatAreas(
  { traces, scale }: Sheet,
  leads: readonly { readonly lead: Lead | null }[],
  { leads: explained, falls, steps, startS, stepS }: Explanation,
): readonly Heat[] {
  const most = falls.reduce((greatest, fall) => Math.max(greatest, fall), 0);
  if (most < LEAST_FALL) return [];
  return traces.flatMap((trace) => {
    const lead = leads[trace.lead]?.lead;
    const row = lead ? explained.indexOf(lead) : -1;
    if (row < 0) return [];
    return Array.from(falls.subarray(row * steps, (row + 1) * steps)).flatMap((fall, step): Heat[] => {
      const share = fall / most;
      const area = stretchOf(trace, scale, startS + step * stepS, startS + (step + 1) * stepS);
      return area && share >= FAINTEST ? [{ ...area, share }] : [];
    });
  });
}
