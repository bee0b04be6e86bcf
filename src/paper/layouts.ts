import { LEADS, type Lead } from '../ecg';

/** Which leads stand where on the sheet. A new arrangement is one more row of `LAYOUTS`. */
export interface Layout {
  readonly id: string;
  readonly title: string;
  /** From left to right; each column shows its share of the page, one lead below the other. */
  readonly columns: readonly (readonly Lead[])[];
  /** Leads over the whole page, below the columns. */
  readonly rhythm: readonly Lead[];
  /** Height of one row, mm. */
  readonly rowMm: number;
}

export const LAYOUTS = [
  {
    id: '3x4',
    title: '3 × 4 + II',
    columns: [LEADS.slice(0, 3), LEADS.slice(3, 6), LEADS.slice(6, 9), LEADS.slice(9, 12)],
    rhythm: ['II'],
    rowMm: 30,
  },
  { id: '12x1', title: '12 × 1', columns: [LEADS], rhythm: [], rowMm: 14 },
] as const satisfies readonly Layout[];

export type LayoutId = (typeof LAYOUTS)[number]['id'];

/** Up to this many leads need no columns. */
const ROWS_ONLY = 3;

/** The layout as it fits what was recorded: few leads stand in rows, and a rhythm lead that is missing gives way to one that is there. */
export function fitLayout(id: LayoutId, recorded: readonly Lead[]): Layout {
  const layout: Layout = LAYOUTS.find((candidate) => candidate.id === id) ?? LAYOUTS[0];
  const present = LEADS.filter((lead) => recorded.includes(lead));
  if (present.length <= ROWS_ONLY) return { ...layout, columns: [present], rhythm: [], rowMm: 30 };
  if (layout.columns.length === 1) {
    return { ...layout, columns: layout.columns.map((column) => column.filter((lead) => present.includes(lead))) };
  }
  const substitute = present.includes('V1') ? 'V1' : present[0];
  const rhythm = layout.rhythm.flatMap((lead) => (present.includes(lead) ? lead : (substitute ?? [])));
  return { ...layout, rhythm };
}
