import { type Ecg, WAVE_CLASSES } from '../ecg';
import { type Delineation, leadWaves } from './lead-waves';
import type { Seen } from './rhythm';

/** The waves of a delineation with the stretch that its maps cover; null where nothing was delineated. */
export function seenBy(ecg: Ecg, delineation: Delineation | null): Seen | null {
  const map = delineation?.maps[0];
  if (!delineation || !map) return null;
  const { startS, samplingRateHz, probabilities } = map;
  const toS = startS + probabilities.length / WAVE_CLASSES.length / samplingRateHz;
  return { waves: leadWaves(ecg, delineation), span: { fromS: startS, toS } };
}
