import type { Alert, ClassifiedBeat, Measurements, Saying } from '../ecg';
import { sgarbossa } from './sgarbossa';
import { stDepression } from './st-depression';
import { type AgeAndSex, stElevation } from './st-elevation';

/** What an ST level is read by, apart from the patient. */
export interface BesideSt {
  /** What has to be said beside it, such as the device's filters. */
  readonly note: Saying | null;
  /** Most beats are paced. */
  readonly isPaced: boolean;
}

/** Whether more than half of the beats are paced: then they are the dominant ones, on which ST is measured. */
export function isPacedRhythm(beats: readonly ClassifiedBeat[]): boolean {
  return 2 * beats.filter((beat) => beat.class === 'paced').length > beats.length;
}

/** What the ST segments say, at most one alert: in bundle branch block or pacing their own criteria, else elevation, else depression. */
export function stAlerts(
  measurements: Measurements,
  patient: AgeAndSex,
  { note, isPaced }: BesideSt,
): readonly Alert[] {
  const found =
    sgarbossa(measurements, patient, isPaced, note) ??
    stElevation(measurements, patient, note) ??
    stDepression(measurements, patient, note);
  return found ? [found] : [];
}
