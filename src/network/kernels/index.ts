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

/** How an operation becomes one of our kernels, where its widths fit their vectors. */
interface Own {
  readonly kernel: OwnKernel;
  readonly fits: boolean;
  readonly inputs: (values: Values) => NamedTensorMap;
}

/** The operation by one of our own kernels, or null where the backend has none or the widths do not fit. */
export function runOwn(operation: Operation, values: Values): Tensor | null {
  const own = ownOf(operation);
  if (!own?.fits || !getKernel(own.kernel, getBackend())) return null;
  const attributes: KernelAttributes = {
    stride: 'stride' in operation ? operation.stride : 1,
    swish: 'activation' in operation && operation.activation === 'swish',
  };
  return engine().runKernel(own.kernel, own.inputs(values), { ...attributes }) as Tensor;
}

function ownOf(operation: Operation): Own | null {
  switch (operation.kind) {
    case 'pointwise': {
      const [, inputs = 0, outputs = 0] = operation.kernel.shape;
      const fits = inputs % 4 === 0 && outputs % 8 === 0;
      return { kernel: 'EcgPointwise', fits, inputs: (values) => pointwise(operation, values) };
    }
    case 'convolution': {
      const fits = (operation.bias.shape[0] ?? 0) % 8 === 0;
      return { kernel: 'EcgConvolution', fits, inputs: (values) => convolution(operation, values) };
    }
    case 'depthwise': {
      const fits = (operation.bias.shape[0] ?? 0) % 4 === 0;
      return { kernel: 'EcgDepthwise', fits, inputs: (values) => depthwise(operation, values) };
    }
    case 'squeezeExcite': {
      const channels = operation.excite.bias.shape[0] ?? 0;
      const fits = channels % 4 === 0 && channels <= 1024;
      return { kernel: 'EcgSqueezeExcite', fits, inputs: (values) => squeezeExcite(operation, values) };
    }
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
