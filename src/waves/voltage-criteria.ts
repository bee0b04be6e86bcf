import type { Measurements } from '../ecg';

/**
 * Sums that voltage criteria of left ventricular hypertrophy are stated in, mV; null where a lead of theirs was not measured.
 *
 * - Sokolow and Lyon 1949: S in V1 + the taller R of V5 and V6
 * - Cornell (Casale et al. 1985): R in aVL + S in V3
 */
export function voltageCriteria(amplitudes: Measurements['amplitudes']): Measurements['voltages'] {
  const left = [amplitudes?.V5, amplitudes?.V6].flatMap((lead) => lead?.rMv ?? []);
  const [v1, v3, aVL] = [amplitudes?.V1, amplitudes?.V3, amplitudes?.aVL];
  return {
    sokolowLyonMv: v1 && left.length > 0 ? v1.sMv + Math.max(...left) : null,
    cornellMv: aVL && v3 ? aVL.rMv + v3.sMv : null,
  };
}
