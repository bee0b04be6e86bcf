import { type Ecg, type EcgLead, type FurtherLead, furtherLead, type Lead, type LeadWaves } from '../ecg';
import { median } from '../signal/median';
import { FEWEST_BEATS } from './edited';
import type { Beat } from './fiducials';
import { firstFrom } from './search';
import { level } from './voltage';

/** Where ST is read again, to tell a horizontal or falling segment from a rising one, seconds behind J. */
export const LATE_ST_S = 0.06;

/** A lead whose own QRS ends later than the leads together say has its J there, at most so much later, seconds. */
const LATER_J_S = 0.02;

/**
 * ST level at J in each standard lead, mV: the recorded signal in the 20 ms after the end of QRS against the 20 ms before its onset
 * (reference as in Thygesen et al. 2018, Fourth universal definition of myocardial infarction), medians over the beats. The means over one
 * period of 50 Hz are free of hum. Leads in another unit than mV are left out; null where there is none or too few beats.
 *
 * @param behindS so much behind J, seconds
 */
export function stLevels(
  ecg: Ecg,
  beats: readonly Beat[],
  waves: Readonly<Partial<Record<Lead, LeadWaves>>>,
  behindS = 0,
): Readonly<Partial<Record<Lead, number>>> | null {
  const levels = ecg.leads.flatMap((recorded) => {
    const { lead } = recorded;
    const found = lead && leadLevel(recorded, ecg.startS, beats, waves[lead], behindS);
    return lead && found !== null ? [[lead, found] as const] : [];
  });
  return levels.length > 0 ? Object.fromEntries(levels) : null;
}

/** The same in right-sided and posterior leads (`V4R`, `V8`), whose QRS ends where the standard leads together say. */
export function furtherStLevels(
  ecg: Ecg,
  beats: readonly Beat[],
): Readonly<Partial<Record<FurtherLead, number>>> | null {
  const levels = ecg.leads.flatMap((recorded) => {
    const lead = recorded.lead === null ? furtherLead(recorded.name) : null;
    const found = lead?.startsWith('V') ? leadLevel(recorded, ecg.startS, beats, undefined, 0) : null;
    return lead && found !== null ? [[lead, found] as const] : [];
  });
  return levels.length > 0 ? Object.fromEntries(levels) : null;
}

/** One lead's level, mV; null in another unit or with too few beats. */
function leadLevel(
  recorded: EcgLead,
  startS: number,
  beats: readonly Beat[],
  own: LeadWaves | undefined,
  behindS: number,
): number | null {
  if (recorded.unit !== 'mV') return null;
  const steps = beats.flatMap(({ qrs }) => {
    const j = Math.max(qrs.offset, Math.min(ownOffset(own, qrs.peak), qrs.offset + LATER_J_S));
    const before = level(recorded, qrs.onset - startS, 'before');
    const after = level(recorded, j + behindS - startS, 'after');
    return before !== null && after !== null ? [after - before] : [];
  });
  return steps.length >= FEWEST_BEATS ? median(steps) : null;
}

/** Where the lead's own QRS at a moment ends; 0 where it shows none. */
function ownOffset(waves: LeadWaves | undefined, timeS: number): number {
  const own = waves?.qrs ?? [];
  const last = own[firstFrom(own, timeS, ({ onset }) => onset) - 1];
  return last && timeS <= last.offset ? last.offset : 0;
}
