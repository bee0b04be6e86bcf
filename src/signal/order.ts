import { LEADS, type Lead } from '../ecg';

/** The standard leads in the house's order, then all others as they came. */
export function inHouseOrder<T extends { readonly lead: Lead | null }>(leads: readonly T[]): T[] {
  const rank = ({ lead }: T) => (lead ? LEADS.indexOf(lead) : LEADS.length);
  return [...leads].sort((a, b) => rank(a) - rank(b));
}
