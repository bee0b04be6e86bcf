import { type Lead, WAVE_CLASSES, type WaveMap } from '../ecg';

export type WaveKind = 'p' | 'qrs' | 't';

/** A wave as a lead's map has it: a run of samples, boundaries between samples where its class gives way to another. */
export interface Segment {
  readonly kind: WaveKind;
  /** Samples of the map from its start, fractions count. */
  readonly onset: number;
  readonly offset: number;
  /** The sum of its class's probability over its samples. */
  readonly weight: number;
}

const KINDS = ['p', 'qrs', 't'] as const satisfies readonly WaveKind[];
const CLASSES = WAVE_CLASSES.length;
/** Segments of one kind with a shorter gap are one, ms. */
const MERGE_MS = { p: 40, qrs: 40, t: 60 };
/** Shorter segments are none, ms. */
const MINIMUM_MS = { p: 30, qrs: 24, t: 50 };
/** A QRS is real where the leads' mean probability of QRS exceeds this somewhere inside it. */
const SUPPORT = 0.3;
/** Two QRS of a lead are at least this far apart, onset to onset, ms. */
const REFRACTORY_MS = 200;
/** Probabilities below are taken as this: a logarithm needs one. */
const LEAST = 1e-30;

/**
 * Every lead's waves in the order of time, none for a lead without signal. The maps begin at the same moment and have one rate.
 *
 * The rules are those of `training/delineator/post.py`, line by line: runs where a class surpasses all others; segments with a short gap
 * merged, short ones dropped; a QRS needs the other leads' support and a distance from the one before; between two QRS at most one T, the
 * one with the largest weight, and every P, since in AV block there are more P than QRS.
 */
export function segmentsOf(maps: readonly WaveMap[]): ReadonlyMap<Lead, readonly Segment[]> {
  const present = maps.filter(({ probabilities }) => probabilities.some((p) => p > 0));
  const support = meanQrs(present);
  return new Map(
    present.map((map) => {
      const samples = (ms: number) => (ms * map.samplingRateHz) / 1000;
      const found = KINDS.flatMap((kind) =>
        merge(runs(map, kind), samples(MERGE_MS[kind])).filter(
          ({ onset, offset }) => offset - onset >= samples(MINIMUM_MS[kind]),
        ),
      );
      return [map.lead, withinBeats(found, support, samples(REFRACTORY_MS))];
    }),
  );
}

const classOf = (kind: WaveKind) => WAVE_CLASSES.indexOf(kind);

/** The mean probability of QRS over the leads, at each sample. */
function meanQrs(maps: readonly WaveMap[]): Float32Array {
  const length = Math.max(0, ...maps.map(({ probabilities }) => probabilities.length / CLASSES));
  const qrs = classOf('qrs');
  const sums = new Float32Array(length);
  for (const { probabilities } of maps) {
    for (let n = 0; n < length; n++) sums[n] = (sums[n] ?? 0) + (probabilities[n * CLASSES + qrs] ?? 0) / maps.length;
  }
  return sums;
}

/** Runs in which a class surpasses every other; the boundary is where its logarithmic lead, linear between samples, is 0. */
function runs({ probabilities }: WaveMap, kind: WaveKind): Segment[] {
  const length = probabilities.length / CLASSES;
  const own = classOf(kind);
  const probability = (n: number) => probabilities[n * CLASSES + own] ?? 0;
  const best = (n: number) => {
    let other = 0;
    for (let c = 0; c < CLASSES; c++) if (c !== own) other = Math.max(other, probabilities[n * CLASSES + c] ?? 0);
    return other;
  };
  const margin = (n: number) => Math.log(Math.max(LEAST, probability(n)) / Math.max(LEAST, best(n)));
  const found: Segment[] = [];
  let start = -1;
  let weight = 0;
  for (let n = 0; n <= length; n++) {
    if (n < length && probability(n) > best(n)) {
      if (start < 0) [start, weight] = [n, 0];
      weight += probability(n);
    } else if (start >= 0) {
      const onset = start > 0 ? start - margin(start) / (margin(start) - margin(start - 1)) : start;
      const offset = n < length ? n - 1 + margin(n - 1) / (margin(n - 1) - margin(n)) : n - 1;
      found.push({ kind, onset, offset, weight });
      start = -1;
    }
  }
  return found;
}

function merge(segments: readonly Segment[], gap: number): Segment[] {
  const merged: Segment[] = [];
  for (const segment of segments) {
    const last = merged.at(-1);
    if (last && segment.onset - last.offset < gap) {
      merged[merged.length - 1] = { ...last, offset: segment.offset, weight: last.weight + segment.weight };
    } else merged.push(segment);
  }
  return merged;
}

const middle = ({ onset, offset }: Segment) => (onset + offset) / 2;

/** The QRS that stand, and between each two of them every P and the T of the largest weight. */
function withinBeats(segments: readonly Segment[], support: Float32Array, refractory: number): readonly Segment[] {
  const beats = standing(segments, support, refractory);
  const [ps, ts] = (['p', 't'] as const).map((kind) => segments.filter((segment) => segment.kind === kind));
  const strongest: Segment[] = [];
  const edges = beats.map(middle);
  for (const t of ts ?? []) {
    const last = strongest.at(-1);
    const together = last && !edges.some((edge) => middle(last) < edge && edge <= middle(t));
    if (!together) strongest.push(t);
    else if (t.weight > last.weight) strongest[strongest.length - 1] = t;
  }
  return [...beats, ...strongest, ...(ps ?? [])].sort((a, b) => a.onset - b.onset);
}

function standing(segments: readonly Segment[], support: Float32Array, refractory: number): readonly Segment[] {
  const kept: Segment[] = [];
  for (const segment of segments) {
    if (segment.kind !== 'qrs') continue;
    const inside = support.subarray(Math.max(0, Math.ceil(segment.onset)), Math.floor(segment.offset) + 1);
    if (!inside.some((p) => p > SUPPORT)) continue;
    const last = kept.at(-1);
    if (!last || segment.onset - last.onset >= refractory) kept.push(segment);
    else if (segment.weight > last.weight) kept[kept.length - 1] = segment;
  }
  return kept;
}
