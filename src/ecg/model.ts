import type { Lead } from './leads';

export const BACKENDS = ['webgpu', 'wasm', 'cpu'] as const;

export type Backend = (typeof BACKENDS)[number];

export type LabelSystem = 'scp-ecg' | 'ptb-xl-superclass' | 'cinc2017' | 'aami';

export type StatementGroup = 'superclass' | 'rhythm' | 'conduction' | 'hypertrophy' | 'infarction' | 'st-t';

export type OperatingPoint = 'balanced' | 'screening';

/** One row of EfficientNet's stage table. */
export interface Stage {
  readonly expand: number;
  readonly filters: number;
  readonly repeats: number;
  readonly stride: number;
  readonly kernel: number;
}

/** The classifier: EfficientNet in one dimension, with age and sex attending to its features. */
export interface EfficientNetArchitecture {
  readonly kind: 'efficientnet-1d-cross-attention';
  readonly width: number;
  readonly depth: number;
  readonly divisor: number;
  readonly stem: { readonly filters: number; readonly kernel: number; readonly stride: number };
  readonly stages: readonly Stage[];
  readonly squeezeRatio: number;
  readonly head: { readonly filters: number };
  readonly pool: readonly ('mean' | 'max')[];
  readonly fusion: {
    readonly tokens: readonly ('age' | 'sex' | 'waves')[];
    readonly width: number;
    readonly heads: number;
    readonly ageHidden: number;
    /** How many wave features the token `waves` takes, and the width of its hidden layer. */
    readonly waves?: number;
    readonly wavesHidden?: number;
  };
}

/** One level of a U-Net, at half the rate of the one above: how wide, and how many blocks on the way down and up. */
export interface Level {
  readonly filters: number;
  readonly kernel: number;
  readonly encoder: number;
  readonly decoder: number;
}

/** What a row of a U-Net's batch is given: its lead, and what all present leads show at that moment. */
export type RowChannel = 'lead' | 'magnitude' | 'slope';

/** The delineator: a U-Net of separable convolutions over one lead at a time. */
export interface UNetArchitecture {
  readonly kind: 'unet-1d';
  /** In the order of the logits, which is that of `WAVE_CLASSES`. */
  readonly classes: readonly ['none', 'P', 'QRS', 'T'];
  readonly channels: readonly RowChannel[];
  readonly stem: { readonly filters: number; readonly kernel: number };
  /** From the full rate downwards. */
  readonly levels: readonly Level[];
  readonly head: { readonly kernel: number };
}

/** From this a network is built; nothing about its shape stands in code. */
export type Architecture = EfficientNetArchitecture | UNetArchitecture;

/** What the network wants to be given. */
export interface ModelInput {
  readonly samplingRateHz: number;
  /** Allowed lengths of one pass, seconds. */
  readonly lengths: readonly number[];
  readonly trainedLengthS: number;
  readonly minSamplingRateHz: number;
  /** Recorded signal on each side of a window that the filter sees, seconds. */
  readonly contextS: number;
  readonly leads: readonly Lead[];
  readonly filter: {
    readonly kind: 'butterworth-bandpass';
    readonly order: number;
    readonly lowHz: number;
    readonly highHz: number;
    readonly zeroPhase: true;
  };
  readonly normalisation: {
    readonly kind: 'z-score-per-lead';
    readonly minStandardDeviation: number;
    readonly maxMissingFraction: number;
  };
  readonly resampler: { readonly kind: 'kaiser-sinc'; readonly halfWidth: number; readonly beta: number };
  readonly age: { readonly minYears: number; readonly maxYears: number; readonly scaleYears: number };
  readonly missingLeads: 'mask';
  /** The wave features that the network takes, in this order: (value − offset) / scale, cut off at ± `limit`. */
  readonly waves?: { readonly limit: number; readonly features: readonly WaveInput[] };
}

/** One wave feature as a network takes it. */
export interface WaveInput {
  readonly name: string;
  readonly offset: number;
  readonly scale: number;
}

/** One statement that the network was trained on, with its calibration and threshold. */
export interface Label {
  readonly code: string;
  readonly system: LabelSystem;
  readonly snomed: string | null;
  readonly label: string;
  readonly group: StatementGroup;
  /** All of these must have been recorded (or follow by identity); empty means any one lead. */
  readonly requiredLeads: readonly Lead[];
  /** Platt: probability = sigmoid(slope · logit + intercept). */
  readonly calibration: { readonly slope: number; readonly intercept: number };
  readonly threshold: number;
  readonly operatingPoint: OperatingPoint;
  /** The second point, for finding rather than telling: see the schema. A card of before 0.2 has none. */
  readonly screening?: {
    readonly threshold: number;
    readonly sensitivity: number;
    readonly sensitivityLow: number;
    readonly sensitivityHigh: number;
    readonly specificity: number;
    /** So few positives were there that the sensitivity may be under 0.90. */
    readonly exploratory: boolean;
  };
  /** On which data calibration and threshold were set. */
  readonly setOn: string;
  readonly positives: number;
}

export interface TrainingData {
  readonly name: string;
  readonly records: number;
  readonly patients: number;
  readonly licence: string;
  readonly url: string;
}

/** A measured result with its 95 % bootstrap interval. */
export interface Result {
  readonly set: string;
  readonly signals: 'all' | 'raw';
  readonly metric: string;
  readonly label: string;
  readonly n: number;
  readonly positives: number | null;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One tensor in the weights file. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
  readonly quantization?: { readonly dtype: 'float16'; readonly original_dtype: 'float32' };
  /** Bytes from the start of the weights. */
  readonly offset: number;
}

/** What every `model.json` says: all that is needed to use the weights (public/models/model.schema.json). */
interface Card<A extends Architecture> {
  readonly $schema: string;
  readonly formatVersion: 1;
  readonly featuresVersion: number;
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly architecture: A;
  readonly input: ModelInput;
  readonly training: {
    readonly date: string;
    readonly command: string;
    readonly seed: number;
    readonly epochs: number;
    readonly parameters: number;
    readonly macs10s: number;
    readonly data: readonly TrainingData[];
  };
  readonly results: readonly Result[];
  readonly weights: {
    readonly manifest: readonly { readonly paths: readonly string[]; readonly weights: readonly WeightSpec[] }[];
    readonly sha256: Readonly<Record<string, string>>;
    readonly bytes: number;
  };
}

/** A count for each age band. */
export interface Bands {
  readonly female: readonly number[];
  readonly male: readonly number[];
}

/** How common each statement is where the network learned, by age and sex. */
export interface Prevalence {
  readonly countedOn: string;
  /** The youngest of each band, years, ascending; the last band is open. */
  readonly ageFromYears: readonly number[];
  /** ECGs in all. */
  readonly records: Bands;
  /** By a label's code: ECGs with that statement. */
  readonly positives: Readonly<Record<string, Bands>>;
}

/** Over this mean entropy of all statements' probabilities, bits, the network had better say nothing. */
export interface Doubt {
  readonly score: 'mean-entropy-bits';
  readonly above: number;
  /** Share of the records it was set on that stay under it. */
  readonly coverage: number;
  /** Share of the superclasses that were called wrongly under it, and over it. */
  readonly wrongBelow: number;
  readonly wrongAbove: number;
  readonly setOn: string;
}

/** The card of a classifier: EfficientECG. */
export interface ModelCard extends Card<EfficientNetArchitecture> {
  readonly labels: readonly Label[];
  readonly doubt?: Doubt;
  readonly prevalence?: Prevalence;
}

/** A number for each wave. */
export interface PerWave {
  readonly P: number;
  readonly QRS: number;
  readonly T: number;
}

/** How a wave map becomes waves: docs/delineation.md says each rule in words. */
export interface WaveRules {
  /** Two segments of a wave with a gap shorter than this are one. */
  readonly mergeMs: PerWave;
  /** Shorter segments are dropped. */
  readonly minimumMs: PerWave;
  /** Least mean probability over the present leads. */
  readonly support: PerWave;
  /** Two QRS are at least this far apart, onset to onset. */
  readonly refractoryMs: number;
  /** When a P wave before the QRS counts as one. */
  readonly pEvidence: { readonly beforeMs: number; readonly minimum: number; readonly beats: number };
}

/** The card of a delineator. */
export interface DelineatorCard extends Card<UNetArchitecture> {
  readonly waveRules: WaveRules;
}

export type AnyCard = ModelCard | DelineatorCard;

export function isDelineator(card: AnyCard): card is DelineatorCard {
  return card.architecture.kind === 'unet-1d';
}
