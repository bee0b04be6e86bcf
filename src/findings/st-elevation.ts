import type { Alert, FurtherLead, Lead, Measurements, Patient, Saying } from '../ecg';
import { message } from '../words/say';
import { contiguous, levelsOf } from './contiguous';
import { WIDE_QRS_MS } from './interval-alerts';

const LIMIT_MV = 0.1;
/** Electrodes farther from the heart see less of it. */
const FURTHER_LIMIT_MV = 0.05;
const FURTHER: readonly (Lead | FurtherLead)[] = ['V7', 'V8', 'V9', 'V3R', 'V4R'];
/** Voltage of left ventricular hypertrophy, S in V1 + R in V5 or V6 (Sokolow and Lyon 1949), mV; not under this age, years. */
const HIGH_VOLTAGE_MV = 3.5;
const VOLTAGE_YEARS = 35;
/** The limits are those of adults. */
export const ADULT_YEARS = 18;
const OLDER_YEARS = 40;

export type AgeAndSex = Pick<Patient, 'ageYears' | 'sex'>;

/**
 * New ST elevation at J in two contiguous leads: 0.1 mV in all but V2 and V3, there 0.2 mV in men from 40 years, 0.25 mV in younger men and
 * 0.15 mV in women; 0.05 mV in the posterior leads V7 to V9 and the right-sided V3R and V4R; the lowest that may apply where age or sex is
 * unknown (Thygesen et al. 2018, Fourth universal definition of myocardial infarction, whose higher limits for young men in further leads are
 * not used: it has them for the sake of specificity). With wide QRS the ST segment is displaced anyway, which is said instead; with the
 * voltage of left ventricular hypertrophy it may be, which is said too. Not under 18 years.
 *
 * @param note what has to be said beside an ST level, or null
 */
export function stElevation(measurements: Measurements, patient: AgeAndSex, note: Saying | null): Alert | null {
  const { st, stFurther, qrsMs, amplitudes } = measurements;
  if (!st || (patient.ageYears !== null && patient.ageYears < ADULT_YEARS)) return null;
  const levels = { ...st, ...stFurther };
  const limit = (lead: Lead | FurtherLead) => {
    if (FURTHER.includes(lead)) return FURTHER_LIMIT_MV;
    return lead === 'V2' || lead === 'V3' ? limitV2V3Mv(patient) : LIMIT_MV;
  };
  // As it is told, to 0.01 mV: a level that reads 0.10 mV reaches 0.1 mV.
  const isRaised = (lead: Lead | FurtherLead) => Math.round(100 * (levels[lead] ?? 0)) >= Math.round(100 * limit(lead));
  const raised = contiguous(isRaised);
  if (raised.length === 0) return null;
  const told = { levels: levelsOf(raised, levels), note };
  if (qrsMs !== null && qrsMs >= WIDE_QRS_MS) {
    return { code: 'ST_NOT_APPLICABLE', ...message('stElevationWide', { ...told, qrsMs: Math.round(qrsMs) }) };
  }
  const isHigh = hasHighVoltage(amplitudes, patient);
  return { code: 'ST_ELEVATION', ...message(isHigh ? 'stElevationVoltage' : 'stElevation', told) };
}

function limitV2V3Mv({ ageYears, sex }: AgeAndSex): number {
  if (sex !== 'male') return 0.15;
  return ageYears !== null && ageYears < OLDER_YEARS ? 0.25 : 0.2;
}

export function hasHighVoltage(amplitudes: Measurements['amplitudes'], { ageYears }: AgeAndSex): boolean {
  const sum = (amplitudes?.V1?.sMv ?? 0) + Math.max(amplitudes?.V5?.rMv ?? 0, amplitudes?.V6?.rMv ?? 0);
  return sum >= HIGH_VOLTAGE_MV && (ageYears === null || ageYears >= VOLTAGE_YEARS);
}
