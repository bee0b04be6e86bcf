import { type Dispatch, type Sized, shaderOf } from '../wgsl/program';

/** Compiled code, kept for the device's life: shared by all lengths of a network. */
export interface Pipelines {
  /** Of a dispatch; where it has not been prepared, the device compiles it before its first use. */
  of(dispatch: Dispatch<Sized>): GPUComputePipeline;
  /** Compiles what these dispatches need, in parallel. */
  prepare(dispatches: readonly Dispatch<Sized>[]): Promise<void>;
}

export function createPipelines(device: GPUDevice): Pipelines {
  const ready = new Map<string, GPUComputePipeline>();
  const layouts = new Map<string, GPUPipelineLayout>();

  function layoutOf({ reads, sums }: Dispatch<Sized>): GPUPipelineLayout {
    const types: GPUBufferBindingType[] = ['storage', ...reads.map(() => 'read-only-storage' as const), 'uniform'];
    if (sums) types.push('storage');
    const known = layouts.get(types.join());
    if (known) return known;
    const entries = types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } }));
    const layout = device.createPipelineLayout({ bindGroupLayouts: [device.createBindGroupLayout({ entries })] });
    layouts.set(types.join(), layout);
    return layout;
  }

  const descriptor = (dispatch: Dispatch<Sized>, code: string): GPUComputePipelineDescriptor => ({
    label: dispatch.key,
    layout: layoutOf(dispatch),
    compute: { module: device.createShaderModule({ code }) },
  });

  return {
    of(dispatch) {
      const code = shaderOf(dispatch);
      const pipeline = ready.get(code) ?? device.createComputePipeline(descriptor(dispatch, code));
      ready.set(code, pipeline);
      return pipeline;
    },
    async prepare(dispatches) {
      const missing = new Map(dispatches.map((dispatch) => [shaderOf(dispatch), dispatch]));
      await Promise.all(
        [...missing].map(async ([code, dispatch]) => {
          if (!ready.has(code)) ready.set(code, await device.createComputePipelineAsync(descriptor(dispatch, code)));
        }),
      );
    },
  };
}
