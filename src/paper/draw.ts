import type { Ecg, EcgLead } from '../ecg';
import { decimate } from './decimate';
import type { PaperNotes } from './notes';
import type { Label, Sheet, Trace } from './sheet';
import { toMm } from './units';

/** A line in mm on the sheet; a NaN y lifts the pen. */
export interface Line {
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
}

export interface Drawing {
  /** One line for each of the sheet's traces. */
  readonly lines: readonly Line[];
  /** What had to be said about single traces: moved to fit, or without a voltage scale. */
  readonly notes: readonly Label[];
}

/**
 * The recorded samples on the sheet.
 *
 * @param columnsPerMm the pixel columns in a millimetre of the target
 */
export function draw(sheet: Sheet, ecg: Ecg, columnsPerMm: number): Drawing {
  const drawn = sheet.traces.flatMap((trace) => {
    const lead = ecg.leads[trace.lead];
    return lead ? [drawTrace(trace, lead, ecg.startS, sheet, columnsPerMm)] : [];
  });
  return { lines: drawn, notes: drawn.flatMap(({ note }) => (note ? { ...note, kind: 'note' as const } : [])) };
}

function drawTrace(trace: Trace, lead: EcgLead, ecgStartS: number, { scale, says }: Sheet, columnsPerMm: number) {
  const { samplingRateHz } = lead;
  const first = Math.max(0, Math.round((trace.startS - ecgStartS) * samplingRateHz));
  const end = Math.max(first, Math.round((trace.endS - ecgStartS) * samplingRateHz));
  const samples = lead.samples.subarray(first, end);
  const columns = Math.max(1, Math.ceil(toMm(trace.endS - trace.startS, scale) * columnsPerMm));
  const { at, value } = decimate(samples, columns);
  const { mmPerUnit, zero, note } = placement(samples, lead.unit, trace, says);
  const upwards = trace.inverted ? -mmPerUnit : mmPerUnit;
  const firstX = trace.x + toMm(ecgStartS + first / samplingRateHz - trace.startS, scale);
  const mmPerSample = toMm(1 / samplingRateHz, scale);
  const x = new Float32Array(at.length);
  const y = new Float32Array(at.length);
  for (let i = 0; i < at.length; i++) {
    x[i] = firstX + (at[i] ?? 0) * mmPerSample;
    y[i] = trace.baseline - ((value[i] ?? 0) - zero) * upwards;
  }
  return {
    x,
    y,
    note: note === null ? null : { text: note, x: trace.x + 1, y: trace.baseline + Math.min(trace.rowMm / 2, 12) - 1 },
  };
}

/** A trace further from its baseline than this is moved there, and the paper says so. */
const FARTHEST_MM = 20;

/** How high a unit stands and which value stands on the baseline. Voltages keep the paper's gain; anything else fills its row. */
function placement(samples: Float32Array, unit: string, { rowMm, mmPerMv }: Trace, says: PaperNotes) {
  if (unit === 'mV') {
    const middle = median(samples);
    if (Math.abs(middle) * mmPerMv <= FARTHEST_MM) return { mmPerUnit: mmPerMv, zero: 0, note: null };
    return { mmPerUnit: mmPerMv, zero: middle, note: says.baselineAt(middle) };
  }
  const [low, high] = range(samples);
  const mmPerUnit = high > low ? (rowMm * 0.8) / (high - low) : 1;
  return { mmPerUnit, zero: (low + high) / 2, note: says.notToScale(low, high, unit) };
}

/** Of every n-th sample, so that a sheet is drawn quickly: it only decides where a trace stands. */
function median(samples: Float32Array): number {
  const step = Math.ceil(samples.length / 500);
  const some = new Float32Array(500);
  let count = 0;
  for (let i = 0; i < samples.length; i += step) {
    const v = samples[i] ?? Number.NaN;
    if (!Number.isNaN(v)) some[count++] = v;
  }
  return some.subarray(0, count).sort()[count >> 1] ?? 0;
}

function range(samples: Float32Array): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of samples) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return low <= high ? [low, high] : [0, 0];
}
