import type { Operation } from './graph';
import type { Weights } from './weights';

/** Numbers on a backend: sequences [B, 1, T, C], vectors [B, C]. A tfjs tensor is one. */
export interface Value {
  readonly shape: readonly number[];
  data(): Promise<Float32Array | Int32Array | Uint8Array>;
  dispose(): void;
}

/** Numbers that are not on the backend yet. */
export interface Given {
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
}

/** The shape of an input, and whether its numbers come from outside or lie on the backend. */
export interface Asked {
  readonly shape: readonly number[];
  readonly given: boolean;
}

/** Runs lists of operations. Plain tfjs and our own WASM program are two functions of this form. */
export interface Executor {
  /**
   * @param inputs by name; a value must come from this executor, and stays alive
   * @param wanted names of the outputs; the caller disposes of them
   */
  run(operations: readonly Operation[], inputs: ReadonlyMap<string, Value | Given>, wanted: readonly string[]): Value[];
  /**
   * Compiles what these operations need, all of it side by side, whatever the lengths and the batch will be. Left out where nothing is compiled.
   *
   * @param inputs by name: shapes of any length and batch, and whether the numbers will come from outside
   */
  prepare?(
    operations: readonly Operation[],
    inputs: ReadonlyMap<string, Asked>,
    wanted: readonly string[],
  ): Promise<void>;
  /** One batch from several, which stay alive. */
  join(parts: readonly Value[]): Value;
  dispose(): void;
}

/** Brings the weights of all these operations to a backend. */
export type ExecutorFactory = (operations: readonly Operation[], weights: Weights) => Executor;

let factory: ExecutorFactory | null = null;

/** Called by a backend that has been started: networks made from now on run there. */
export function setExecutors(make: ExecutorFactory): void {
  factory = make;
}

/** What brings networks made from then on back to the backend that is set now, after another one was started. */
export function keepExecutors(): () => void {
  const before = factory;
  return () => {
    factory = before;
  };
}

/** An executor on the backend that was started last. */
export const createExecutor: ExecutorFactory = (operations, weights) => {
  if (!factory) throw new Error('No backend has been started.');
  return factory(operations, weights);
};

/** The numbers of a weight. */
export function weightOf(weights: Weights, name: string): Float32Array {
  const numbers = weights.get(name);
  if (!numbers) throw new Error(`The weight ${name} is missing.`);
  return numbers;
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

/** What no operation after the i-th reads, of what the i-th reads: a third of the peak memory of keeping all. */
export function spent(operations: readonly Operation[], wanted: readonly string[]): readonly (readonly string[])[] {
  const uses = new Map(operations.flatMap((operation, i) => operationInputs(operation).map((name) => [name, i])));
  return operations.map((operation, i) =>
    [...new Set(operationInputs(operation))].filter((name) => uses.get(name) === i && !wanted.includes(name)),
  );
}
