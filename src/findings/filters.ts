import type { Filters, Warning } from '../ecg';

/** A high-pass above this displaces ST unless it is zero-phase (Kligfield et al. 2007, AHA/ACCF/HRS, Part I), Hz. */
const HIGH_PASS_HZ = 0.05;

const displaces = (filters: Filters | null | undefined) =>
  filters?.highPassHz != null && filters.highPassHz > HIGH_PASS_HZ && filters.zeroPhase !== true;

/** What has to be said beside an ST level, or null where the file vouches for it. */
export function filterNote(filters: Filters | null | undefined): string | null {
  if (displaces(filters)) return `ST not diagnostic: high-pass of ${filters?.highPassHz} Hz.`;
  return filters?.highPassHz == null ? 'The file does not say what high-pass the device used.' : null;
}

export function filterWarnings(filters: Filters | null | undefined): readonly Warning[] {
  if (!displaces(filters)) return [];
  return [
    {
      code: 'ST_NOT_DIAGNOSTIC',
      message: `ST not diagnostic: the device filtered with a high-pass of ${filters?.highPassHz} Hz.`,
    },
  ];
}
