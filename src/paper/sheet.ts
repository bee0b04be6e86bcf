import type { EcgLead } from '../ecg';
import { type Arrangement, fitLayout, isChest, type Place } from './layouts';
import { ENGLISH_NOTES, type PaperNotes } from './notes';
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
  /** Of a voltage. */
  readonly mmPerMv: number;
  /** Drawn upside down, as −aVR is. */
  readonly inverted: boolean;
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
  /** What is written on it. */
  readonly says: PaperNotes;
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
  /** Of what has to be said of a filter, above it. */
  readonly cautionY: number;
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
  /** How much the sheet has room for, seconds; ten where absent. */
  readonly roomS?: number;
}

/** A row is higher at more than so many mm/mV, for what it shows is. */
const ROOMY_GAIN = 40 / 3;

/**
 * Lays an ECG out on paper.
 *
 * @param leads what was recorded; channels that are no standard lead go below, in rows
 * @param maxHeightMm rows move together to keep this height; the scale never changes
 * @param says what is written on the paper, in the page's language
 */
export function arrange(
  leads: readonly Pick<EcgLead, 'name' | 'lead' | 'unit' | 'derived'>[],
  arrangement: Arrangement,
  page: Page,
  scale: PaperScale,
  maxHeightMm = Number.POSITIVE_INFINITY,
  says: PaperNotes = ENGLISH_NOTES,
): Sheet {
  const { columns, rhythm, others, rowMm: plainRowMm } = fitLayout(arrangement, leads);
  const columnRows = Math.max(0, ...columns.map((column) => column.length));
  const rows = columnRows + rhythm.length + others.length;
  const tallest = Math.max(1, Math.max(scale.mmPerMv, scale.chestMmPerMv) / ROOMY_GAIN);
  const mostRowMm = Math.floor((maxHeightMm - 2 * TOP_MM - PRINT_MM) / Math.max(1, rows));
  const rowMm = Math.min(Math.round(plainRowMm * tallest), mostRowMm);
  const topMm = Math.max(TOP_MM, Math.round(FIRST_BASELINE_MM - rowMm / 2));
  const baselineOf = (row: number) => topMm + (row + 0.5) * rowMm;

  const roomS = page.roomS ?? PAGE_S;
  const columnS = roomS / Math.max(1, columns.length);
  const simultaneous = columns.length > 1 && page.durationS < roomS - 0.05;
  const endS = page.startS + page.durationS;
  const traces: Trace[] = [];
  const labels: Label[] = [];

  const place = ({ index, name, inverted }: Place, row: number, x: number, startS: number, until: number) => {
    const lead = index === null ? undefined : leads[index];
    if (index === null || !lead) {
      labels.push({ text: says.notRecorded(name), x: x + 1, y: labelY(row), kind: 'missing' });
      return;
    }
    const mmPerMv = isChest(lead) ? scale.chestMmPerMv : scale.mmPerMv;
    const own = { lead: index, startS, endS: Math.min(until, endS), x, baseline: baselineOf(row), rowMm };
    traces.push({ ...own, mmPerMv, inverted });
    labels.push({ text: inverted ? name : lead.name, x: x + 1, y: labelY(row), kind: 'lead' });
  };
  const labelY = (row: number) => baselineOf(row) - Math.min(rowMm / 2, 12) + LABEL_ROOM_MM;

  columns.forEach((column, c) => {
    const startS = page.startS + (simultaneous ? 0 : c * columnS);
    column.forEach((lead, row) => {
      place(lead, row, LEFT_MM + toMm(c * columnS, scale), startS, startS + columnS);
    });
  });
  [...rhythm, ...others].forEach((lead, i) => {
    place(lead, columnRows + i, LEFT_MM, page.startS, page.startS + roomS);
  });

  const heightMm = Math.ceil((topMm + Math.max(1, rows) * rowMm + PRINT_MM) / 5) * 5;
  return {
    says,
    widthMm: LEFT_MM + toMm(roomS, scale) + RIGHT_MM,
    heightMm,
    scale,
    traces,
    pulses: pulsesOf(leads, traces, columns.length > 0),
    labels,
    separators: columns.slice(1).flatMap((_, c) => {
      const x = LEFT_MM + toMm((c + 1) * columnS, scale);
      return Array.from({ length: columnRows }, (_row, row) => ({
        x,
        top: baselineOf(row) - 4,
        bottom: baselineOf(row) + 4,
      }));
    }),
    simultaneous,
    printY: heightMm - 2,
    cautionY: heightMm - 6,
  };
}

/** One for each row with a voltage in it, with a step for each gain that the row has. */
function pulsesOf(leads: readonly Pick<EcgLead, 'unit'>[], traces: readonly Trace[], hasColumns: boolean) {
  if (!hasColumns) return [];
  const gains = new Map<number, Set<number>>();
  for (const { lead, baseline, mmPerMv } of traces) {
    if (leads[lead]?.unit === 'mV') gains.set(baseline, (gains.get(baseline) ?? new Set()).add(mmPerMv));
  }
  return [...gains].map(([baseline, own]) => calibrationPulse(PULSE_X_MM, baseline, [...own]));
}
