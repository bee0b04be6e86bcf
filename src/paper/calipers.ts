import type { LeadWaves } from '../ecg';
import type { Line } from './draw';
import type { Sheet, Trace } from './sheet';
import { type PaperScale, riseMm, toMm, toMv, toSeconds } from './units';

/** A point of a lead: seconds from the start of the recording, and mV over the line on which the trace stands. */
export interface CaliperPoint {
  readonly timeS: number;
  readonly mv: number;
}

/** Two points on a lead, kept with the ECG: on any layout, speed and gain they stay on the same waves. */
export interface Caliper {
  /** The lead's name. */
  readonly lead: string;
  readonly from: CaliperPoint;
  readonly to: CaliperPoint;
  /** Whether its interval is marched out along the lead. */
  readonly marches: boolean;
}

/** The trace at a place of the sheet, mm: in its columns, in the nearest row; null beside all of them. */
export function traceAt({ traces, scale }: Sheet, x: number, y: number): Trace | null {
  const here = traces.filter((trace) => x >= trace.x && x <= trace.x + toMm(trace.endS - trace.startS, scale));
  return here.toSorted((a, b) => Math.abs(a.baseline - y) - Math.abs(b.baseline - y))[0] ?? null;
}

/** The point of a lead at a place of its trace, mm; beyond the trace's ends its ends. */
export function pointAt(trace: Trace, scale: PaperScale, x: number, y: number): CaliperPoint {
  const timeS = trace.startS + toSeconds(x - trace.x, scale);
  const mv = toMv(trace.baseline - y, trace.mmPerMv);
  return { timeS: Math.min(trace.endS, Math.max(trace.startS, timeS)), mv: trace.inverted ? -mv : mv };
}

/** Where a point of a lead stands on a trace of it, mm. */
export function placeOn(trace: Trace, scale: PaperScale, { timeS, mv }: CaliperPoint) {
  const rise = riseMm(mv, trace.mmPerMv);
  return {
    x: trace.x + toMm(timeS - trace.startS, scale),
    y: trace.baseline - (trace.inverted ? -rise : rise),
  };
}

/** The traces of its lead that show both points. */
export function caliperTraces(
  { traces }: Sheet,
  leads: readonly { readonly name: string }[],
  { lead, from, to }: Caliper,
) {
  const shows = ({ startS, endS }: Trace, { timeS }: CaliperPoint) => timeS >= startS && timeS <= endS;
  return traces.filter((trace) => leads[trace.lead]?.name === lead && shows(trace, from) && shows(trace, to));
}

/** An interval shorter than this is not marched out: its lines would be a wall, seconds. */
const SHORTEST_MARCH_S = 0.05;

/** Where the marched-out interval falls on a trace beside the two points themselves, mm from the sheet's left edge. */
export function marchesOn(trace: Trace, scale: PaperScale, { from, to, marches }: Caliper): readonly number[] {
  const stepS = Math.abs(to.timeS - from.timeS);
  if (!marches || stepS < SHORTEST_MARCH_S) return [];
  const first = Math.ceil((trace.startS - from.timeS) / stepS);
  const last = Math.floor((trace.endS - from.timeS) / stepS);
  const own = to.timeS > from.timeS ? 1 : -1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n)
    .filter((n) => n !== 0 && n !== own)
    .map((n) => trace.x + toMm(from.timeS + n * stepS - trace.startS, scale));
}

/** What can be a QT at all. */
const SHORTEST_QT_MS = 200;
const LONGEST_QT_MS = 700;

/** What a caliper says. */
export interface CaliperReading {
  readonly ms: number;
  /** Of beats that far apart; null where the points are at one moment. */
  readonly bpm: number | null;
  /** From the first point up to the second. */
  readonly mv: number;
  /** The interval as a QT, corrected for the rate; null where no RR was measured, or where it cannot be one. */
  readonly qtc: { readonly bazettMs: number; readonly fridericiaMs: number } | null;
}

/** @param rrMs the ECG's own, to correct a QT by (Bazett 1920, Fridericia 1920); null where it was not measured */
export function caliperReading({ from, to }: Caliper, rrMs: number | null): CaliperReading {
  const ms = 1000 * Math.abs(to.timeS - from.timeS);
  const rrS = (rrMs ?? 0) / 1000;
  return {
    ms,
    bpm: ms > 0 ? 60_000 / ms : null,
    mv: to.mv - from.mv,
    qtc:
      rrS > 0 && ms >= SHORTEST_QT_MS && ms <= LONGEST_QT_MS
        ? { bazettMs: ms / Math.sqrt(rrS), fridericiaMs: ms / Math.cbrt(rrS) }
        : null,
  };
}

/** A mark nearer than this is meant, seconds. */
const NEAR_S = 0.06;

/** The delineated boundary or peak of the lead next to a moment, or the moment itself where none is near. */
export function snapTime(timeS: number, waves: LeadWaves | undefined): number {
  if (!waves) return timeS;
  const marks = [...waves.p, ...waves.qrs, ...waves.t].flatMap(({ onset, peak, offset }) => [onset, peak, offset]);
  const nearest = marks.toSorted((a, b) => Math.abs(a - timeS) - Math.abs(b - timeS))[0];
  return nearest !== undefined && Math.abs(nearest - timeS) <= NEAR_S ? nearest : timeS;
}

/** How high a drawn trace stands at an x, mm from the sheet's upper edge; NaN where it has a gap. */
export function heightOf({ x, y }: Line, at: number): number {
  let [low, high] = [0, x.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const nearer = low > 0 && at - (x[low - 1] ?? 0) < (x[low] ?? 0) - at ? low - 1 : low;
  return y[nearer] ?? Number.NaN;
}
