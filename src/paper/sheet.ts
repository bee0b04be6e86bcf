import type { EcgLead, Lead } from '../ecg';
import { fitLayout, type Layout, type LayoutId } from './layouts';
import { PAGE_S } from './pages';
import { calibrationPulse, type Point } from './pulse';
import { type PaperScale, toMm } from './units';

/** One piece of a lead on the sheet. */
export interface Trace {
  /** Index into the ECG's leads. */
  readonly lead: number;
  readonly startS: number;
  readonly endS: number;
  /** Where `startS` stands, mm. */
  readonly x: number;
  /** Where 0 mV stands, mm. */
  readonly baseline: number;
  readonly rowMm: number;
}

export interface Label {
  readonly text: string;
  readonly x: number;
  /** The text's own baseline, mm. */
  readonly y: number;
  readonly kind: 'lead' | 'missing' | 'note' | 'beat' | 'annotation';
}

/** An ECG sheet as geometry in mm, x to the right and y downwards from the upper left corner. */
export interface Sheet {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly scale: PaperScale;
  readonly traces: readonly Trace[];
  readonly pulses: readonly (readonly Point[])[];
  readonly labels: readonly Label[];
  /** Short upright strokes between the columns. */
  readonly separators: readonly { readonly x: number; readonly top: number; readonly bottom: number }[];
  /** True where all columns show the same stretch, because the recording is too short to be dealt out. */
  readonly simultaneous: boolean;
  /** Baseline of the line of print at the lower edge, mm. */
  readonly printY: number;
}

/** Margins and positions, mm. Traces begin on a bold line. */
const LEFT_MM = 15;
const RIGHT_MM = 5;
const TOP_MM = 5;
/** The first baseline leaves room for an R wave of 1.5 mV. */
const FIRST_BASELINE_MM = 15;
const PRINT_MM = 7;
const PULSE_X_MM = 5;
const LABEL_ROOM_MM = 4;

export interface Page {
  readonly startS: number;
  readonly durationS: number;
}

/**
 * Lays an ECG out on paper.
 *
 * @param leads what was recorded; channels that are no standard lead go below, in rows
 * @param maxHeightMm rows move together to keep this height; the scale never changes
 */
export function arrange(
  leads: readonly Pick<EcgLead, 'name' | 'lead' | 'unit' | 'derived'>[],
  layoutId: LayoutId,
  page: Page,
  scale: PaperScale,
  maxHeightMm = Number.POSITIVE_INFINITY,
): Sheet {
  const recorded = leads.flatMap(({ lead }) => lead ?? []);
  const layout = fitLayout(layoutId, recorded);
  const others = leads.flatMap(({ lead }, index) => (lead === null ? index : []));
  const columnRows = Math.max(0, ...layout.columns.map((column) => column.length));
  const rows = columnRows + layout.rhythm.length + others.length;
  const rowMm = Math.min(layout.rowMm, Math.floor((maxHeightMm - 2 * TOP_MM - PRINT_MM) / Math.max(1, rows)));
  const topMm = Math.max(TOP_MM, Math.round(FIRST_BASELINE_MM - rowMm / 2));
  const baselineOf = (row: number) => topMm + (row + 0.5) * rowMm;
  const indexOf = (lead: Lead) => leads.findIndex((candidate) => candidate.lead === lead);

  const columnS = PAGE_S / layout.columns.length;
  const simultaneous = layout.columns.length > 1 && page.durationS < PAGE_S - 0.05;
  const endS = page.startS + page.durationS;
  const traces: Trace[] = [];
  const labels: Label[] = [];

  const place = (index: number, row: number, x: number, startS: number, until: number) => {
    const lead = leads[index];
    if (!lead) return;
    traces.push({ lead: index, startS, endS: Math.min(until, endS), x, baseline: baselineOf(row), rowMm });
    labels.push({ text: lead.name, x: x + 1, y: labelY(row), kind: 'lead' });
  };
  const labelY = (row: number) => baselineOf(row) - Math.min(rowMm / 2, 12) + LABEL_ROOM_MM;

  layout.columns.forEach((column, c) => {
    const x = LEFT_MM + toMm(c * columnS, scale);
    const startS = page.startS + (simultaneous ? 0 : c * columnS);
    column.forEach((lead, row) => {
      if (recorded.includes(lead)) place(indexOf(lead), row, x, startS, startS + columnS);
      else labels.push({ text: `${lead} not recorded`, x: x + 1, y: labelY(row), kind: 'missing' });
    });
  });
  layout.rhythm.forEach((lead, i) => {
    place(indexOf(lead), columnRows + i, LEFT_MM, page.startS, page.startS + PAGE_S);
  });
  others.forEach((index, i) => {
    place(index, columnRows + layout.rhythm.length + i, LEFT_MM, page.startS, page.startS + PAGE_S);
  });

  const heightMm = Math.ceil((topMm + Math.max(1, rows) * rowMm + PRINT_MM) / 5) * 5;
  return {
    widthMm: LEFT_MM + toMm(PAGE_S, scale) + RIGHT_MM,
    heightMm,
    scale,
    traces,
    pulses: voltageRows(leads, layout, traces).map((baseline) => calibrationPulse(PULSE_X_MM, baseline, scale)),
    labels,
    separators: layout.columns.slice(1).flatMap((_, c) => {
      const x = LEFT_MM + toMm((c + 1) * columnS, scale);
      return Array.from({ length: columnRows }, (_row, row) => ({
        x,
        top: baselineOf(row) - 4,
        bottom: baselineOf(row) + 4,
      }));
    }),
    simultaneous,
    printY: heightMm - 2,
  };
}

/** The rows that get a calibration pulse: those whose first trace is a voltage, or an empty slot for one. */
function voltageRows(leads: readonly Pick<EcgLead, 'unit'>[], layout: Layout, traces: readonly Trace[]) {
  const inVolts = traces.filter(({ lead }) => leads[lead]?.unit === 'mV').map(({ baseline }) => baseline);
  return layout.columns.length === 0 ? [] : [...new Set(inVolts)];
}
