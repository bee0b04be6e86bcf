import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type KernelAttributes, OWN_KERNELS, type OwnKernel } from '.';
import { convolution } from './wgsl/convolution';
import { depthwise } from './wgsl/depthwise';
import { pointwise } from './wgsl/pointwise';
import type { Dispatch } from './wgsl/program';
import { squeezeExcite } from './wgsl/squeeze-excite';

type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

const KERNELS: Record<OwnKernel, (inputs: Inputs, attributes: KernelAttributes) => Dispatch> = {
  EcgPointwise: ({ x, kernel, bias, gate, residual }, { swish }) =>
    pointwise(given(x), given(kernel), given(bias), gate, residual, swish),
  EcgConvolution: ({ x, kernel, bias }, { stride, swish }) =>
    convolution(given(x), given(kernel), given(bias), stride, swish),
  EcgDepthwise: ({ x, kernel, bias }, { stride, swish }) =>
    depthwise(given(x), given(kernel), given(bias), stride, swish),
  EcgSqueezeExcite: ({ x, squeeze, squeezeBias, excite, exciteBias }) =>
    squeezeExcite(given(x), given(squeeze), given(squeezeBias), given(excite), given(exciteBias)),
};

/** Registers our kernels for tfjs's WebGPU backend: each operation is one dispatch. */
export function registerWebGpuKernels(): void {
  for (const kernelName of OWN_KERNELS) {
    registerKernel({
      kernelName,
      backendName: 'webgpu',
      kernelFunc: ({ inputs, attrs, backend }) => {
        const kernel = KERNELS[kernelName];
        const { program, inputs: read, uniforms } = kernel(inputs as Inputs, attrs as unknown as KernelAttributes);
        const numbers = uniforms.map((value) => ({ type: 'int32', data: [value] }));
        return (backend as WebGPUBackend).runWebGPUProgram(program, [...read], 'float32', numbers);
      },
    });
  }
}

function given(tensor: TensorInfo | undefined): TensorInfo {
  if (!tensor) throw new Error('A kernel was not given all its tensors.');
  return tensor;
}
