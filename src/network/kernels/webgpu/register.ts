import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { type KernelAttributes, OWN_KERNELS, type OwnKernel } from '..';
import { convolution } from '../wgsl/convolution';
import { depthwise } from '../wgsl/depthwise';
import { pointwise } from '../wgsl/pointwise';
import { type Dispatch, FOR_GPU, gridOf } from '../wgsl/program';
import { squeezeExcite } from '../wgsl/squeeze-excite';

type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

const KERNELS: Record<OwnKernel, (inputs: Inputs, attributes: KernelAttributes) => Dispatch<TensorInfo>> = {
  EcgPointwise: ({ x, kernel, bias, gate, residual }, { swish }) =>
    pointwise(given(x), given(kernel), given(bias), gate ?? null, residual ?? null, swish, FOR_GPU),
  EcgConvolution({ x, kernel, bias, mask, constant }, form) {
    const missing = mask && constant ? { mask, constant } : null;
    return convolution(given(x), given(kernel), given(bias), missing, form, FOR_GPU);
  },
  EcgDepthwise: ({ x, kernel, bias }, form) => depthwise(given(x), given(kernel), given(bias), form, false, FOR_GPU),
  EcgSqueezeExcite({ x, squeeze, squeezeBias, excite, exciteBias }) {
    const steps = given(x).shape[2] ?? 1;
    return squeezeExcite(
      given(x),
      given(squeeze),
      given(squeezeBias),
      given(excite),
      given(exciteBias),
      steps,
      FOR_GPU,
    );
  },
};

/** Registers our kernels for tfjs's WebGPU backend: each operation is one dispatch. */
export function registerWebGpuKernels(): void {
  for (const kernelName of OWN_KERNELS) {
    registerKernel({
      kernelName,
      backendName: 'webgpu',
      kernelFunc: ({ inputs, attrs, backend }) => {
        const dispatch = KERNELS[kernelName](inputs as Inputs, attrs as unknown as KernelAttributes);
        const tensors = dispatch.reads.map(([, tensor]) => tensor);
        const numbers = Object.values(dispatch.uniforms).map((value) => ({ type: 'int32', data: [value] }));
        return (backend as WebGPUBackend).runWebGPUProgram(programOf(dispatch), tensors, 'float32', numbers);
      },
    });
  }
}

/** In tfjs's words. Its header declares the same variables as ours. */
function programOf(dispatch: Dispatch<TensorInfo>): WebGPUProgram {
  const { key, code, reads, output, outputComponents, uniforms, workgroups, workgroupSize } = dispatch;
  return {
    shaderKey: key,
    outputShape: [...output],
    outputComponent: outputComponents,
    variableNames: reads.map(([name]) => name),
    variableComponents: reads.map(([, , components]) => components),
    uniforms: Object.keys(uniforms)
      .map((name) => `${name} : i32,`)
      .join(' '),
    workgroupSize: [workgroupSize, 1, 1],
    dispatchLayout: { x: output.map((_, i) => i) },
    dispatch: [...gridOf(workgroups), 1],
    getUserCode: () => code,
  };
}

function given(tensor: TensorInfo | undefined): TensorInfo {
  if (!tensor) throw new Error('A kernel was not given all its tensors.');
  return tensor;
}
