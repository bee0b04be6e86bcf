import { type FurtherLead, LEADS, type Lead } from '../ecg';

/** Every lead with an ST level, in the order of the report: the twelve, the posterior and the right-sided ones. */
const ORDER = [...LEADS, 'V7', 'V8', 'V9', 'V3R', 'V4R', 'V5R', 'V6R'] as const satisfies readonly (
  | Lead
  | FurtherLead
)[];

/** Neighbours on the chest, round to the back and to the right, and in the frontal plane (Cabrera's order). */
const PAIRS: readonly (readonly [Lead | FurtherLead, Lead | FurtherLead])[] = [
  ['aVL', 'I'],
  ['II', 'aVF'],
  ['aVF', 'III'],
  ['V1', 'V2'],
  ['V2', 'V3'],
  ['V3', 'V4'],
  ['V4', 'V5'],
  ['V5', 'V6'],
  ['V6', 'V7'],
  ['V7', 'V8'],
  ['V8', 'V9'],
  ['V3R', 'V4R'],
  ['V4R', 'V5R'],
  ['V5R', 'V6R'],
];

type Levels = Readonly<Partial<Record<Lead | FurtherLead, number>>>;

/** The leads that have something together with a neighbour, in the house's order. */
export function contiguous(has: (lead: Lead | FurtherLead) => boolean): readonly (Lead | FurtherLead)[] {
  const found = new Set(PAIRS.filter((pair) => pair.every(has)).flat());
  return ORDER.filter((lead) => found.has(lead));
}

/** The levels of these leads, as they are told. */
export const levelsOf = (leads: readonly (Lead | FurtherLead)[], levels: Levels) =>
  leads.map((lead) => ({ lead, mv: levels[lead] ?? 0 }));
