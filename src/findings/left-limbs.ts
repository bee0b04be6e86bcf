import type { Lead, MedianBeat } from '../ecg';

/** Both parts of a biphasic P reach so far, mV. */
const BIPHASIC_MV = 0.02;

/** What the P waves show of left arm and left leg exchanged. */
export interface LeftLimbSigns {
  /** P is taller in I than in II. */
  readonly taller: boolean;
  /** P in III is biphasic and ends upright. */
  readonly upright: boolean;
}

/**
 * The two signs of the P wave by which left arm and left leg seem exchanged (Abdollah and Milliken 1997), in the median beats of I and II; III is II − I. One
 * alone is common; both together were on none of 401 records of PTB-XL as recorded and on 16 % after the exchange (`bench/left-limbs.ts`).
 *
 * @returns null where there is no P, or not both leads
 */
export function leftLimbSigns(beats: readonly MedianBeat[]): LeftLimbSigns | null {
  const of = (name: Lead) => beats.find(({ lead }) => lead === name);
  const [one, two] = [of('I'), of('II')];
  const p = two?.p ?? one?.p;
  if (!one || !two || !p || one.samples.length !== two.samples.length) return null;
  const at = (timeS: number) => Math.round((timeS - one.startS) * one.samplingRateHz);
  const wave = (samples: Float32Array) => overChord(samples.subarray(Math.max(0, at(p.onset)), at(p.offset) + 1));
  const third = wave(two.samples.map((v, n) => v - (one.samples[n] ?? 0)));
  const [least, most] = [Math.min(...third), Math.max(...third)];
  return {
    taller: Math.max(...wave(one.samples)) > Math.max(...wave(two.samples)),
    upright: least < -BIPHASIC_MV && most > BIPHASIC_MV && third.indexOf(least) < third.indexOf(most),
  };
}

/** A wave against the line between its ends. */
function overChord(part: Float32Array): Float32Array {
  const [first, last] = [part[0] ?? 0, part.at(-1) ?? 0];
  return part.map((v, n) => v - first - ((last - first) * n) / Math.max(1, part.length - 1));
}
