import { LEADS, type Lead } from '../ecg';

/** Neighbours on the chest and in the frontal plane (Cabrera's order). */
const PAIRS: readonly (readonly [Lead, Lead])[] = [
  ['aVL', 'I'],
  ['II', 'aVF'],
  ['aVF', 'III'],
  ['V1', 'V2'],
  ['V2', 'V3'],
  ['V3', 'V4'],
  ['V4', 'V5'],
  ['V5', 'V6'],
];

/** The leads that have something together with a neighbour, in the house's order. */
export function contiguous(has: (lead: Lead) => boolean): readonly Lead[] {
  const found = new Set(PAIRS.filter((pair) => pair.every(has)).flat());
  return LEADS.filter((lead) => found.has(lead));
}

/** `II (0.12 mV), aVF (0.15 mV)`. */
export function told(leads: readonly Lead[], levels: Readonly<Partial<Record<Lead, number>>>): string {
  return leads.map((lead) => `${lead} (${(levels[lead] ?? 0).toFixed(2).replace('-', '−')} mV)`).join(', ');
}
