import { type Asked, operationInputs, spent, weightOf } from '../../executor';
import type { Operation, Weight } from '../../graph';
import { operationWeights, type Weights } from '../../weights';
import { type Cut, countOf, type Dispatch } from '../wgsl/program';
import type { Token } from '../wgsl/tokens';
import { lower } from './lower';
import { aligned, createSlabs, type Piece, type Slab } from './slabs';

/** All weights of an executor in one slab. */
export interface PlacedWeights {
  readonly all: Piece;
  /** Where each begins, in bytes. */
  readonly at: ReadonlyMap<string, number>;
  readonly numbers: Float32Array<ArrayBuffer>;
}

/** A dispatch whose places are known. */
export interface Step {
  readonly dispatch: Dispatch<Piece>;
  readonly result: Piece;
  readonly sums: Piece | null;
}

/** Operations on inputs of one shape as dispatches with fixed places, for any device. */
export interface Draft {
  readonly inputs: ReadonlyMap<string, Piece>;
  /** What is given from outside, all of it side by side: one upload. */
  readonly given: Slab;
  readonly outputs: readonly Piece[];
  readonly steps: readonly Step[];
  /** But that of the weights. */
  readonly slabs: readonly Slab[];
}

export function draft(
  operations: readonly Operation[],
  asked: ReadonlyMap<string, Asked>,
  wanted: readonly string[],
  weights: PlacedWeights,
  cut: Cut,
): Draft {
  const slabs = createSlabs();
  const place = (shape: readonly number[]): Piece => ({ slab: slabs.take(4 * countOf(shape)), at: 0, shape });
  const given: Slab = { bytes: 0 };
  const inputs = new Map<string, Piece>();
  for (const [name, { shape, given: isGiven }] of asked) {
    inputs.set(name, isGiven ? { slab: given, at: given.bytes, shape } : place(shape));
    if (isGiven) given.bytes += aligned(4 * countOf(shape));
  }
  const outside = new Set([...inputs.values()].map(({ slab }) => slab));
  const values = new Map(inputs);
  const sums = new Map<string, { sums: Piece; steps: number }>();
  const tokens = tokensOfAttention(operations, wanted);
  const at = ({ name }: Weight) => found(weights.at, name);
  const room = {
    cut,
    value: (name: string) => found(values, name),
    weight: (weight: Weight) => ({ slab: weights.all.slab, at: at(weight), shape: weight.shape }),
    weights: weights.all,
    weightAt: (weight: Weight) => at(weight) / 4,
    squeezed: (name: string) =>
      operations.some(({ kind, ...op }) => kind === 'squeezeExcite' && 'input' in op && op.input === name),
    sumsOf: (name: string) => sums.get(name) ?? { sums: found(values, name), steps: found(values, name).shape[2] ?? 1 },
    token: (name: string) => tokens.get(name) ?? null,
  };
  const after = spent(operations, wanted);
  const steps: Step[] = [];
  operations.forEach((operation, i) => {
    if (!tokens.has(operation.output)) {
      const dispatch = lower(operation, room);
      const step = { dispatch, result: place(dispatch.output), sums: dispatch.sums && place(dispatch.sums) };
      steps.push(step);
      values.set(operation.output, step.result);
      if (step.sums) sums.set(operation.output, { sums: step.sums, steps: dispatch.output[2] ?? 1 });
    }
    const free = (after[i] ?? []).filter((name) => values.has(name)).map(room.value);
    const read = operation.kind === 'squeezeExcite' ? sums.get(operation.input) : null;
    for (const { slab } of [...free, ...(read ? [read.sums] : [])]) if (!outside.has(slab)) slabs.release(slab);
  });
  given.bytes = aligned(given.bytes);
  return { inputs, given, outputs: wanted.map(room.value), steps, slabs: [...slabs.all, given] };
}

/** All weights, one behind another. */
export function placeWeights(operations: readonly Operation[], weights: Weights): PlacedWeights {
  const at = new Map<string, number>();
  let bytes = 0;
  const names = operations.flatMap((operation) => operationWeights(operation).map(({ name }) => name));
  for (const name of names) {
    at.set(name, bytes);
    bytes += aligned(weightOf(weights, name).byteLength);
  }
  const numbers = new Float32Array(bytes / 4);
  for (const [name, from] of at) numbers.set(weightOf(weights, name), from / 4);
  return { all: { slab: { bytes }, at: 0, shape: [bytes / 4] }, at, numbers };
}

/** The tokens that nothing but one attention reads: it computes them in its own memory. */
function tokensOfAttention(operations: readonly Operation[], wanted: readonly string[]): ReadonlyMap<string, Token> {
  const isToken = (op: Operation): op is Token => op.kind.endsWith('Token');
  const own = operations.filter(isToken).filter(({ output }) => {
    const readers = operations.filter((op) => operationInputs(op).includes(output));
    return readers.length === 1 && readers[0]?.kind === 'crossAttention' && !wanted.includes(output);
  });
  const askers = operations.filter((op) => op.kind === 'crossAttention');
  const whole = askers.every((op) => op.tokens.every((name) => own.some(({ output }) => output === name)));
  return new Map(whole ? own.map((op) => [op.output, op]) : []);
}

function found<T>(of: ReadonlyMap<string, T>, name: string): T {
  const one = of.get(name);
  if (one === undefined) throw new Error(`The network has no value named ${name}.`);
  return one;
}
