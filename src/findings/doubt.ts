import type { ModelCard } from '../ecg';
import { type InWords, say } from '../words/say';

/** Keeps the logarithm finite; as in `training/efficientecg/calibrate.py`. */
const LEAST = 1e-6;

/** Mean entropy of calibrated probabilities, bits: 0 where the network is certain of every statement, 1 where of none. */
export function meanEntropy(probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = Math.min(Math.max(probabilities[i] ?? Number.NaN, LEAST), 1 - LEAST);
    sum -= p * Math.log2(p) + (1 - p) * Math.log2(1 - p);
  }
  return sum / probabilities.length;
}

/**
 * Why the network had better say nothing about an ECG of which it has seen all that its statements need, or null. The limit was set on
 * complete ECGs: with fewer leads it says nothing. docs/training.md shows how errors fall as the most doubtful ECGs are left out.
 */
export function tooDoubtful({ doubt }: Pick<ModelCard, 'doubt'>, probabilities: ArrayLike<number>): InWords | null {
  if (!doubt || meanEntropy(probabilities) <= doubt.above) return null;
  return say('unsure', {});
}
