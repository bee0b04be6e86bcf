import type { ModelCard } from '../ecg';
import { buildGraph } from './build';
import { createExecutor, type Given, type Value } from './executor';
import { requireFinite } from './finite';
import type { Weights } from './weights';

/** What the encoder leaves behind for the fusion, on the backend. */
export interface Encoded {
  /** [B, 2F] mean and maximum of the features over time. */
  readonly pooled: Value;
  /** [B, 1, T', D] */
  readonly keys: Value;
  readonly values: Value;
  /** Resolves when the backend has computed them: on WebGPU, work is only queued until then. */
  settled(): Promise<void>;
  dispose(): void;
}

/** The network with its weights on the backend that it was made for. */
export interface Network {
  /** Compiles what will run, where the backend compiles anything. */
  prepare(): Promise<void>;
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

function asEncoded(outputs: readonly Value[]): Encoded {
  const [pooled, keys, values] = outputs;
  if (!pooled || !keys || !values) throw new Error('The encoder left no features.');
  return {
    pooled,
    keys,
    values,
    settled: async () => void (await values.data()),
    dispose() {
      for (const value of [pooled, keys, values]) value.dispose();
    },
  };
}

/** Builds the network that the card describes on the backend that was started last. */
export function createNetwork(card: ModelCard, weights: Weights): Network {
  const leads = card.input.leads.length;
  const { encoder, fusion } = buildGraph(card.architecture, leads, card.labels.length);
  const executor = createExecutor([...encoder, ...fusion], weights);

  return {
    async prepare() {
      const { pool, head, fusion: fused } = card.architecture;
      const sequence = { shape: [1, 1, 1, fused.width], given: false };
      const ecg = { shape: [1, 1, 1, leads], given: true };
      const pooled = { shape: [1, pool.length * head.filters], given: false };
      const row = (width: number) => ({ shape: [1, width], given: true });
      const who = { age: row(2), sex: row(3), waves: row(2 * (fused.waves ?? 0)) };
      await executor.prepare?.(encoder, new Map(Object.entries({ ecg, mask: row(leads) })), CACHED);
      const cached = { pooled, keys: sequence, values: sequence };
      await executor.prepare?.(fusion, new Map(Object.entries({ ...cached, ...who })), ['logits']);
    },

    encode(ecg, mask, batch = 1) {
      requireFinite(ecg, 'ecg');
      requireFinite(mask, 'mask');
      const steps = ecg.length / (batch * leads);
      if (!Number.isInteger(steps) || steps < 1 || mask.length !== batch * leads) {
        throw new RangeError(
          `Expected [${batch}, T, ${leads}] and [${batch}, ${leads}], found ${ecg.length} and ${mask.length} numbers.`,
        );
      }
      const inputs = new Map<string, Given>([
        ['ecg', { numbers: ecg, shape: [batch, 1, steps, leads] }],
        ['mask', { numbers: mask, shape: [batch, leads] }],
      ]);
      return asEncoded(executor.run(encoder, inputs, CACHED));
    },

    join(parts) {
      const [only] = parts;
      if (only && parts.length === 1) return only;
      const joined = CACHED.map((name) => executor.join(parts.map((part) => part[name])));
      for (const part of parts) part.dispose();
      return asEncoded(joined);
    },

    async fuse(encoded, age, sex, waves = NO_WAVES) {
      requireFinite(age, 'age');
      requireFinite(waves, 'waves');
      const batch = encoded.pooled.shape[0] ?? 1;
      const inputs = new Map<string, Value | Given>([
        ...CACHED.map((name) => [name, encoded[name]] as const),
        ['age', { numbers: age, shape: [batch, 2] }],
        ['sex', { numbers: sex, shape: [batch, 3] }],
        ['waves', { numbers: waves, shape: [batch, waves.length / batch] }],
      ]);
      const [logits] = executor.run(fusion, inputs, ['logits']);
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
