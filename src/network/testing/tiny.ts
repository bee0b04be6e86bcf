import {
  type AnyCard,
  type DelineatorCard,
  type EfficientNetArchitecture,
  LEADS,
  type Lead,
  type ModelCard,
  type UNetArchitecture,
} from '../../ecg';
import { cardOperations, type Weights, weightShapes } from '../weights';

/** A net of three blocks that has every kind of operation: with and without expansion, residual and stride. For tests. */
export const TINY: EfficientNetArchitecture = {
  kind: 'efficientnet-1d-cross-attention',
  width: 0.5,
  depth: 1,
  divisor: 4,
  stem: { filters: 16, kernel: 7, stride: 2 },
  stages: [
    { expand: 1, filters: 16, repeats: 1, stride: 1, kernel: 3 },
    { expand: 4, filters: 24, repeats: 2, stride: 2, kernel: 5 },
  ],
  squeezeRatio: 0.25,
  head: { filters: 24 },
  pool: ['mean', 'max'],
  fusion: { tokens: ['age', 'sex'], width: 8, heads: 2, ageHidden: 6 },
};

/** The same with wave features as a third token. */
export const TINY_WAVES: EfficientNetArchitecture = {
  ...TINY,
  fusion: { ...TINY.fusion, tokens: ['age', 'sex', 'waves'], waves: 3, wavesHidden: 5 },
};

/** A U-Net of three levels that has every kind of block: none, one and several, with and without a change of width. For tests. */
export const TINY_UNET: UNetArchitecture = {
  kind: 'unet-1d',
  classes: ['none', 'P', 'QRS', 'T'],
  channels: ['lead', 'magnitude', 'slope'],
  stem: { filters: 5, kernel: 7 },
  levels: [
    { filters: 5, kernel: 9, encoder: 0, decoder: 1 },
    { filters: 6, kernel: 5, encoder: 1, decoder: 2 },
    { filters: 6, kernel: 3, encoder: 2, decoder: 0 },
  ],
  head: { kernel: 3 },
};

/** Uniform numbers from −1 to 1, the same ones for the same seed (Park & Miller 1988). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  };
}

/** Weights of a size that keeps the signal's, so that an error in any operation reaches the logits. */
export function randomWeights(card: AnyCard, seed: number): Weights {
  const random = randomNumbers(seed);
  const shapes = weightShapes(cardOperations(card));
  return new Map(
    [...shapes].map(([name, shape]) => {
      const fanIn = Math.max(
        1,
        shape.slice(0, -1).reduce((product, size) => product * size, 1),
      );
      const scale = Math.sqrt(3 / (name.endsWith('depthwise.kernel') ? (shape[0] ?? 1) : fanIn));
      return [name, Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random())] as const;
    }),
  );
}

/** All of a card but its architecture and labels: as much as building and running a network needs. */
const CARD: Omit<DelineatorCard, 'architecture' | 'waveRules'> = {
  $schema: '../model.schema.json',
  formatVersion: 1,
  featuresVersion: 0,
  id: 'tiny',
  version: '0.0.0',
  name: 'Random weights',
  input: {
    samplingRateHz: 250,
    lengths: [2.5, 5, 10, 30],
    trainedLengthS: 10,
    minSamplingRateHz: 100,
    contextS: 5,
    leads: LEADS satisfies readonly Lead[],
    filter: { kind: 'butterworth-bandpass', order: 4, lowHz: 0.5, highHz: 40, zeroPhase: true },
    normalisation: { kind: 'z-score-per-lead', minStandardDeviation: 0.001, maxMissingFraction: 0.5 },
    resampler: { kind: 'kaiser-sinc', halfWidth: 16, beta: 8 },
    age: { minYears: 18, maxYears: 90, scaleYears: 100 },
    missingLeads: 'mask',
  },
  training: { date: '', command: '', seed: 0, epochs: 0, parameters: 0, macs10s: 0, data: [] },
  results: [],
  weights: { manifest: [], sha256: {}, bytes: 0 },
};

export function tinyCard(codes: readonly string[] = ['NORM', 'AFIB', 'CLBBB']): ModelCard {
  return {
    ...CARD,
    architecture: TINY,
    labels: codes.map((code) => ({
      code,
      system: 'scp-ecg',
      snomed: null,
      label: code,
      group: 'rhythm',
      requiredLeads: [],
      calibration: { slope: 1, intercept: 0 },
      threshold: 0.5,
      operatingPoint: 'balanced',
      setOn: 'nothing',
      positives: 0,
    })),
  };
}

export const TINY_DELINEATOR: DelineatorCard = {
  ...CARD,
  architecture: TINY_UNET,
  waveRules: {
    mergeMs: { P: 40, QRS: 40, T: 60 },
    minimumMs: { P: 30, QRS: 24, T: 50 },
    support: { P: 0.2, QRS: 0.3, T: 0.2 },
    refractoryMs: 200,
    pEvidence: { beforeMs: 300, minimum: 0.3, beats: 3 },
  },
};
