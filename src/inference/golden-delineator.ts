import type { Ecg, Lead } from '../ecg';
import { decodeEcg, floats, type StoredEcg } from './golden-vectors';

/** A simulated ECG and what PyTorch, running the shipped delineator, makes of it at every stage. Written by `training/`; for tests. */
export interface DelineatorVector {
  readonly name: string;
  readonly ecg: Ecg;
  readonly startS: number;
  readonly lengthS: number;
  readonly expected: {
    readonly weightsSha256: Readonly<Record<string, string>>;
    readonly mask: Float32Array;
    /** [T, 2]: magnitude and slope. */
    readonly context: Float32Array;
    /** [present leads, T, classes] */
    readonly logits: Float32Array;
    /** Class, onset and offset of each wave in seconds of the window. */
    readonly waves: Readonly<Record<Lead, readonly (readonly [string, number, number])[]>>;
  };
}

type Encoded = 'mask' | 'context' | 'logits';

/** As it stands in `golden-delineator/*.json`. */
export interface StoredVector extends Omit<DelineatorVector, 'ecg' | 'expected'>, StoredEcg {
  readonly expected: Omit<DelineatorVector['expected'], Encoded> & Readonly<Record<Encoded, string>>;
}

export function decodeVector({ samplingRateHz, samples, expected, ...rest }: StoredVector): DelineatorVector {
  const { mask, context, logits } = expected;
  return {
    ...rest,
    ecg: decodeEcg({ samplingRateHz, samples }),
    expected: { ...expected, mask: floats(mask), context: floats(context), logits: floats(logits) },
  };
}

export const DELINEATOR_VECTORS: readonly DelineatorVector[] = Object.values(
  import.meta.glob<StoredVector>('./golden-delineator/*.json', { eager: true, import: 'default' }),
).map(decodeVector);
