import { engine, getBackend, getKernel, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { Convolution, Depthwise, Operation, Pointwise, SqueezeExcite } from '../graph';
import type { Values } from '../operations';
import { fitsVectors } from './fits';

/**
 * Our own fused kernels, in tfjs's registry beside its own: a backend that has registered one runs it, another runs the plain operations.
 * Sequences are [B, 1, T, C].
 *
 * `EcgPointwise`: x, kernel [1, 1, in, out], bias [out], gate [B, in]?, residual [B, 1, T, out]? → activation((x · gate) · kernel + bias) + residual.
 * `EcgConvolution`: x, kernel [1, k, in, out], bias [out], mask [B, in]?, constant [in, out]? → activation(x ∗ kernel + bias + (1 − mask) · constant), every `stride` steps.
 * `EcgDepthwise`: x, kernel [1, k, C, 1], bias [C] → the same for each channel by itself.
 * `EcgSqueezeExcite`: x, squeeze [C, S], squeezeBias [S], excite [S, C], exciteBias [C] → gate [B, C].
 */
export const OWN_KERNELS = ['EcgPointwise', 'EcgConvolution', 'EcgDepthwise', 'EcgSqueezeExcite'] as const;

export type OwnKernel = (typeof OWN_KERNELS)[number];

/** What a kernel is told beside its tensors. */
export interface KernelAttributes {
  readonly stride: number;
  /** Of the kernel over time. */
  readonly taps: number;
  readonly swish: boolean;
}

/** How an operation becomes one of our kernels. */
interface Own {
  readonly kernel: OwnKernel;
  readonly inputs: (values: Values) => NamedTensorMap;
}

/** The operation by one of our own kernels, or null where the backend has none or the widths do not fit. */
export function runOwn(operation: Operation, values: Values): Tensor | null {
  const own = ownOf(operation);
  if (!own || !fitsVectors(operation) || !getKernel(own.kernel, getBackend())) return null;
  const attributes: KernelAttributes = {
    stride: 'stride' in operation ? operation.stride : 1,
    taps: 'kernel' in operation ? (operation.kernel.shape[0] ?? 1) : 1,
    swish: 'activation' in operation && operation.activation === 'swish',
  };
  return engine().runKernel(own.kernel, own.inputs(values), { ...attributes }) as Tensor;
}

function ownOf(operation: Operation): Own | null {
  switch (operation.kind) {
    case 'pointwise':
      return { kernel: 'EcgPointwise', inputs: (values) => pointwise(operation, values) };
    case 'convolution':
      return { kernel: 'EcgConvolution', inputs: (values) => convolution(operation, values) };
    case 'depthwise':
      return { kernel: 'EcgDepthwise', inputs: (values) => depthwise(operation, values) };
    case 'squeezeExcite':
      return { kernel: 'EcgSqueezeExcite', inputs: (values) => squeezeExcite(operation, values) };
    default:
      return null;
  }
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
  return {
    x: value(op.input),
    kernel: weight(op.kernel.name),
    bias: weight(op.bias.name),
    ...(op.missing && { mask: value(op.missing.mask), constant: weight(op.missing.constant.name) }),
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
