import type { Filters, Warning } from '../ecg';
import { type InWords, message, say } from '../words/say';

/** A high-pass above this displaces ST unless it is zero-phase (Kligfield et al. 2007, AHA/ACCF/HRS, Part I), Hz. */
const HIGH_PASS_HZ = 0.05;

const displaces = (filters: Filters | null | undefined) =>
  filters?.highPassHz != null && filters.highPassHz > HIGH_PASS_HZ && filters.zeroPhase !== true;

/** What has to be said beside an ST level, or null where the file vouches for it. */
export function filterNote(filters: Filters | null | undefined): InWords | null {
  const hz = filters?.highPassHz ?? null;
  if (hz === null) return say('filterUnknown', {});
  return displaces(filters) ? say('filterDisplaces', { hz }) : null;
}

export function filterWarnings(filters: Filters | null | undefined): readonly Warning[] {
  const hz = filters?.highPassHz ?? null;
  return hz !== null && displaces(filters)
    ? [{ code: 'ST_NOT_DIAGNOSTIC', ...message('stNotDiagnostic', { hz }) }]
    : [];
}
