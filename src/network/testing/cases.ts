import { createExecutor } from '../executor';
import type { Activation, AgeToken, CrossAttention, Operation, SexToken, WavesToken } from '../graph';
import { operationWeights } from '../weights';
import { type Rows, reference } from './reference';
import { randomNumbers } from './tiny';

const random = randomNumbers(11);
const numbers = (count: number) => Float32Array.from({ length: count }, random);
const pick = (...choices: number[]) => choices[Math.floor(((random() + 1) / 2) * choices.length)] ?? 1;
const affine = (name: string, ...shape: number[]) => ({
  kernel: { name: `${name}.kernel`, shape },
  bias: { name: `${name}.bias`, shape: shape.slice(-1) },
});

/** Operations of random shape, and their inputs [B, …] by name. */
interface Case {
  readonly operations: readonly Operation[];
  readonly inputs: Readonly<Record<string, readonly number[]>>;
}

const activation = (): Activation => (random() > 0 ? 'swish' : 'none');
const io = { input: 'x', output: 'y' } as const;

/** Operations of each kind that kernels are written for, of random shape; widths are multiples of `step`. */
const casesOf = (step: 1 | 4): Record<string, () => Case> => {
  const wide = (...choices: number[]) => Math.ceil(pick(...choices) / step) * step;
  const attention = (width: number): CrossAttention => ({
    kind: 'crossAttention',
    tokens: ['t', 'u'],
    keys: 'k',
    values: 'v',
    output: 'y',
    heads: pick(1, 2, 4),
    query: affine('q', width, width),
    attend: affine('a', width, width),
    norm: { scale: { name: 'scale', shape: [width] }, offset: { name: 'offset', shape: [width] }, epsilon: 1e-5 },
  });
  const age = (width: number): AgeToken => {
    const [hidden, unknown] = [pick(3, 8), { name: 'unknown', shape: [width] }];
    return { kind: 'ageToken', ...io, hidden: affine('h', 1, hidden), out: affine('o', hidden, width), unknown };
  };
  const sex = (width: number): SexToken => ({ kind: 'sexToken', ...io, table: { name: 'table', shape: [3, width] } });
  const waves = (width: number, features: number): WavesToken => {
    const hidden = pick(3, 8);
    return { kind: 'wavesToken', ...io, hidden: affine('wh', features, hidden), out: affine('wo', hidden, width) };
  };
  return {
    pointwise() {
      const [batch, steps, inputs, outputs] = [pick(1, 2, 3), pick(1, 5, 6, 7, 50, 60), wide(3, 4, 20), wide(5, 8, 40)];
      const [gate, residual] = [random() > 0 ? 'g' : null, random() > 0 ? 'r' : null];
      const kernel = affine('w', 1, inputs, outputs);
      return {
        operations: [{ kind: 'pointwise', ...io, ...kernel, activation: activation(), gate, residual }],
        inputs: { x: [batch, 1, steps, inputs], g: [batch, inputs], r: [batch, 1, steps, outputs] },
      };
    },
    convolution() {
      const [batch, steps, inputs, outputs] = [pick(1, 3), pick(1, 6, 13, 50), pick(3, 12), pick(4, 16)];
      const missing = random() > 0 ? { mask: 'm', constant: { name: 'constant', shape: [inputs, outputs] } } : null;
      const kernel = affine('w', pick(1, 3, 7), inputs, outputs);
      return {
        operations: [{ kind: 'convolution', ...io, ...kernel, stride: pick(1, 2), missing, activation: activation() }],
        inputs: { x: [batch, 1, steps, inputs], m: [batch, inputs] },
      };
    },
    depthwise() {
      const [batch, steps, channels] = [pick(1, 3), pick(1, 2, 9, 31, 64), wide(4, 5, 24)];
      const kernel = affine('w', pick(3, 5, 9), channels);
      return {
        operations: [{ kind: 'depthwise', ...io, ...kernel, stride: pick(1, 2), activation: activation() }],
        inputs: { x: [batch, 1, steps, channels] },
      };
    },
    squeezeExcite() {
      const [batch, steps, channels, squeezed] = [pick(1, 3), pick(1, 17), wide(4, 6, 24, 300), pick(1, 3, 6)];
      const [squeeze, excite] = [affine('s', channels, squeezed), affine('e', squeezed, channels)];
      return {
        operations: [{ kind: 'squeezeExcite', ...io, squeeze, excite }],
        inputs: { x: [batch, 1, steps, channels] },
      };
    },
    squeezedDepthwise() {
      const [batch, steps, channels, squeezed] = [pick(1, 3), pick(1, 2, 9, 31, 64), wide(4, 5, 24), pick(1, 3, 6)];
      const [squeeze, excite] = [affine('s', channels, squeezed), affine('e', squeezed, channels)];
      const kernel = affine('w', pick(3, 5), channels);
      const depthwise = { ...kernel, stride: pick(1, 2), activation: activation() };
      return {
        operations: [
          { kind: 'depthwise', input: 'x', output: 'd', ...depthwise },
          { kind: 'squeezeExcite', input: 'd', output: 'y', squeeze, excite },
        ],
        inputs: { x: [batch, 1, steps, channels] },
      };
    },
    upsample() {
      const [batch, steps, channels] = [pick(1, 3), pick(1, 7), wide(4, 6)];
      return {
        operations: [{ kind: 'upsample', ...io, skip: 's' }],
        inputs: { x: [batch, 1, steps, channels], s: [batch, 1, 2 * steps, channels] },
      };
    },
    pool() {
      const [batch, steps, channels] = [pick(1, 3), pick(1, 7, 40), wide(4, 6, 80)];
      return {
        operations: [{ kind: 'pool', ...io, reductions: ['mean', 'max'] }],
        inputs: { x: [batch, 1, steps, channels] },
      };
    },
    age: () => ({ operations: [age(pick(8, 12))], inputs: { x: [pick(1, 3), 2] } }),
    sex: () => ({ operations: [sex(pick(8, 12))], inputs: { x: [pick(1, 3), 3] } }),
    waves() {
      const features = pick(4, 10);
      return { operations: [waves(pick(8, 12), features)], inputs: { x: [pick(1, 3), features] } };
    },
    attention() {
      const [batch, steps, width] = [pick(1, 3), pick(1, 7, 40), pick(8, 24)];
      const sequence = [batch, 1, steps, width];
      return {
        operations: [attention(width)],
        inputs: { t: [batch, width], u: [batch, width], k: sequence, v: sequence },
      };
    },
    attentionOfTokens() {
      const [batch, steps, width, features] = [pick(1, 3), pick(1, 7, 40), pick(8, 24), pick(4, 10)];
      const sequence = [batch, 1, steps, width];
      return {
        operations: [
          { ...age(width), input: 'years', output: 'a' },
          { ...sex(width), input: 'sex', output: 's' },
          { ...waves(width, features), input: 'waves', output: 'w' },
          { ...attention(width), tokens: ['a', 's', 'w'] },
        ],
        inputs: { years: [batch, 2], sex: [batch, 3], waves: [batch, features], k: sequence, v: sequence },
      };
    },
    linear() {
      const [batch, one, two, width] = [pick(1, 3, 7), pick(3, 8), pick(2, 5), pick(1, 8, 17)];
      return {
        operations: [{ kind: 'linear', inputs: ['x', 'z'], output: 'y', ...affine('w', one + two, width) }],
        inputs: { x: [batch, one], z: [batch, two] },
      };
    },
  };
};

/** Rows [T, C] of one member of a batch. */
function member(values: Float32Array, shape: readonly number[], b: number): Rows {
  const size = shape.slice(1).reduce((product, side) => product * side, 1);
  const width = shape.at(-1) ?? 1;
  const own = Array.from(values.subarray(b * size, (b + 1) * size));
  return Array.from({ length: size / width }, (_, t) => own.slice(t * width, (t + 1) * width));
}

/**
 * Runs operations of random shape on the backend that was started last and by the plain loops.
 *
 * @param kind a key of `CASE_NAMES`
 * @returns the greatest difference, relative to 1 + |x|, and the operations
 */
export async function differenceFromReference(
  kind: string,
  step: 1 | 4,
): Promise<{ worst: number; operations: readonly Operation[] }> {
  const made = casesOf(step)[kind]?.();
  if (!made) throw new Error(`There is no case named ${kind}.`);
  const { operations, inputs } = made;
  const weights = new Map(
    operations.flatMap(operationWeights).map(({ name, shape }) => [name, numbers(shape.reduce((a, b) => a * b, 1))]),
  );
  const given = Object.entries(inputs).map(
    ([name, shape]) => [name, { shape, numbers: numbers(shape.reduce((a, b) => a * b, 1)) }] as const,
  );
  const executor = createExecutor(operations, weights);
  const [found] = executor.run(operations, new Map(given), ['y']);
  const [batch = 0] = given[0]?.[1].shape ?? [];
  const wanted = Array.from({ length: batch }, (_, b) => {
    const rows = new Map(given.map(([name, { shape, numbers: values }]) => [name, member(values, shape, b)]));
    return reference(operations, rows, weights).get('y')?.flat() ?? [];
  }).flat();
  const values = (await found?.data()) ?? [];
  found?.dispose();
  executor.dispose();
  const differences = wanted.map((x, i) => Math.abs(x - (values[i] ?? Number.NaN)) / (1 + Math.abs(x)));
  return { worst: values.length === wanted.length ? Math.max(...differences) : Number.NaN, operations };
}

export const CASE_NAMES = Object.keys(casesOf(1));
