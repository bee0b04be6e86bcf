import {
  add,
  avgPool,
  concat,
  fused,
  matMul,
  max,
  mean,
  mul,
  ones,
  reshape,
  rsqrt,
  sigmoid,
  slice,
  softmax,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  transpose,
} from '@tensorflow/tfjs-core';
import type {
  Activation,
  AgeToken,
  Convolution,
  CrossAttention,
  Depthwise,
  Linear,
  Operation,
  Pointwise,
  Pool,
  SexToken,
  SqueezeExcite,
  Upsample,
  WavesToken,
} from './graph';
import { runOwn } from './kernels';

/** What an operation is given: the values computed so far and the weights, by name. Sequences are [B, 1, T, C]: 2-D convolutions of height 1 are the fast path of every tfjs backend. */
export interface Values {
  value(name: string): Tensor;
  weight(name: string): Tensor;
  /** Whether a mean is faster as a product with ones (WebGPU) than as a pooling (WASM, CPU); measured, not guessed. */
  readonly meanByProduct: boolean;
}

const sequence = (values: Values, name: string) => values.value(name) as Tensor4D;

const activate = (x: Tensor4D, activation: Activation): Tensor4D => (activation === 'swish' ? mul(x, sigmoid(x)) : x);

/** "Symmetric same": (k − 1) / 2 zeros on both sides, so that the output has ceil(T / stride) steps whatever T is. */
const padding = (kernel: number): [[number, number], [number, number], [number, number], [number, number]] => {
  const side = (kernel - 1) / 2;
  return [[0, 0], [0, 0], [side, side], [0, 0]]; // biome-ignore format: four pairs are one line
};

const dense = (values: Values, x: Tensor, affine: { kernel: { name: string }; bias: { name: string } }) =>
  fused.matMul({
    a: x as Tensor2D,
    b: values.weight(affine.kernel.name) as Tensor2D,
    bias: values.weight(affine.bias.name),
  });

function timeMean(values: Values, x: Tensor4D): Tensor2D {
  const [batch, , steps, channels] = x.shape;
  if (!values.meanByProduct) return reshape(avgPool(x, [1, steps], 1, 'valid'), [batch, channels]);
  const sums = matMul(ones([batch, 1, steps]), reshape(x, [batch, steps, channels]));
  return mul(reshape(sums, [batch, channels]), 1 / steps);
}

function convolution(op: Convolution, values: Values): Tensor {
  const convolved = fused.conv2d({
    x: sequence(values, op.input),
    filter: values.weight(op.kernel.name) as Tensor4D,
    bias: values.weight(op.bias.name),
    strides: [1, op.stride],
    pad: padding(op.kernel.shape[0] ?? 1),
  });
  if (!op.missing) return activate(convolved, op.activation);
  const mask = values.value(op.missing.mask) as Tensor2D;
  const constant = matMul(sub(1, mask) as Tensor2D, values.weight(op.missing.constant.name) as Tensor2D);
  const [batch = 1, width = 1] = constant.shape;
  return activate(add(convolved, reshape(constant, [batch, 1, 1, width])), op.activation);
}

function depthwise(op: Depthwise, values: Values): Tensor {
  const convolved = fused.depthwiseConv2d({
    x: sequence(values, op.input),
    filter: values.weight(op.kernel.name) as Tensor4D,
    bias: values.weight(op.bias.name),
    // tfjs wants equal strides; along the height of 1 the second one changes nothing.
    strides: [op.stride, op.stride],
    // tfjs's types leave out the explicit padding that the op takes here as everywhere.
    pad: padding(op.kernel.shape[0] ?? 1) as unknown as number,
  });
  return activate(convolved, op.activation);
}

function pointwise(op: Pointwise, values: Values): Tensor {
  let x = sequence(values, op.input);
  if (op.gate !== null) {
    const gate = values.value(op.gate);
    x = mul(x, reshape(gate, [gate.shape[0] ?? 1, 1, 1, gate.shape[1] ?? 1]));
  }
  const filter = values.weight(op.kernel.name) as Tensor4D;
  const projected = fused.conv2d({ x, filter, bias: values.weight(op.bias.name), strides: 1, pad: 'valid' });
  const activated = activate(projected, op.activation);
  return op.residual === null ? activated : add(activated, values.value(op.residual));
}

function upsample(op: Upsample, values: Values): Tensor {
  const x = sequence(values, op.input);
  const [batch, , steps, channels] = x.shape;
  // Pairs of steps side by side take the same addend: one broadcast addition in place of a copy and an addition.
  const pairs = reshape(values.value(op.skip), [batch, steps, 2, channels]);
  return reshape(add(pairs, reshape(x, [batch, steps, 1, channels])), [batch, 1, 2 * steps, channels]);
}

function squeezeExcite(op: SqueezeExcite, values: Values): Tensor {
  const squeezed = dense(values, timeMean(values, sequence(values, op.input)), op.squeeze);
  return sigmoid(dense(values, mul(squeezed, sigmoid(squeezed)), op.excite));
}

function pool(op: Pool, values: Values): Tensor {
  const x = sequence(values, op.input);
  return concat(
    op.reductions.map((reduction) => (reduction === 'mean' ? timeMean(values, x) : max<Tensor2D>(x, [1, 2]))),
    1,
  );
}

function ageToken(op: AgeToken, values: Values): Tensor {
  const age = values.value(op.input) as Tensor2D;
  const years = slice(age, [0, 0], [-1, 1]);
  const known = slice(age, [0, 1], [-1, 1]);
  const hidden = dense(values, years, op.hidden);
  const token = dense(values, mul(hidden, sigmoid(hidden)), op.out);
  return add(mul(known, token), mul(sub(1, known), values.weight(op.unknown.name)));
}

function sexToken(op: SexToken, values: Values): Tensor {
  return matMul(values.value(op.input) as Tensor2D, values.weight(op.table.name) as Tensor2D);
}

function wavesToken(op: WavesToken, values: Values): Tensor {
  const hidden = dense(values, values.value(op.input) as Tensor2D, op.hidden);
  return dense(values, mul(hidden, sigmoid(hidden)), op.out);
}

function layerNorm(x: Tensor2D, { scale, offset, epsilon }: CrossAttention['norm'], values: Values): Tensor2D {
  const centred = sub(x, mean(x, 1, true));
  const variance = mean(mul(centred, centred), 1, true);
  const normal = mul(centred, rsqrt(add(variance, epsilon)));
  return add(mul(normal, values.weight(scale.name)), values.weight(offset.name));
}

function crossAttention(op: CrossAttention, values: Values): Tensor {
  const width = op.attend.bias.shape[0] ?? 1;
  const perHead = width / op.heads;
  const count = op.tokens.length;
  const batch = values.value(op.keys).shape[0] ?? 1;
  const split = (x: Tensor, steps: number) =>
    transpose(reshape(x, [batch, steps, op.heads, perHead]) as Tensor4D, [0, 2, 1, 3]);
  const steps = values.value(op.keys).shape[2] ?? 1;
  const tokens = reshape(
    concat(
      op.tokens.map((name) => values.value(name)),
      1,
    ),
    [batch * count, width],
  ) as Tensor2D;
  const query = split(dense(values, tokens, op.query), count);
  const scores = mul(matMul(query, split(values.value(op.keys), steps), false, true), 1 / Math.sqrt(perHead));
  const read = matMul(softmax(scores) as Tensor4D, split(values.value(op.values), steps));
  const joined = reshape(transpose(read, [0, 2, 1, 3]), [batch * count, width]);
  return reshape(layerNorm(add(tokens, dense(values, joined, op.attend)), op.norm, values), [batch, count * width]);
}

function linear(op: Linear, values: Values): Tensor {
  return dense(
    values,
    concat(
      op.inputs.map((name) => values.value(name)),
      1,
    ),
    op,
  );
}

/** One operation on whatever backend is set: by our own kernel where it has one, else in plain tfjs ops. To be called inside `tidy`. */
export function execute(operation: Operation, values: Values): Tensor {
  return runOwn(operation, values) ?? plain(operation, values);
}

function plain(operation: Operation, values: Values): Tensor {
  switch (operation.kind) {
    case 'convolution':
      return convolution(operation, values);
    case 'depthwise':
      return depthwise(operation, values);
    case 'pointwise':
      return pointwise(operation, values);
    case 'upsample':
      return upsample(operation, values);
    case 'squeezeExcite':
      return squeezeExcite(operation, values);
    case 'pool':
      return pool(operation, values);
    case 'ageToken':
      return ageToken(operation, values);
    case 'sexToken':
      return sexToken(operation, values);
    case 'wavesToken':
      return wavesToken(operation, values);
    case 'crossAttention':
      return crossAttention(operation, values);
    case 'linear':
      return linear(operation, values);
  }
}

/** The shape in which tfjs wants a weight, given its operation: 2-D convolution filters of height 1, matrices and vectors. */
export function tfjsShape(operation: Operation, shape: readonly number[]): number[] {
  if (shape.length === 1) return [...shape];
  if (operation.kind === 'depthwise') return [1, ...shape, 1];
  if (operation.kind === 'pointwise') return [1, 1, ...shape.slice(-2)];
  return shape.length === 3 ? [1, ...shape] : [...shape];
}
