import type { Saying } from './saying';

/** Every assumption that was made about a recording. A closed list (docs/codes.md); each one shows on the page. */
export const WARNING_CODES = [
  'UNIT_ASSUMED',
  'RATE_ASSUMED',
  'GAIN_ASSUMED',
  'LEAD_UNKNOWN',
  'LEAD_RENAMED',
  'LEAD_DUPLICATE',
  'LEADS_DERIVED',
  'LEADS_RESAMPLED',
  'LENGTH_FROM_DATA',
  'SAMPLES_MISSING',
  'SIGNAL_SKIPPED',
  'SIGNALS_SKEWED',
  'CHECKSUM_MISMATCH',
  'NO_ABSOLUTE_VOLTAGE',
  'PATIENT_UNREADABLE',
  'DEMOGRAPHICS_REFUSED',
  'DEMOGRAPHICS_DIFFER',
  'WINDOWS_AVERAGED',
  'WINDOWS_SAMPLED',
  'MEASURED_IN_PART',
  'LIMB_LEADS_INCONSISTENT',
  'UNITS_DOUBTFUL',
  'ELECTRODES_EXCHANGED',
  'TORSO_ELECTRODES',
  'ST_NOT_DIAGNOSTIC',
  'BEATS_DISPUTED',
  'INTERVALS_DISPUTED',
  'WAVES_CLASSICAL',
  'SINGLE_LEAD',
  'PREVALENCE_SET',
  'MARKS_EDITED',
  'OWN_MODEL',
  'FILE_IGNORED',
  'PART_SHOWN',
  'SIMULATED',
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

export interface Warning {
  readonly code: WarningCode;
  /** One sentence for the person at the screen. */
  readonly message: string;
  /** The message by name and values; absent where only English says it. */
  readonly saying?: Saying;
}
