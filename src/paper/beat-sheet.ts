import type { BeatMark, Lead, MedianBeat, PlacedBeat, WaveKind } from '../ecg';
import type { Line } from './draw';
import type { SingleBeat } from './single-beats';
import { type PaperScale, toMm } from './units';

/** All beats have one gain. */
type BeatScale = Pick<PaperScale, 'mmPerS' | 'mmPerMv'>;

/** A delineated stretch of a median beat on its sheet. */
export interface BeatBand {
  readonly kind: WaveKind;
  readonly durationMs: number;
  /** mm. */
  readonly x: number;
  readonly widthMm: number;
}

/** A lead's median beat with the single beats to lay over it. */
export interface BeatStack {
  readonly beat: MedianBeat;
  /** Those in the median, and those of other shapes. */
  readonly alike: readonly SingleBeat[];
  readonly others: readonly SingleBeat[];
  /** Another usual beat of the lead, laid under this one: the device's own, or that of another ECG. */
  readonly beneath: PlacedBeat | null;
}

/** One lead's beat on the sheet, mm. */
export interface BeatCell {
  readonly lead: Lead;
  /** Left edge, and where the moment of alignment lies. */
  readonly x: number;
  readonly zeroX: number;
  readonly widthMm: number;
  readonly top: number;
  readonly heightMm: number;
  /** Where the level before the QRS stands. */
  readonly baseline: number;
  readonly mmPerUnit: number;
  /** What has to be said of the scale; null for mV. */
  readonly note: string | null;
  readonly line: Line;
  readonly alike: readonly Line[];
  readonly others: readonly Line[];
  readonly beneath: Line | null;
  readonly bands: readonly BeatBand[];
}

export interface BeatSheet {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly cells: readonly BeatCell[];
}

/** Around and between the beats, mm. */
const EDGE_MM = 5;
const GAP_MM = 5;
/** Above the tallest R of a row, for the lead's name. */
const NAME_MM = 6;
/** What is no voltage has no scale on paper and is this high, mm. */
const UNSCALED_MM = 15;

/** The median beats of all leads on one paper, in rows that are as high as their voltages. */
export function arrangeBeats(stacks: readonly BeatStack[], scale: BeatScale, mostMm: number): BeatSheet {
  const cells: BeatCell[] = [];
  let [top, widthMm] = [0, 0];
  for (const row of rowsOf(stacks, scale, mostMm)) {
    const rises = row.map((stack) => extent(stack, scale));
    const above = fives(Math.max(...rises.map(({ above }) => above)) + NAME_MM);
    const heightMm = above + fives(Math.max(...rises.map(({ below }) => below)) + 1);
    let x = EDGE_MM;
    for (const stack of row) {
      const cell = place(stack, scale, x, top, above, heightMm);
      cells.push(cell);
      x += cell.widthMm + GAP_MM;
    }
    widthMm = Math.max(widthMm, x - GAP_MM + EDGE_MM);
    top += heightMm;
  }
  return { widthMm, heightMm: Math.max(fives(top), 10), cells };
}

const fives = (mm: number) => Math.ceil(mm / 5) * 5;

const widthOf = ({ beat: { samples, samplingRateHz } }: BeatStack, scale: BeatScale) =>
  fives(toMm(samples.length / samplingRateHz, scale));

function rowsOf(stacks: readonly BeatStack[], scale: BeatScale, widthMm: number): readonly BeatStack[][] {
  const each = Math.max(...stacks.map((stack) => widthOf(stack, scale) + GAP_MM));
  const most = Math.max(1, Math.floor((widthMm - 2 * EDGE_MM + GAP_MM) / each));
  const rows = Math.ceil(stacks.length / most);
  const perRow = Math.ceil(stacks.length / Math.max(1, rows));
  return Array.from({ length: rows }, (_, row) => stacks.slice(row * perRow, (row + 1) * perRow));
}

function extent({ beat, alike, others, beneath }: BeatStack, { mmPerMv }: BeatScale) {
  let [low, high] = [0, 0];
  const singles = [...alike, ...others].map((single) => single.values);
  for (const values of [beat.samples, ...singles, ...(beneath ? [beneath.samples] : [])]) {
    for (const v of values) {
      if (v > high) high = v;
      if (v < low) low = v;
    }
  }
  const mmPerUnit = beat.unit === 'mV' ? mmPerMv : high > low ? UNSCALED_MM / (high - low) : 1;
  return { mmPerUnit, above: high * mmPerUnit, below: -low * mmPerUnit };
}

function place(stack: BeatStack, scale: BeatScale, x: number, top: number, above: number, heightMm: number): BeatCell {
  const { beat, alike, others, beneath } = stack;
  const { mmPerUnit } = extent(stack, scale);
  const mmPerSample = toMm(1 / beat.samplingRateHz, scale);
  const baseline = top + above;
  const zeroX = x - toMm(beat.startS, scale);
  const bands = (['p', 'qrs', 't'] as const).flatMap((kind): BeatBand[] => {
    const mark: BeatMark | null = beat[kind];
    if (!mark) return [];
    const widthMm = toMm(mark.offset - mark.onset, scale);
    return [{ kind, durationMs: 1000 * (mark.offset - mark.onset), x: zeroX + toMm(mark.onset, scale), widthMm }];
  });
  return {
    lead: beat.lead,
    x,
    zeroX,
    widthMm: widthOf(stack, scale),
    top,
    heightMm,
    baseline,
    mmPerUnit,
    note: beat.unit === 'mV' ? null : 'not to scale',
    line: lineOf(beat.samples, x, mmPerSample, baseline, mmPerUnit),
    alike: linesOf(alike, x, mmPerSample, baseline, mmPerUnit),
    others: linesOf(others, x, mmPerSample, baseline, mmPerUnit),
    beneath: beneath && within(x, widthOf(stack, scale), beneathLine(beneath, scale, zeroX, baseline, mmPerUnit)),
    bands,
  };
}

function beneathLine(beat: PlacedBeat, scale: BeatScale, zeroX: number, baseline: number, mmPerUnit: number): Line {
  const x = zeroX + toMm(beat.startS, scale);
  return lineOf(beat.samples, x, toMm(1 / beat.samplingRateHz, scale), baseline, mmPerUnit);
}

/** What would reach over the next cell is not drawn. */
function within(left: number, widthMm: number, { x, y }: Line): Line {
  return { x, y: y.map((at, i) => ((x[i] ?? 0) < left || (x[i] ?? 0) > left + widthMm ? Number.NaN : at)) };
}

/** Lines of single beats in a cell. */
const linesOf = (singles: readonly SingleBeat[], x: number, mmPerSample: number, baseline: number, mmPerUnit: number) =>
  singles.map(({ first, values }) => lineOf(values, x + first * mmPerSample, mmPerSample, baseline, mmPerUnit));

function lineOf(samples: Float32Array, x: number, mmPerSample: number, baseline: number, mmPerUnit: number): Line {
  return {
    x: Float32Array.from({ length: samples.length }, (_, n) => x + n * mmPerSample),
    y: Float32Array.from(samples, (v) => baseline - v * mmPerUnit),
  };
}
