import type { ModelCard } from '../../src/ecg';

/** What every runtime is given: one made-up ECG of 12 leads and a patient. All of one batch, time-major. */
export interface NetworkInput {
  readonly steps: number;
  readonly leads: number;
  /** [T, leads] */
  readonly ecg: Float32Array<ArrayBuffer>;
  readonly mask: Float32Array<ArrayBuffer>;
  /** [scaled years, known] */
  readonly age: Float32Array<ArrayBuffer>;
  /** One-hot: female, male, unknown. */
  readonly sex: Float32Array<ArrayBuffer>;
  /** Scaled wave features, then which are known; empty for a network that takes none. */
  readonly waves: Float32Array<ArrayBuffer>;
}

/** The same numbers in every page: two sines of no common period stand for a z-scored lead. */
export function networkInput(card: ModelCard, steps: number): NetworkInput {
  const leads = card.input.leads.length;
  const features = card.architecture.fusion.waves ?? 0;
  return {
    steps,
    leads,
    ecg: Float32Array.from({ length: steps * leads }, (_, i) => Math.sin(i * 0.37) + Math.sin(i * 0.017)),
    mask: new Float32Array(leads).fill(1),
    age: Float32Array.of(0.63, 1),
    sex: Float32Array.of(0, 1, 0),
    waves: Float32Array.from({ length: 2 * features }, (_, i) => (i < features ? Math.sin(i) : 1)),
  };
}

/** [T, leads] as [leads, T]. */
export function leadMajor({ ecg, steps, leads }: NetworkInput): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: ecg.length }, (_, i) => ecg[(i % steps) * leads + Math.floor(i / steps)] ?? 0);
}
