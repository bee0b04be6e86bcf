import type { Result, TrainingData, WeightSpec } from './model';

/** One number that a head gives. */
export interface HeadOutput {
  readonly code: string;
  readonly label: string;
  readonly snomed: string | null;
  /** What is added to this output's logarithm before the greatest one is called; 0 where there is one output alone. */
  readonly offset: number;
  /** On the probability: at or above it the output is stated; null where the greatest is. */
  readonly threshold: number | null;
}

/** Layers of a perceptron with ReLU between them: (feature − offset) / scale, cut off at ± `limit`, an unknown one 0. */
export interface DenseArchitecture {
  readonly kind: 'dense';
  readonly limit: number;
  /** Widths of the hidden layers; none: a linear head. */
  readonly hidden: readonly number[];
}

/** Gradient-boosted decision trees (Friedman 2001): tree n adds to output n mod outputs; an unknown feature goes where the node says. */
export interface TreesArchitecture {
  readonly kind: 'trees';
  readonly trees: number;
  readonly nodes: number;
}

export type HeadArchitecture = DenseArchitecture | TreesArchitecture;

/** Where no patients are told, their number is not known. */
type HeadData = Omit<TrainingData, 'patients'> & { readonly patients: number | null };

/** The card of a small model over measured features (public/models/head.schema.json): its one output through a sigmoid, several through a softmax. */
export interface HeadCard {
  readonly $schema: string;
  readonly formatVersion: 1;
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly architecture: HeadArchitecture;
  /** Names of the features in the order of the weights. */
  readonly features: readonly string[];
  readonly outputs: readonly HeadOutput[];
  readonly training: { readonly date: string; readonly command: string; readonly data: readonly HeadData[] };
  readonly results: readonly Result[];
  readonly weights: {
    readonly manifest: readonly { readonly paths: readonly string[]; readonly weights: readonly WeightSpec[] }[];
    readonly sha256: Readonly<Record<string, string>>;
    readonly bytes: number;
  };
}
