import {
  type Ecg,
  type EcgLead,
  type Lead,
  type LeadWaves,
  WAVE_CLASSES,
  type Wave,
  type WaveMap,
  type WaveRules,
} from '../ecg';
import type { WaveKind } from './runs';
import { segmentsOf } from './segments';
import { level } from './voltage';

/** What a delineator saw. */
export interface Delineation {
  /** One per lead, all from the same moment at one rate. */
  readonly maps: readonly WaveMap[];
  /** How the maps of this model become waves: its card's. */
  readonly rules: WaveRules;
}

/**
 * The waves of each lead, seconds from the start of the recording: boundaries from the delineator's maps, peaks from the recorded signal.
 * A lead without signal has none. A wave that the map's end cuts off is left out, since its boundary is not known, and one with a missing
 * sample inside, since a gap holds no wave.
 */
export function leadWaves(ecg: Ecg, { maps, rules }: Delineation): Partial<Record<Lead, LeadWaves>> {
  const segments = segmentsOf(maps, rules);
  return Object.fromEntries(
    maps.flatMap(({ lead, startS, samplingRateHz, probabilities }) => {
      const recorded = ecg.leads.find((candidate) => candidate.lead === lead);
      const own = segments.get(lead);
      if (!recorded || !own) return [];
      const last = probabilities.length / WAVE_CLASSES.length - 1;
      const waves = (kind: WaveKind) =>
        own.flatMap((segment): Wave[] => {
          if (segment.kind !== kind || segment.onset <= 0 || segment.offset >= last) return [];
          const onset = startS + segment.onset / samplingRateHz;
          const offset = startS + segment.offset / samplingRateHz;
          const peak = peakTime(recorded, onset - ecg.startS, offset - ecg.startS);
          return peak === null ? [] : [{ onset, peak: ecg.startS + peak, offset }];
        });
      return [[lead, { p: waves('p'), qrs: waves('qrs'), t: waves('t') }] as const];
    }),
  );
}

/** Where the recorded signal is farthest from the line between the levels just before and after; null where samples are missing. */
function peakTime(lead: EcgLead, onsetS: number, offsetS: number): number | null {
  const { samples, samplingRateHz } = lead;
  const first = Math.max(0, Math.round(onsetS * samplingRateHz));
  const part = samples.subarray(first, Math.round(offsetS * samplingRateHz) + 1);
  if (part.length === 0 || part.some(Number.isNaN)) return null;
  const before = level(lead, onsetS, 'before') ?? part[0] ?? 0;
  const after = level(lead, offsetS, 'after') ?? part.at(-1) ?? 0;
  let [peak, height] = [0, -1];
  part.forEach((v, n) => {
    const line = before + ((after - before) * n) / Math.max(1, part.length - 1);
    if (Math.abs(v - line) > height) [peak, height] = [n, Math.abs(v - line)];
  });
  return (first + peak) / samplingRateHz;
}
