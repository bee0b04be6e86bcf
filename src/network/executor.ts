import { dispose, getBackend, keep, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Operation } from './graph';
import { execute, tfjsShape } from './operations';
import { operationWeights, type Weights } from './weights';

/** Runs a list of operations. Another one (own kernels, a recorded plan) is another function of this form. */
export interface Executor {
  /**
   * @param inputs named values; they stay alive
   * @param wanted names of the outputs; the caller disposes of them
   */
  run(operations: readonly Operation[], inputs: ReadonlyMap<string, Tensor>, wanted: readonly string[]): Tensor[];
  dispose(): void;
}

function lastUses(operations: readonly Operation[]): ReadonlyMap<string, number> {
  return new Map(operations.flatMap((operation, i) => operationInputs(operation).map((name) => [name, i] as const)));
}

/** The names of the values that an operation reads. */
export function operationInputs(operation: Operation): string[] {
  switch (operation.kind) {
    case 'convolution':
      return [operation.input, ...(operation.missing ? [operation.missing.mask] : [])];
    case 'pointwise':
      return [operation.input, operation.gate, operation.residual].filter((name) => name !== null);
    case 'upsample':
      return [operation.input, operation.skip];
    case 'crossAttention':
      return [...operation.tokens, operation.keys, operation.values];
    case 'linear':
      return [...operation.inputs];
    default:
      return [operation.input];
  }
}

/** Uploads the weights to the backend that is set now and runs operations on it in plain tfjs ops. */
export function tfjsExecutor(operations: readonly Operation[], weights: Weights): Executor {
  const uploaded = new Map<string, Tensor>();
  for (const operation of operations) {
    for (const { name, shape } of operationWeights(operation)) {
      const numbers = weights.get(name);
      if (!numbers) throw new Error(`The weight ${name} is missing.`);
      uploaded.set(name, keep(tensor(numbers, tfjsShape(operation, shape))));
    }
  }
  const meanByProduct = getBackend() === 'webgpu';
  const weight = (name: string) => found(uploaded, name);

  return {
    run(list, inputs, wanted) {
      const uses = lastUses(list);
      return tidy(() => {
        const computed = new Map<string, Tensor>();
        const values = { value: (name: string) => computed.get(name) ?? found(inputs, name), weight, meanByProduct };
        list.forEach((operation, i) => {
          computed.set(
            operation.output,
            tidy(() => execute(operation, values)),
          );
          // What no later operation reads is freed at once: a third of the peak memory of keeping all.
          for (const name of operationInputs(operation)) {
            if (uses.get(name) === i && !wanted.includes(name)) dispose(computed.get(name) ?? []);
          }
        });
        return wanted.map((name) => found(computed, name));
      });
    },
    dispose: () => dispose([...uploaded.values()]),
  };
}

function found(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`The network has no value named ${name}.`);
  return tensor;
}
