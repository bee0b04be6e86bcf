import type { Alert, Measurements } from '../ecg';
import { sgarbossa } from './sgarbossa';
import { stDepression } from './st-depression';
import { type AgeAndSex, stElevation } from './st-elevation';

/** What the ST segments say, at most one alert: in bundle branch block its own criteria, else elevation, else depression. */
export function stAlerts(measurements: Measurements, patient: AgeAndSex, note: string | null): readonly Alert[] {
  const found =
    sgarbossa(measurements, patient) ?? stElevation(measurements, patient) ?? stDepression(measurements, patient);
  return found ? [{ ...found, message: note ? `${found.message} ${note}` : found.message }] : [];
}
