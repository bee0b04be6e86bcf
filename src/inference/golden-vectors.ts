import { type Ecg, LEADS, type Lead, type Sex } from '../ecg';
import type { WaveFeatures } from './wave-inputs';

/** A simulated ECG and what SciPy and PyTorch, running the shipped weights, make of it at every stage. Written by `training/`; for tests. */
export interface GoldenVector {
  readonly name: string;
  readonly ecg: Ecg;
  readonly startS: number;
  readonly lengthS: number;
  readonly ageYears: number | null;
  readonly sex: Sex;
  readonly expected: {
    readonly weightsSha256: Readonly<Record<string, string>>;
    /** Wave features that the network was given, where it takes any. */
    readonly measured: WaveFeatures;
    /** Every `filteredEvery`-th filtered sample of each lead, mV. */
    readonly filtered: ReadonlyMap<Lead, Float32Array>;
    readonly filteredEvery: number;
    readonly input: Float32Array;
    readonly mask: Float32Array;
    readonly pooled: Float32Array;
    readonly logits: Float32Array;
  };
}

/** A simulated ECG as it stands in a file: int16 little endian in base64, 1 µV a step. */
export interface StoredEcg {
  readonly samplingRateHz: number;
  readonly samples: Partial<Record<Lead, string>>;
}

/** As it stands in `golden/*.json`. */
interface Stored extends Omit<GoldenVector, 'ecg' | 'expected'>, StoredEcg {
  readonly expected: {
    readonly weightsSha256: Record<string, string>;
    readonly measured?: WaveFeatures;
    readonly filteredEvery: number;
    readonly filtered: Partial<Record<Lead, string>>;
    readonly input: string;
    readonly mask: string;
    readonly pooled: string;
    readonly logits: string;
  };
}

const MISSING = -32768;

const bytes = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
export const floats = (base64: string) => new Float32Array(bytes(base64));

export function decodeEcg({ samplingRateHz, samples }: StoredEcg): Ecg {
  const leads = LEADS.flatMap((lead) => {
    const base64 = samples[lead];
    if (base64 === undefined) return [];
    const millivolts = Float32Array.from(new Int16Array(bytes(base64)), (microvolts) =>
      microvolts === MISSING ? Number.NaN : microvolts / 1000,
    );
    return [{ name: lead, lead, unit: 'mV', samplingRateHz, derived: false, samples: millivolts }];
  });
  return { startS: 0, durationS: (leads[0]?.samples.length ?? 0) / samplingRateHz, leads };
}

function decode({ samplingRateHz, samples, expected, ...rest }: Stored): GoldenVector {
  const filtered = LEADS.flatMap((lead) => {
    const base64 = expected.filtered[lead];
    return base64 === undefined ? [] : [[lead, floats(base64)] as const];
  });
  return {
    ...rest,
    ecg: decodeEcg({ samplingRateHz, samples }),
    expected: {
      weightsSha256: expected.weightsSha256,
      measured: expected.measured ?? {},
      filteredEvery: expected.filteredEvery,
      filtered: new Map(filtered),
      input: floats(expected.input),
      mask: floats(expected.mask),
      pooled: floats(expected.pooled),
      logits: floats(expected.logits),
    },
  };
}

export const GOLDEN_VECTORS: readonly GoldenVector[] = Object.values(
  import.meta.glob<Stored>('./golden/*.json', { eager: true, import: 'default' }),
).map(decode);

/** Greatest absolute difference; infinite where the lengths differ, or where one is NaN. */
export function greatestDifference(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (found.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (let i = 0; i < wanted.length; i++) {
    const difference = Math.abs((found[i] ?? Number.NaN) - (wanted[i] ?? Number.NaN));
    if (!(difference <= greatest)) greatest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return greatest;
}
