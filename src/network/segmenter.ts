import type { DelineatorCard } from '../ecg';
import { createExecutor } from './executor';
import { requireFinite } from './finite';
import { buildUNet, rowMultiple } from './unet';
import type { Weights } from './weights';

/** A U-Net with its weights on the backend that it was made for. */
export interface Segmenter {
  /** Compiles what will run, where the backend compiles anything. */
  prepare(): Promise<void>;
  /**
   * @param rows time-major [batch, T, channels], T a multiple of `rowMultiple`
   * @returns logits [batch, T, classes]
   * @throws EcgError INTERNAL when a number is not finite
   */
  run(rows: Float32Array, batch: number): Promise<Float32Array<ArrayBuffer>>;
  dispose(): void;
}

/** Builds the U-Net that the card describes on the backend that was started last. */
export function createSegmenter({ architecture }: DelineatorCard, weights: Weights): Segmenter {
  const operations = buildUNet(architecture);
  const channels = architecture.channels.length;
  const multiple = rowMultiple(architecture);
  const executor = createExecutor(operations, weights);

  return {
    async prepare() {
      const rows = { shape: [1, 1, multiple, channels], given: true };
      await executor.prepare?.(operations, new Map([['rows', rows]]), ['logits']);
    },
    async run(rows, batch) {
      requireFinite(rows, 'rows');
      const steps = rows.length / (batch * channels);
      if (steps % multiple !== 0 || steps < 1) {
        throw new RangeError(
          `Expected [${batch}, T, ${channels}] with T a multiple of ${multiple}, found ${rows.length} numbers.`,
        );
      }
      const inputs = new Map([['rows', { numbers: rows, shape: [batch, 1, steps, channels] }]]);
      const [logits] = executor.run(operations, inputs, ['logits']);
      if (!logits) throw new Error('The U-Net left no logits.');
      try {
        return new Float32Array(await logits.data());
      } finally {
        logits.dispose();
      }
    },
    dispose: () => executor.dispose(),
  };
}
