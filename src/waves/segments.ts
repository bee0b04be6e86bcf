import { type Lead, WAVE_CLASSES, type WaveMap, type WaveRules } from '../ecg';
import { median } from '../signal/median';
import { classOf, meanMap, NAMES, type Runs, runs, type Segment, type WaveKind } from './runs';

const KINDS = ['p', 'qrs', 't'] as const satisfies readonly WaveKind[];

/**
 * Every lead's waves in the order of time, none for a lead without signal. The maps begin at the same moment and have one rate.
 *
 * The rules are those of `training/delineator/post.py`, line by line (docs/delineation.md says them in words), their numbers the model's:
 * runs where a class surpasses all others; segments with a short gap merged, short ones dropped, as are those that the leads together do
 * not support; QRS too near to the one before dropped; one T between two QRS; no P at all in a stretch that shows no regular sign of them.
 * Every other P stands, since in AV block there are more P than QRS.
 */
export function segmentsOf(maps: readonly WaveMap[], rules: WaveRules): ReadonlyMap<Lead, readonly Segment[]> {
  const present = maps.filter(({ probabilities }) => probabilities.some((p) => p > 0));
  const rate = present[0]?.samplingRateHz ?? 0;
  const mean = meanMap(present);
  const withoutP = stretchesWithoutP(mean, rate, rules);
  const isShown = (p: Segment) => !withoutP[Math.min(withoutP.length - 1, Math.floor(middle(p) / (STRETCH_S * rate)))];
  return new Map(
    present.map(({ lead, probabilities }) => {
      const winners = winnersOf(probabilities);
      const [p, qrs, t] = KINDS.map((kind) =>
        segmentsOfKind(probabilities, winners, kind, rate, rules).filter((segment) =>
          isSupported(segment, mean, rules),
        ),
      );
      const beats = withRefractory(qrs ?? [], (rules.refractoryMs * rate) / 1000);
      const waves = [...(p ?? []).filter(isShown), ...beats, ...onePerBeat(t ?? [], beats)];
      return [lead, waves.sort((a, b) => a.onset - b.onset)];
    }),
  );
}

function segmentsOfKind(
  probabilities: Float32Array,
  winners: Uint8Array,
  kind: WaveKind,
  rate: number,
  rules: WaveRules,
): Segment[] {
  const samples = (ms: number) => (ms * rate) / 1000;
  const found = merge(runs(marginOf(probabilities, winners, kind), kind), samples(rules.mergeMs[NAMES[kind]]));
  return found.filter(({ onset, offset }) => offset - onset >= samples(rules.minimumMs[NAMES[kind]]));
}

/** No class surpasses all others. */
const NONE = 255;

/** The class that surpasses all others at each sample: looked for once for the three kinds of wave. */
function winnersOf(probabilities: Float32Array): Uint8Array {
  const classes = WAVE_CLASSES.length;
  const winners = new Uint8Array(probabilities.length / classes);
  for (let n = 0; n < winners.length; n++) {
    let [winner, most] = [0, probabilities[n * classes] ?? 0];
    for (let c = 1; c < classes; c++) {
      const own = probabilities[n * classes + c] ?? 0;
      if (own > most) [winner, most] = [c, own];
      else if (own === most) winner = NONE;
    }
    winners[n] = winner;
  }
  return winners;
}

/** Probabilities below are taken as this: a logarithm needs one. */
const LEAST = 1e-30;

/** A class's lead over the best of the others, as the difference of logits. */
function marginOf(probabilities: Float32Array, winners: Uint8Array, kind: WaveKind): Runs {
  const classes = WAVE_CLASSES.length;
  const own = classOf(kind);
  const weight = (n: number) => probabilities[n * classes + own] ?? 0;
  const best = (n: number) => {
    let most = 0;
    for (let c = 0; c < classes; c++) if (c !== own) most = Math.max(most, probabilities[n * classes + c] ?? 0);
    return most;
  };
  return {
    length: winners.length,
    isInside: (n) => winners[n] === own,
    margin: (n) => Math.log(Math.max(LEAST, weight(n)) / Math.max(LEAST, best(n))),
    weight,
  };
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

function isSupported({ kind, onset, offset }: Segment, mean: Float32Array, { support }: WaveRules): boolean {
  const last = Math.floor(offset);
  for (let n = Math.max(0, Math.ceil(onset)); n <= last; n++) {
    if ((mean[n * WAVE_CLASSES.length + classOf(kind)] ?? 0) > support[NAMES[kind]]) return true;
  }
  return false;
}

/** Of two beats that are too near the heavier one. */
function withRefractory(beats: readonly Segment[], refractory: number): Segment[] {
  const kept: Segment[] = [];
  for (const beat of beats) {
    const last = kept.at(-1);
    if (!last || beat.onset - last.onset >= refractory) kept.push(beat);
    else if (beat.weight > last.weight) kept[kept.length - 1] = beat;
  }
  return kept;
}

const middle = ({ onset, offset }: Segment) => (onset + offset) / 2;

/** Between two beats, before the first and after the last the heaviest T; none where there is no beat. Both in the order of time. */
function onePerBeat(ts: readonly Segment[], beats: readonly Segment[]): Segment[] {
  const best = new Map<number, Segment>();
  let passed = 0;
  for (const t of ts) {
    for (let next = beats[passed]; next && middle(next) <= middle(t); next = beats[passed]) passed++;
    if (t.weight > (best.get(passed)?.weight ?? 0)) best.set(passed, t);
  }
  return beats.length > 0 ? [...best.values()] : [];
}

/** Fibrillation comes and goes: P is judged anew after so many seconds; the last stretch takes the rest. */
const STRETCH_S = 20;

/** For each stretch whether its beats, as a rule, have no P before them in the mean of the leads: fibrillation, flutter or no atrial beat. */
function stretchesWithoutP(mean: Float32Array, rate: number, { pEvidence }: WaveRules): readonly boolean[] {
  const classes = WAVE_CLASSES.length;
  const before = Math.round((pEvidence.beforeMs * rate) / 1000);
  const qrs = (n: number) => mean[n * classes + classOf('qrs')] ?? 0;
  const length = mean.length / classes;
  const beats = runs({ length, isInside: (n) => qrs(n) > 0.5, margin: (n) => qrs(n) - 0.5, weight: qrs }, 'qrs');
  const count = Math.max(1, Math.floor(length / (STRETCH_S * rate)));
  const evidence = Array.from({ length: count }, (): number[] => []);
  for (const { onset } of beats) {
    const start = Math.ceil(onset);
    if (start < before) continue;
    let most = 0;
    for (let n = start - before; n < start; n++) most = Math.max(most, mean[n * classes + classOf('p')] ?? 0);
    evidence[Math.min(count - 1, Math.floor(start / (STRETCH_S * rate)))]?.push(most);
  }
  return evidence.map((found) => found.length >= pEvidence.beats && median(found) < pEvidence.minimum);
}
