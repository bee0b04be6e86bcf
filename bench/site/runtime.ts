import type { NetworkInput } from './network-input';

export const BACKENDS = ['wasm', 'webgpu'] as const;

export interface Setting {
  readonly backend: (typeof BACKENDS)[number];
  /** Of WASM; what there is may be less. */
  readonly threads: number;
  /** Samples of the ECG. */
  readonly steps: number;
  /** Of the convolutions, where a runtime has two forms. */
  readonly dimensions: 1 | 2;
}

/** The network on one runtime. */
export interface Runtime {
  /** For the table: version, form, threads, adapter. */
  readonly what: string;
  /** One inference from numbers to logits, as an application would call it. */
  readonly run: () => Promise<Float32Array>;
  /** Ours alone: the fusion after a change of age, and a batch of `BATCH` ECGs. */
  readonly fuse?: () => Promise<unknown>;
  readonly runBatch?: () => Promise<unknown>;
}

export const BATCH = 16;

export type Start = (setting: Setting, input: NetworkInput) => Promise<Runtime>;

/** What the bench asks of a page. */
export interface Bench {
  readonly start: (name: string, setting: Setting) => Promise<string>;
  readonly run: (times: number) => Promise<Runs>;
  /** Ours alone. */
  readonly shares: (times: number) => Promise<Shares>;
}

export interface Runs {
  /** One each, milliseconds. */
  readonly ms: readonly number[];
  readonly logits: readonly number[];
}

/** Medians of what is less than a whole inference by itself, as shares of one. */
export interface Shares {
  readonly fusion: number;
  /** Of one ECG in a batch of `BATCH`. */
  readonly batch: number;
}
