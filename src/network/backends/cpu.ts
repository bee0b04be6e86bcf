import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { registerKernel } from '@tensorflow/tfjs-core';
import { activate } from './activate';
import { KERNELS } from './cpu-kernels';

for (const kernel of KERNELS) registerKernel(kernel);

/** Plain JavaScript: always there, some forty times slower than WASM. */
export async function startCpu(): Promise<void> {
  await activate('cpu', new MathBackendCPU());
}
