import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu';
import { registerKernel } from '@tensorflow/tfjs-core';
import { setExecutors } from '../executor';
import { webgpuExecutors } from '../kernels/webgpu/executor';
import { registerWebGpuKernels } from '../kernels/webgpu/register';
import { FOR_GPU, FOR_SOFTWARE } from '../kernels/wgsl/program';
import { activate } from './activate';
import { KERNELS } from './webgpu-kernels';

for (const kernel of KERNELS) registerKernel(kernel);
registerWebGpuKernels();

/** Limits that tfjs's programs use up to whatever the adapter has. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/**
 * Starts tfjs and our plans on an adapter that the caller has chosen (tfjs would take any, software too).
 *
 * @param isSoftware whether it computes on the CPU
 * @param onLost told once when the device is gone: nothing on it can be used again
 * @returns the device; destroying it frees all that is on it
 * @throws when the device is refused
 */
export async function startWebGpu(
  adapter: GPUAdapter,
  isSoftware: boolean,
  onLost: (reason: string) => void,
): Promise<GPUDevice> {
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  });
  void device.lost.then(({ message }) => onLost(message));
  const backend = new WebGPUBackend(device, adapter.info);
  await activate('webgpu', backend);
  setExecutors(webgpuExecutors(backend, isSoftware ? FOR_SOFTWARE : FOR_GPU));
  return device;
}
