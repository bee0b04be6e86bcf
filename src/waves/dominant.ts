import type { Ecg } from '../ecg';
import type { Beat } from './fiducials';
import { qrsShapes } from './shapes';

/** The beats of the commonest QRS shape, in their order: what intervals are measured on. Extrasystoles and artefacts have other shapes. */
export function dominantBeats(ecg: Ecg, beats: readonly Beat[]): readonly Beat[] {
  const times = beats.map(({ qrs }) => qrs.peak);
  const members = new Set(qrsShapes(ecg, times)[0]?.members);
  return beats.filter((_, n) => members.has(n));
}
