import { type EcgLead, FURTHER_LEADS, furtherLead, LEADS, type Lead } from '../ecg';

/** Which leads stand where on the sheet. A new arrangement is one more row of `LAYOUTS`. */
interface Layout {
  readonly id: string;
  readonly title: string;
  /** How many leads stand below one another in a column. */
  readonly perColumn: number;
  /** Leads over the whole page, below the columns. */
  readonly rhythm: readonly Lead[];
  /** Height of one row at 10 mm/mV, mm. */
  readonly rowMm: number;
}

export const LAYOUTS = [
  { id: '3x4', title: '3 × 4 + II', perColumn: 3, rhythm: ['II'], rowMm: 30 },
  { id: '3x4-plain', title: '3 × 4', perColumn: 3, rhythm: [], rowMm: 35 },
  { id: '3x4-3', title: '3 × 4 + 3', perColumn: 3, rhythm: ['V1', 'II', 'V5'], rowMm: 25 },
  { id: '6x2', title: '6 × 2', perColumn: 6, rhythm: [], rowMm: 25 },
  { id: '12x1', title: '12 × 1', perColumn: 12, rhythm: [], rowMm: 14 },
  { id: 'single', title: 'One lead', perColumn: 1, rhythm: [], rowMm: 60 },
  { id: 'further', title: '15 or 18 leads', perColumn: 3, rhythm: ['II'], rowMm: 30 },
] as const satisfies readonly Layout[];

export type LayoutId = (typeof LAYOUTS)[number]['id'];

/** How the reader wants the leads arranged. */
export interface Arrangement {
  readonly layout: LayoutId;
  /** Limb leads from left to right around the heart: aVL, I, −aVR, II, aVF, III (Cabrera). */
  readonly cabrera: boolean;
  /** The name of the lead that stands alone; another one where it was not recorded. */
  readonly single: string;
}

export const STANDARD_ARRANGEMENT: Arrangement = { layout: '3x4', cabrera: false, single: 'II' };

/** A lead's place on the sheet. */
export interface Place {
  /** Index into the ECG's leads; null where it was not recorded. */
  readonly index: number | null;
  readonly name: string;
  /** Drawn upside down. */
  readonly inverted: boolean;
}

/** A layout as it fits what was recorded. */
export interface FittedLayout {
  /** From left to right; each column shows its share of the page, one lead below the other. */
  readonly columns: readonly (readonly Place[])[];
  readonly rhythm: readonly Place[];
  /** Channels that have no place in the columns: in rows below. */
  readonly others: readonly Place[];
  readonly rowMm: number;
}

export type NamedLead = Pick<EcgLead, 'name' | 'lead'>;

const CABRERA = ['aVL', 'I', 'aVR', 'II', 'aVF', 'III'] as const satisfies readonly Lead[];
const LIMB = LEADS.slice(0, 6);
const CHEST = LEADS.slice(6);
/** Right-sided and posterior leads, in the order in which they stand on paper. */
const FURTHER_CHEST = FURTHER_LEADS.filter((lead) => lead.startsWith('V'));

/** Up to this many leads need no columns. */
const ROWS_ONLY = 3;

/** Whether a channel stands at a chest electrode: V1 to V6, right-sided, posterior. */
export function isChest({ name, lead }: NamedLead): boolean {
  const further = lead ?? furtherLead(name);
  return further?.startsWith('V') ?? false;
}

/** The layouts that make a difference for what was recorded. */
export function layoutsFor(leads: readonly NamedLead[]): readonly (typeof LAYOUTS)[number][] {
  if (leads.length < 2) return [];
  const hasFurther = leads.some(({ name, lead }) => lead === null && isChest({ name, lead }));
  return LAYOUTS.filter(({ id }) => id !== 'further' || hasFurther);
}

/**
 * The layout as it fits what was recorded: few leads stand in rows, and a rhythm lead that is missing gives way to one that is there.
 *
 * @param leads the ECG's, in its order
 */
export function fitLayout({ layout: id, cabrera, single }: Arrangement, leads: readonly NamedLead[]): FittedLayout {
  const layout: Layout = LAYOUTS.find((candidate) => candidate.id === id) ?? LAYOUTS[0];
  const placeOf = (name: string): Place => {
    const index = leads.findIndex((lead) => (lead.lead ?? furtherLead(lead.name)) === name);
    const inverted = cabrera && name === 'aVR';
    return { index: index < 0 ? null : index, name: inverted ? '−aVR' : name, inverted };
  };
  if (id === 'single') return { ...layout, columns: [[alone(leads, single, placeOf)]], rhythm: [], others: [] };

  const standard = (cabrera ? [...CABRERA, ...CHEST] : [...LIMB, ...CHEST]).map(placeOf);
  const present = standard.filter(({ index }) => index !== null);
  const further = id === 'further' ? FURTHER_CHEST.map(placeOf).filter(({ index }) => index !== null) : [];
  const inColumns = new Set(further.map(({ index }) => index));
  const others = leads.flatMap(({ name, lead }, index): Place[] =>
    lead === null && !inColumns.has(index) ? [{ index, name, inverted: false }] : [],
  );
  if (present.length <= ROWS_ONLY) {
    return { columns: present.length > 0 ? [[...present, ...further]] : [], rhythm: [], others, rowMm: 30 };
  }
  if (layout.perColumn >= standard.length) return { ...layout, columns: [present], rhythm: [], others };
  return {
    columns: [...inChunks(standard, layout.perColumn), ...inChunks(further, layout.perColumn)],
    rhythm: rhythmOf(layout.rhythm, present, placeOf),
    others,
    rowMm: layout.rowMm,
  };
}

/** The lead that was asked for, as it is spelled in this recording; else II, else the first. */
function alone(leads: readonly NamedLead[], name: string, placeOf: (name: string) => Place): Place {
  const asked = leads.findIndex((lead) => lead.name === name);
  const two = leads.findIndex(({ lead }) => lead === 'II');
  const index = asked >= 0 ? asked : Math.max(0, two);
  const lead = leads[index];
  return lead?.lead ? placeOf(lead.lead) : { index, name: lead?.name ?? name, inverted: false };
}

function rhythmOf(wanted: readonly Lead[], present: readonly Place[], placeOf: (name: string) => Place) {
  const substitute = present.find(({ name }) => name === 'V1') ?? present[0];
  const places = wanted.map((lead) => placeOf(lead)).map((place) => (place.index === null ? substitute : place));
  return places.filter((place): place is Place => place !== undefined).filter(isFirst);
}

/** A substitute may be one of the others: it stands there once. */
const isFirst = ({ index }: Place, at: number, places: readonly Place[]) =>
  places.findIndex((place) => place.index === index) === at;

const inChunks = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
