import type { Ecg, EcgLead } from '../ecg';

/** A QRS is compared over this stretch around its peak, on a grid of this step, seconds. */
const FROM_S = -0.06;
const TO_S = 0.1;
const STEP_S = 0.008;
/** Peaks of the same QRS lie apart by this much when noise moves them, seconds. */
const SHIFTS_S = [0, -0.008, 0.008, -0.016, 0.016];
/** QRS complexes that correlate at least so well, over all leads together, have one shape. */
const ALIKE = 0.85;
/** Noise makes a shape of its own of every beat: once there are so many, a beat that resembles none is on its own. */
const MOST_SHAPES = 60;

/** QRS complexes of one shape. */
export interface Shape {
  /** All leads of its first beat, of length 1. */
  readonly vector: Float32Array;
  /** Places of its beats among the times, ascending. */
  readonly members: readonly number[];
}

/**
 * The shapes of QRS complexes, the commonest first. Each beat joins the first shape that it resembles, or begins a new one.
 *
 * @param times of their peaks, seconds from the start of the recording
 */
export function qrsShapes(ecg: Ecg, times: readonly number[]): readonly Shape[] {
  const leads = ecg.leads.filter(({ lead, derived }) => lead !== null && !derived);
  const shapes: { readonly vector: Float32Array; readonly members: number[] }[] = [];
  times.forEach((timeS, n) => {
    // Most beats resemble the first shape unshifted: the others are cut out only where they are asked for.
    const cut = new Map<number, Float32Array>();
    const shifted = (shiftS: number) => {
      const vector = cut.get(shiftS) ?? shapeVector(leads, timeS - ecg.startS + shiftS);
      cut.set(shiftS, vector);
      return vector;
    };
    const alike = shapes.find(({ vector }) => SHIFTS_S.some((shiftS) => product(shifted(shiftS), vector) >= ALIKE));
    if (alike) alike.members.push(n);
    else if (shapes.length < MOST_SHAPES) shapes.push({ vector: shifted(0), members: [n] });
  });
  return shapes.sort((a, b) => b.members.length - a.members.length);
}

/** How two shapes correlate, −1 to 1. */
export const likeness = (a: Shape, b: Shape): number => product(a.vector, b.vector);

/** All leads around a moment, each without its mean, as one vector of length 1; a missing sample adds nothing. */
function shapeVector(leads: readonly EcgLead[], timeS: number): Float32Array {
  const count = Math.round((TO_S - FROM_S) / STEP_S);
  const vector = new Float32Array(leads.length * count);
  leads.forEach(({ samples, samplingRateHz }, row) => {
    const part = vector.subarray(row * count, (row + 1) * count);
    let [sum, present] = [0, 0];
    for (let n = 0; n < count; n++) {
      const v = samples[Math.round((timeS + FROM_S + n * STEP_S) * samplingRateHz)] ?? Number.NaN;
      part[n] = v;
      if (!Number.isNaN(v)) [sum, present] = [sum + v, present + 1];
    }
    for (let n = 0; n < count; n++) {
      const v = part[n] ?? Number.NaN;
      part[n] = Number.isNaN(v) ? 0 : v - sum / present;
    }
  });
  const length = Math.sqrt(product(vector, vector));
  return length > 0 ? vector.map((v) => v / length) : vector;
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += (a[n] ?? 0) * (b[n] ?? 0);
  return sum;
}
