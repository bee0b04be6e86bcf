import type { Alert, FurtherLead, Lead, Measurements, Saying } from '../ecg';
import { message } from '../words/say';
import { contiguous, levelsOf } from './contiguous';
import { WIDE_QRS_MS } from './interval-alerts';
import { ADULT_YEARS, type AgeAndSex, hasHighVoltage } from './st-elevation';

const LIMIT_MV = -0.05;
/** Faster hearts depress J without ischaemia: said for nobody over this rate, bpm. */
const FAST_BPM = 100;
/** Depression here can be the mirror of the back, which leads there would show. */
const FRONT: readonly (Lead | FurtherLead)[] = ['V1', 'V2', 'V3', 'V4'];

const BACK: readonly FurtherLead[] = ['V7', 'V8', 'V9'];

/**
 * Horizontal or falling ST depression of 0.05 mV and more in two contiguous leads (Thygesen et al. 2018, Fourth universal definition of
 * myocardial infarction): at J, and still so 60 ms behind it. Not said with a wide QRS, with the voltage of left ventricular hypertrophy,
 * over 100 bpm or under 18 years, where ST is depressed for other reasons. As a measured fact: no cause is named.
 */
export function stDepression(measurements: Measurements, patient: AgeAndSex, note: Saying | null): Alert | null {
  const { st, st60, stFurther, qrsMs, heartRateBpm, amplitudes } = measurements;
  if (!st || !st60 || (patient.ageYears !== null && patient.ageYears < ADULT_YEARS)) return null;
  if (qrsMs === null || qrsMs >= WIDE_QRS_MS || heartRateBpm === null || heartRateBpm > FAST_BPM) return null;
  if (hasHighVoltage(amplitudes, patient)) return null;
  const isLow = (levels: Readonly<Partial<Record<Lead | FurtherLead, number>>>, lead: Lead | FurtherLead) =>
    Math.round(100 * (levels[lead] ?? 0)) <= Math.round(100 * LIMIT_MV);
  const low = contiguous((lead) => isLow(st, lead) && isLow(st60, lead));
  if (low.length === 0) return null;
  const isBackSeen = BACK.some((lead) => stFurther?.[lead] !== undefined);
  const isFront = low.every((lead) => FRONT.includes(lead)) && !isBackSeen;
  const told = { levels: levelsOf(low, st), note };
  return { code: 'ST_DEPRESSION', ...message(isFront ? 'stDepressionFront' : 'stDepression', told) };
}
