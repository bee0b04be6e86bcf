import { type Alert, type Measurements, type Quality, UNKNOWN_PATIENT } from '../ecg';
import { message } from '../words/say';
import { intervalAlerts } from './interval-alerts';
import { type BesideSt, stAlerts } from './st-alerts';
import type { AgeAndSex } from './st-elevation';

/** Ventricular rates outside these are told first: severe bradycardia and tachycardia of an adult at rest, bpm. */
const RATE_LOW_BPM = 40;
const RATE_HIGH_BPM = 150;
/** The pause that pacing guidelines ask to look at (ESC 2021 on cardiac pacing), seconds. */
const PAUSE_S = 3;

/**
 * What must be seen first, whatever the network says.
 *
 * @param longestPause the longest stretch without a beat, seconds
 * @param patient age and sex set the limits of ST elevation; the lowest hold where they are unknown
 * @param beside what else an ST level is read by
 */
export function alerts(
  measurements: Measurements,
  longestPause: { readonly startS: number; readonly lengthS: number } | null,
  quality: Quality,
  patient: AgeAndSex = UNKNOWN_PATIENT,
  beside: Partial<BesideSt> = {},
): readonly Alert[] {
  if (quality.chaotic) {
    return [{ code: 'NO_RHYTHM', ...message('noRhythm', {}) }];
  }
  const found: Alert[] = [];
  const rate = measurements.heartRateBpm;
  if (rate !== null && rate < RATE_LOW_BPM) {
    found.push({ code: 'RATE_LOW', ...message('rate', { bpm: Math.round(rate) }) });
  }
  if (rate !== null && rate > RATE_HIGH_BPM) {
    found.push({ code: 'RATE_HIGH', ...message('rate', { bpm: Math.round(rate) }) });
  }
  if (longestPause && longestPause.lengthS >= PAUSE_S) {
    const { startS, lengthS } = longestPause;
    found.push({ code: 'PAUSE', ...message('pause', { startS, lengthS }) });
  }
  return [
    ...found,
    ...intervalAlerts(measurements),
    ...stAlerts(measurements, patient, { note: null, isPaced: false, ...beside }),
  ];
}
