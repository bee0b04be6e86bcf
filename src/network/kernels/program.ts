import { spent } from '../executor';
import type { Operation, Weight } from '../graph';
import { type Arena, createArena } from './arena';
import type { Kernels } from './kernels';
import { lower } from './lower';

/** Where numbers lie in memory: an address in bytes. Sequences are [B, 1, T, C], vectors [B, C]. */
export interface Place {
  readonly at: number;
  readonly shape: readonly number[];
}

/** Weights in memory, laid out as `layout.ts` does. */
export interface Placed {
  readonly at: ReadonlyMap<string, number>;
  /** As many zeros as any weight is wide. */
  readonly zeros: number;
}

/** What an operation is lowered with. */
export interface Room {
  readonly kernels: Kernels;
  readonly value: (name: string) => Place;
  readonly weight: (weight: Weight) => number;
  readonly zeros: number;
  /** Room for what the operation leaves. */
  readonly output: (...shape: number[]) => Place;
  /** Room that is free again after the operation. */
  readonly scratch: (...shape: number[]) => Place;
  readonly call: (work: () => void) => void;
}

/** Operations on inputs of one shape as calls with fixed addresses: written once, run for every ECG. */
export interface Program {
  readonly inputs: ReadonlyMap<string, Place>;
  readonly outputs: readonly Place[];
  readonly calls: readonly (() => void)[];
  /** The first address behind all that it uses. */
  readonly end: number;
}

/**
 * @param shapes of the inputs, by name
 * @param start the first free address
 */
export function compile(
  kernels: Kernels,
  operations: readonly Operation[],
  shapes: ReadonlyMap<string, readonly number[]>,
  wanted: readonly string[],
  weights: Placed,
  start: number,
): Program {
  const arena = createArena(start);
  const inputs = new Map([...shapes].map(([name, shape]) => [name, take(arena, shape)]));
  const places = new Map(inputs);
  const calls: (() => void)[] = [];
  const after = spent(operations, wanted);
  operations.forEach((operation, i) => {
    const scratch: Place[] = [];
    const output = lower(operation, {
      kernels,
      value: (name) => find(places, name),
      weight: ({ name }) => find(weights.at, name),
      zeros: weights.zeros,
      output: (...shape) => take(arena, shape),
      scratch(...shape) {
        const place = take(arena, shape);
        scratch.push(place);
        return place;
      },
      call: (work) => calls.push(work),
    });
    places.set(operation.output, output);
    const free = [...scratch, ...(after[i] ?? []).map((name) => find(places, name))];
    for (const { at } of free) arena.release(at);
  });
  return { inputs, outputs: wanted.map((name) => find(places, name)), calls, end: arena.end() };
}

function take(arena: Arena, shape: readonly number[]): Place {
  return { at: arena.take(4 * shape.reduce((product, side) => product * side, 1)), shape };
}

function find<T>(of: ReadonlyMap<string, T>, name: string): T {
  const found = of.get(name);
  if (found === undefined) throw new Error(`The network has no value named ${name}.`);
  return found;
}
