import type { Alert, Measurements, Quality } from '../ecg';

/** Ventricular rates outside these are told first: severe bradycardia and tachycardia of an adult at rest, bpm. */
const RATE_LOW_BPM = 40;
const RATE_HIGH_BPM = 150;
/** The pause that pacing guidelines ask to look at (ESC 2021 on cardiac pacing), seconds. */
const PAUSE_S = 3;

/**
 * What must be seen first, whatever the network says.
 *
 * @param beats R peaks, seconds from the start, ascending
 */
export function alerts(measurements: Measurements, beats: readonly number[], quality: Quality): readonly Alert[] {
  if (quality.chaotic) {
    return [{ code: 'NO_RHYTHM', message: 'Artefact, asystole or ventricular fibrillation: look at the patient.' }];
  }
  const found: Alert[] = [];
  const rate = measurements.heartRateBpm;
  if (rate !== null && rate < RATE_LOW_BPM) {
    found.push({ code: 'RATE_LOW', message: `Ventricular rate ${Math.round(rate)} bpm.` });
  }
  if (rate !== null && rate > RATE_HIGH_BPM) {
    found.push({ code: 'RATE_HIGH', message: `Ventricular rate ${Math.round(rate)} bpm.` });
  }
  const pauses = beats.slice(1).map((beat, i) => ({ startS: beats[i] ?? beat, lengthS: beat - (beats[i] ?? beat) }));
  const longest = pauses.reduce((a, b) => (b.lengthS > a.lengthS ? b : a), { startS: 0, lengthS: 0 });
  if (longest.lengthS >= PAUSE_S) {
    found.push({
      code: 'PAUSE',
      message: `Pause of ${longest.lengthS.toFixed(1)} s at ${longest.startS.toFixed(1)} s.`,
    });
  }
  return found;
}
