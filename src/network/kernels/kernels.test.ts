import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createExecutor } from '../executor';
import type { Operation } from '../graph';
import { type Rows, reference } from '../testing/reference';
import { randomNumbers } from '../testing/tiny';
import { startWasmInNode } from '../testing/wasm-node';
import { operationWeights } from '../weights';

const random = randomNumbers(11);
const numbers = (count: number) => Float32Array.from({ length: count }, random);
const pick = (...choices: number[]) => choices[Math.floor(((random() + 1) / 2) * choices.length)] ?? 1;
const affine = (name: string, ...shape: number[]) => ({
  kernel: { name: `${name}.kernel`, shape },
  bias: { name: `${name}.bias`, shape: shape.slice(-1) },
});

/** An operation of random shape, its inputs [B, …] by name, and the batch. */
interface Case {
  readonly operation: Operation;
  readonly inputs: Readonly<Record<string, readonly number[]>>;
}

const activation = () => (random() > 0 ? 'swish' : 'none');
const io = { input: 'x', output: 'y' } as const;

const CASES: Record<string, () => Case> = {
  pointwise() {
    const [batch, steps, inputs, outputs] = [pick(1, 2, 3), pick(1, 5, 6, 7, 50, 60), pick(3, 4, 20), pick(5, 8, 40)];
    const [gate, residual] = [random() > 0 ? 'g' : null, random() > 0 ? 'r' : null];
    return {
      operation: {
        kind: 'pointwise',
        ...io,
        ...affine('w', 1, inputs, outputs),
        activation: activation(),
        gate,
        residual,
      },
      inputs: { x: [batch, 1, steps, inputs], g: [batch, inputs], r: [batch, 1, steps, outputs] },
    };
  },
  convolution() {
    const [batch, steps, inputs, outputs] = [pick(1, 3), pick(1, 6, 13, 50), pick(3, 12), pick(4, 16)];
    const missing = random() > 0 ? { mask: 'm', constant: { name: 'constant', shape: [inputs, outputs] } } : null;
    const kernel = affine('w', pick(1, 3, 7), inputs, outputs);
    return {
      operation: { kind: 'convolution', ...io, ...kernel, stride: pick(1, 2), missing, activation: activation() },
      inputs: { x: [batch, 1, steps, inputs], m: [batch, inputs] },
    };
  },
  depthwise() {
    const [batch, steps, channels] = [pick(1, 3), pick(1, 2, 9, 31, 64), pick(4, 5, 24)];
    const kernel = affine('w', pick(3, 5, 9), channels);
    return {
      operation: { kind: 'depthwise', ...io, ...kernel, stride: pick(1, 2), activation: activation() },
      inputs: { x: [batch, 1, steps, channels] },
    };
  },
  squeezeExcite() {
    const [batch, steps, channels, squeezed] = [pick(1, 3), pick(1, 17), pick(4, 6, 24), pick(1, 3, 6)];
    const [squeeze, excite] = [affine('s', channels, squeezed), affine('e', squeezed, channels)];
    return {
      operation: { kind: 'squeezeExcite', ...io, squeeze, excite },
      inputs: { x: [batch, 1, steps, channels] },
    };
  },
  upsample() {
    const [batch, steps, channels] = [pick(1, 3), pick(1, 7), pick(4, 6)];
    return {
      operation: { kind: 'upsample', ...io, skip: 's' },
      inputs: { x: [batch, 1, steps, channels], s: [batch, 1, 2 * steps, channels] },
    };
  },
  pool() {
    const [batch, steps, channels] = [pick(1, 3), pick(1, 7), pick(4, 6)];
    return {
      operation: { kind: 'pool', ...io, reductions: ['mean', 'max'] },
      inputs: { x: [batch, 1, steps, channels] },
    };
  },
  age() {
    const [batch, hidden, width] = [pick(1, 3), pick(3, 8), pick(8, 12)];
    const unknown = { name: 'unknown', shape: [width] };
    const [inner, outer] = [affine('h', 1, hidden), affine('o', hidden, width)];
    return {
      operation: { kind: 'ageToken', ...io, hidden: inner, out: outer, unknown },
      inputs: { x: [batch, 2] },
    };
  },
  attention() {
    const [batch, steps, width] = [pick(1, 3), pick(1, 7, 40), pick(8, 24)];
    const norm = {
      scale: { name: 'scale', shape: [width] },
      offset: { name: 'offset', shape: [width] },
      epsilon: 1e-5,
    };
    const sequence = [batch, 1, steps, width];
    return {
      operation: {
        kind: 'crossAttention',
        tokens: ['t', 'u'],
        keys: 'k',
        values: 'v',
        output: 'y',
        heads: pick(1, 2, 4),
        query: affine('q', width, width),
        attend: affine('a', width, width),
        norm,
      },
      inputs: { t: [batch, width], u: [batch, width], k: sequence, v: sequence },
    };
  },
  linear() {
    const [batch, one, two, width] = [pick(1, 3, 7), pick(3, 8), pick(2, 5), pick(1, 8, 17)];
    return {
      operation: { kind: 'linear', inputs: ['x', 'z'], output: 'y', ...affine('w', one + two, width) },
      inputs: { x: [batch, one], z: [batch, two] },
    };
  },
};

/** Rows [T, C] of one member of a batch. */
function member(values: Float32Array, shape: readonly number[], b: number): Rows {
  const size = shape.slice(1).reduce((product, side) => product * side, 1);
  const width = shape.at(-1) ?? 1;
  const own = Array.from(values.subarray(b * size, (b + 1) * size));
  return Array.from({ length: size / width }, (_, t) => own.slice(t * width, (t + 1) * width));
}

describe('our own WASM kernels give what the plain loops give', () => {
  beforeAll(() => startWasmInNode());

  test.each(Object.entries(CASES))(
    '%s, 40 random shapes',
    async (_, make) => {
      for (let n = 0; n < 40; n++) {
        const { operation, inputs } = make();
        const weights = new Map(
          operationWeights(operation).map(({ name, shape }) => [name, numbers(shape.reduce((a, b) => a * b, 1))]),
        );
        const given = Object.entries(inputs).map(
          ([name, shape]) => [name, { shape, numbers: numbers(shape.reduce((a, b) => a * b, 1)) }] as const,
        );
        const executor = createExecutor([operation], weights);
        const [found] = executor.run([operation], new Map(given), ['y']);
        const [batch = 0] = given[0]?.[1].shape ?? [];
        const wanted = Array.from({ length: batch }, (_, b) => {
          const rows = new Map(given.map(([name, { shape, numbers: values }]) => [name, member(values, shape, b)]));
          return reference([operation], rows, weights).get('y')?.flat() ?? [];
        }).flat();
        const values = (await found?.data()) ?? [];
        executor.dispose();
        expect(values.length).toBe(wanted.length);
        const worst = Math.max(...wanted.map((x, i) => Math.abs(x - (values[i] ?? Number.NaN)) / (1 + Math.abs(x))));
        expect(worst, JSON.stringify(operation)).toBeLessThan(1e-5);
      }
    },
    60_000,
  );
});

test('the binary in the repository is what its source compiles to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kernels-'));
  const compiled = join(folder, 'kernels.wasm');
  execFileSync('npm', ['run', '-s', 'kernels', '--', '-o', compiled]);
  expect(await readFile(compiled)).toEqual(await readFile(new URL('kernels.wasm', import.meta.url)));
  await rm(folder, { recursive: true });
}, 120_000);
