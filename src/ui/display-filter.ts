import type { Ecg, Filters } from '../ecg';
import type { Words } from '../words';

/** As recorded. */
export const NO_FILTER: Filters = { highPassHz: null, lowPassHz: null, notchHz: null };

/** What a diagnostic ECG is shown through (Kligfield et al., AHA/ACC/HRS 2007); the first that the key D takes. */
export const DIAGNOSTIC_FILTER: Filters = { highPassHz: 0.05, lowPassHz: 150, notchHz: null };

/** What can be chosen, Hz. */
export const HIGH_PASSES = [0.05, 0.5] as const;
export const LOW_PASSES = [40, 100, 150] as const;
export const NOTCHES = [50, 60] as const;

/** A stretch as it is drawn, and what it is drawn through. */
export interface ShownEcg {
  readonly ecg: Ecg;
  readonly filter: Filters;
}

export const isFiltering = ({ highPassHz, lowPassHz, notchHz }: Filters) =>
  highPassHz !== null || lowPassHz !== null || notchHz !== null;

/** `0.05–150 Hz, notch 50 Hz`, or null where nothing is filtered. */
export function filterText(words: Words['filter'], filter: Filters): string | null {
  const { highPassHz: high, lowPassHz: low, notchHz } = filter;
  if (!isFiltering(filter)) return null;
  const band = bandText(words, high, low);
  if (notchHz === null) return band;
  const notch = words.notchAt(notchHz);
  return band === null ? notch : `${band}, ${notch}`;
}

function bandText(words: Words['filter'], high: number | null, low: number | null): string | null {
  if (high !== null && low !== null) return words.band(high, low);
  if (high !== null) return words.from(high);
  return low === null ? null : words.upTo(low);
}

/** What a reader has to know of a filtered trace before reading it. */
export function filterCautions(words: Words['filter'], { highPassHz, lowPassHz }: Filters): readonly string[] {
  return [
    ...(highPassHz !== null && highPassHz >= 0.5 ? [words.monitor] : []),
    ...(lowPassHz !== null && lowPassHz <= 40 ? [words.reduces(lowPassHz)] : []),
  ];
}
