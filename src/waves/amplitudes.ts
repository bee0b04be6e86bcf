import type { Ecg, EcgLead, Lead, Measurements, Wave } from '../ecg';
import { median } from '../signal/median';
import { FEWEST_BEATS } from './edited';
import type { Beat } from './fiducials';
import { level } from './voltage';

/** A highest point no higher above the end of QRS than this is no R but the raised ST behind a QS or rS, mV. */
const TAIL_MV = 0.05;

/**
 * Heights of R and depths of S in each standard lead, mV, against the level before the QRS, medians over the beats. S is the deepest point
 * behind R; a QRS without R is a QS, told as its S. Leads in another unit than mV are left out; null where there is none or too few beats.
 */
export function amplitudes(ecg: Ecg, beats: readonly Beat[]): Measurements['amplitudes'] {
  const found = ecg.leads.flatMap((recorded): (readonly [Lead, { readonly rMv: number; readonly sMv: number }])[] => {
    const { lead, unit } = recorded;
    if (lead === null || unit !== 'mV') return [];
    const heights = beats.flatMap(({ qrs }) => deflections(recorded, qrs, ecg.startS) ?? []);
    if (heights.length < FEWEST_BEATS) return [];
    return [[lead, { rMv: median(heights.map(({ r }) => r)), sMv: median(heights.map(({ s }) => s)) }]];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}

function deflections(lead: EcgLead, { onset, offset }: Wave, startS: number): { r: number; s: number } | null {
  const at = (timeS: number) => Math.max(0, Math.round((timeS - startS) * lead.samplingRateHz));
  const part = lead.samples.subarray(at(onset), at(offset) + 1);
  const baseline = level(lead, onset - startS, 'before');
  if (baseline === null || part.length === 0 || part.some(Number.isNaN)) return null;
  const highest = (of: Float32Array) => of.reduce((best, v, n) => (v > (of[best] ?? v) ? n : best), 0);
  const nadir = part.reduce((best, v, n) => (v < (part[best] ?? v) ? n : best), 0);
  const anywhere = highest(part);
  const isTail = (part[anywhere] ?? 0) - (part.at(-1) ?? 0) <= TAIL_MV;
  const isDeeper = baseline - (part[nadir] ?? baseline) > (part[anywhere] ?? baseline) - baseline;
  const top = isTail && isDeeper && nadir < anywhere ? highest(part.subarray(0, nadir + 1)) : anywhere;
  const r = Math.max(0, (part[top] ?? baseline) - baseline);
  const bottom = part.subarray(r > 0 ? top : 0).reduce((least, v) => Math.min(least, v), baseline);
  return { r, s: baseline - bottom };
}
