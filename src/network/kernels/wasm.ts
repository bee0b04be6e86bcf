import type { Executor, ExecutorFactory, Given, Value } from '../executor';
import type { Operation } from '../graph';
import { createArena } from './arena';
import type { Kernels } from './kernels';
import { layOut } from './layout';
import { compile, type Program } from './program';

/** Programs that an executor keeps: an ECG of another length than the last few has its own written again. */
const KEPT = 4;
const PAGE = 65_536;
/** Below it the compiler may keep what is its own. */
const FIRST = 4096;
/** What vectors may reach over the end of the last row. */
const SLACK = 64;

/** Numbers that a program left behind: out of its memory, which the next run writes over. */
interface Kept extends Value {
  readonly numbers: Float32Array;
}

/**
 * Runs networks by our own kernels alone, each executor in a memory of its own: weights first, then what its programs need in common.
 *
 * @param module `kernels.wasm`, compiled; needs relaxed SIMD
 */
export function wasmExecutors(module: WebAssembly.Module): ExecutorFactory {
  return (operations, weights): Executor => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
    const reserve = (end: number) => {
      const missing = Math.ceil((end + SLACK - memory.buffer.byteLength) / PAGE);
      if (missing > 0) memory.grow(missing);
    };
    const write = (at: number, numbers: Float32Array) =>
      new Float32Array(memory.buffer, at, numbers.length).set(numbers);

    const arena = createArena(FIRST);
    const all = operations.flatMap((operation) => layOut(operation, weights));
    const at = new Map(all.map(([name, numbers]) => [name, arena.take(numbers.byteLength)]));
    const zeros = arena.take(Math.max(...all.map(([, { byteLength }]) => byteLength)));
    reserve(arena.end());
    for (const [name, numbers] of all) write(at.get(name) ?? 0, numbers);

    const programs: { readonly list: readonly Operation[]; readonly key: string; readonly program: Program }[] = [];
    const programFor = (
      list: readonly Operation[],
      inputs: ReadonlyMap<string, Value | Given>,
      wanted: readonly string[],
    ) => {
      const shapes = new Map([...inputs].map(([name, { shape }]) => [name, shape]));
      const key = JSON.stringify([...shapes, wanted]);
      const known = programs.find((one) => one.list === list && one.key === key);
      if (known) return known.program;
      const program = compile(kernels, list, shapes, wanted, { at, zeros }, arena.end());
      reserve(program.end);
      programs.push({ list, key, program });
      if (programs.length > KEPT) programs.shift();
      return program;
    };

    return {
      run(list, inputs, wanted) {
        const program = programFor(list, inputs, wanted);
        for (const [name, input] of inputs) write(program.inputs.get(name)?.at ?? 0, numbersOf(input));
        for (const call of program.calls) call();
        return program.outputs.map(({ at: from, shape }) => {
          const count = shape.reduce((product, side) => product * side, 1);
          return kept(new Float32Array(memory.buffer, from, count).slice(), shape);
        });
      },
      join(parts) {
        const numbers = parts.map(numbersOf);
        const out = new Float32Array(numbers.reduce((sum, { length }) => sum + length, 0));
        let end = 0;
        for (const each of numbers) {
          out.set(each, end);
          end += each.length;
        }
        const [, ...rest] = parts[0]?.shape ?? [];
        return kept(out, [parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0), ...rest]);
      },
      // The memory goes when nobody holds the executor any more.
      dispose: () => programs.splice(0),
    };
  };
}

function kept(numbers: Float32Array, shape: readonly number[]): Kept {
  return { numbers, shape, data: async () => numbers, dispose: () => {} };
}

function numbersOf(input: Value | Given): Float32Array {
  if (!('numbers' in input)) throw new Error('A value of another executor.');
  return input.numbers;
}
