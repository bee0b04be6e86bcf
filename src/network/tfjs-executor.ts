import { concat, dispose, getBackend, keep, Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type ExecutorFactory, type Given, spent, type Value, weightOf } from './executor';
import { execute, tfjsShape } from './operations';
import { operationWeights } from './weights';

/** Uploads the weights to the tfjs backend that is set now and runs operations there: by our own kernels where it has them, else in plain tfjs ops. */
export const tfjsExecutor: ExecutorFactory = (operations, weights) => {
  const uploaded = new Map<string, Tensor>();
  for (const operation of operations) {
    for (const { name, shape } of operationWeights(operation)) {
      uploaded.set(name, keep(tensor(weightOf(weights, name), tfjsShape(operation, shape))));
    }
  }
  const meanByProduct = getBackend() === 'webgpu';
  const weight = (name: string) => found(uploaded, name);

  return {
    run(list, inputs, wanted) {
      const after = spent(list, wanted);
      return tidy(() => {
        const given = new Map([...inputs].map(([name, input]) => [name, upload(input)]));
        const computed = new Map<string, Tensor>();
        const values = { value: (name: string) => computed.get(name) ?? found(given, name), weight, meanByProduct };
        list.forEach((operation, i) => {
          computed.set(
            operation.output,
            tidy(() => execute(operation, values)),
          );
          dispose(after[i]?.flatMap((name) => computed.get(name) ?? []) ?? []);
        });
        return wanted.map((name) => found(computed, name));
      });
    },
    join: (parts) =>
      concat(
        parts.map((part) => upload(part)),
        0,
      ),
    dispose: () => dispose([...uploaded.values()]),
  };
};

function upload(input: Value | Given): Tensor {
  if (input instanceof Tensor) return input;
  if (!('numbers' in input)) throw new Error('A value of another executor.');
  return tensor(input.numbers, [...input.shape]);
}

function found(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`The network has no value named ${name}.`);
  return tensor;
}
