import { concat, dispose, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { ModelCard } from '../ecg';
import { buildGraph } from './build';
import { tfjsExecutor } from './executor';
import { requireFinite } from './finite';
import type { Weights } from './weights';

/** What the encoder leaves behind for the fusion, on the backend. */
export interface Encoded {
  /** [B, 2F] mean and maximum of the features over time. */
  readonly pooled: Tensor;
  /** [B, 1, T', D] */
  readonly keys: Tensor;
  readonly values: Tensor;
  /** Resolves when the backend has computed them: on WebGPU, work is only queued until then. */
  settled(): Promise<void>;
  dispose(): void;
}

/** The network with its weights on the backend that was set when it was made. */
export interface Network {
  /**
   * @param ecg z-scored leads, time-major [batch, T, leads], 0 where missing
   * @param mask [batch, leads], 1 where the lead is present
   * @throws EcgError INTERNAL when a number is not finite (WebGPU would turn NaN into a probability)
   */
  encode(ecg: Float32Array, mask: Float32Array, batch?: number): Encoded;
  /** One batch from several of equal length, which are disposed of. */
  join(parts: readonly Encoded[]): Encoded;
  /**
   * @param age [batch, 2] = scaled years or 0, known 0 or 1
   * @param sex [batch, 3] one-hot: female, male, unknown
   * @param waves [batch, 2W] scaled wave features, then which of them are known; left out by a network without that token
   * @returns logits [batch, labels]
   */
  fuse(
    encoded: Encoded,
    age: Float32Array,
    sex: Float32Array,
    waves?: Float32Array,
  ): Promise<Float32Array<ArrayBuffer>>;
  dispose(): void;
}

const NO_WAVES = new Float32Array();

const CACHED = ['pooled', 'keys', 'values'] as const;

function asEncoded(tensors: readonly Tensor[]): Encoded {
  const [pooled, keys, values] = tensors;
  if (!pooled || !keys || !values) throw new Error('The encoder left no features.');
  return {
    pooled,
    keys,
    values,
    settled: async () => void (await values.data()),
    dispose: () => dispose([pooled, keys, values]),
  };
}

/** Builds the network that the card describes on the current tfjs backend. */
export function createNetwork(card: ModelCard, weights: Weights): Network {
  const leads = card.input.leads.length;
  const { encoder, fusion } = buildGraph(card.architecture, leads, card.labels.length);
  const executor = tfjsExecutor([...encoder, ...fusion], weights);

  return {
    encode(ecg, mask, batch = 1) {
      requireFinite(ecg, 'ecg');
      requireFinite(mask, 'mask');
      const steps = ecg.length / (batch * leads);
      if (!Number.isInteger(steps) || steps < 1 || mask.length !== batch * leads) {
        throw new RangeError(
          `Expected [${batch}, T, ${leads}] and [${batch}, ${leads}], found ${ecg.length} and ${mask.length} numbers.`,
        );
      }
      const outputs = tidy(() => {
        const inputs = new Map<string, Tensor>([
          ['ecg', tensor(ecg, [batch, 1, steps, leads])],
          ['mask', tensor(mask, [batch, leads])],
        ]);
        return executor.run(encoder, inputs, CACHED);
      });
      return asEncoded(outputs);
    },

    join(parts) {
      const [only] = parts;
      if (only && parts.length === 1) return only;
      const joined = CACHED.map((name) =>
        concat(
          parts.map((part) => part[name]),
          0,
        ),
      );
      for (const part of parts) part.dispose();
      return asEncoded(joined);
    },

    async fuse(encoded, age, sex, waves = NO_WAVES) {
      requireFinite(age, 'age');
      requireFinite(waves, 'waves');
      const batch = encoded.pooled.shape[0] ?? 1;
      const logits = tidy(() => {
        const inputs = new Map<string, Tensor>([
          ...CACHED.map((name) => [name, encoded[name]] as const),
          ['age', tensor(age, [batch, 2])],
          ['sex', tensor(sex, [batch, 3])],
          ['waves', tensor(waves, [batch, waves.length / batch])],
        ]);
        return executor.run(fusion, inputs, ['logits'])[0];
      });
      if (!logits) throw new Error('The fusion left no logits.');
      try {
        return new Float32Array(await logits.data());
      } finally {
        logits.dispose();
      }
    },

    dispose: () => executor.dispose(),
  };
}
