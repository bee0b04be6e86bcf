import {
  add,
  engine,
  getBackend,
  getKernel,
  matMul,
  type NamedTensorMap,
  reshape,
  sub,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Convolution, Depthwise, Operation, Pointwise, SqueezeExcite } from '../graph';
import type { Values } from '../operations';

/**
 * Our own fused kernels, in tfjs's registry beside its own: a backend that has registered one runs it, another runs the plain operations.
 * Sequences are [B, 1, T, C].
 *
 * `EcgPointwise`: x, kernel [1, 1, in, out], bias [out], gate [B, in]?, residual [B, 1, T, out]? → activation((x · gate) · kernel + bias) + residual.
 * `EcgConvolution`: x, kernel [1, k, in, out], bias [out] or [B, out] → activation(x ∗ kernel + bias), every `stride` steps.
 * `EcgDepthwise`: x, kernel [1, k, C, 1], bias [C] → the same for each channel by itself.
 * `EcgSqueezeExcite`: x, squeeze [C, S], squeezeBias [S], excite [S, C], exciteBias [C] → gate [B, C].
 */
export const OWN_KERNELS = ['EcgPointwise', 'EcgConvolution', 'EcgDepthwise', 'EcgSqueezeExcite'] as const;

export type OwnKernel = (typeof OWN_KERNELS)[number];

/** What a kernel is told beside its tensors. */
export interface KernelAttributes {
  readonly stride: number;
  readonly swish: boolean;
}

/** The operation by one of our own kernels, or null where the backend has none or the widths do not fit its vectors. */
export function runOwn(operation: Operation, values: Values): Tensor | null {
  switch (operation.kind) {
    case 'pointwise':
      return (width(operation) % 8 === 0 && run('EcgPointwise', () => pointwise(operation, values), operation)) || null;
    case 'convolution':
      return (
        (width(operation) % 8 === 0 && run('EcgConvolution', () => convolution(operation, values), operation)) || null
      );
    case 'depthwise':
      return (width(operation) % 4 === 0 && run('EcgDepthwise', () => depthwise(operation, values), operation)) || null;
    case 'squeezeExcite':
      return (
        ((operation.excite.bias.shape[0] ?? 0) % 4 === 0 &&
          run('EcgSqueezeExcite', () => squeezeExcite(operation, values), operation)) ||
        null
      );
    default:
      return null;
  }
}

const width = ({ bias }: Pointwise | Convolution | Depthwise) => bias.shape[0] ?? 0;

function run(kernel: OwnKernel, inputs: () => NamedTensorMap, operation: Operation): Tensor | null {
  if (!getKernel(kernel, getBackend())) return null;
  const attributes: KernelAttributes = {
    stride: 'stride' in operation ? operation.stride : 1,
    swish: 'activation' in operation && operation.activation === 'swish',
  };
  return engine().runKernel(kernel, inputs(), { ...attributes }) as Tensor;
}

function pointwise(op: Pointwise, { value, weight }: Values): NamedTensorMap {
  return {
    x: value(op.input),
    kernel: weight(op.kernel.name),
    bias: weight(op.bias.name),
    ...(op.gate !== null && { gate: value(op.gate) }),
    ...(op.residual !== null && { residual: value(op.residual) }),
  };
}

function convolution(op: Convolution, { value, weight }: Values): NamedTensorMap {
  const bias = weight(op.bias.name);
  const shared = { x: value(op.input), kernel: weight(op.kernel.name) };
  if (!op.missing) return { ...shared, bias };
  const missing = sub(1, value(op.missing.mask)) as Tensor2D;
  return {
    ...shared,
    bias: add(matMul(missing, weight(op.missing.constant.name) as Tensor2D), reshape(bias, [1, -1])),
  };
}

function depthwise(op: Depthwise, { value, weight }: Values): NamedTensorMap {
  return { x: value(op.input), kernel: weight(op.kernel.name), bias: weight(op.bias.name) };
}

function squeezeExcite(op: SqueezeExcite, { value, weight }: Values): NamedTensorMap {
  return {
    x: value(op.input),
    squeeze: weight(op.squeeze.kernel.name),
    squeezeBias: weight(op.squeeze.bias.name),
    excite: weight(op.excite.kernel.name),
    exciteBias: weight(op.excite.bias.name),
  };
}
