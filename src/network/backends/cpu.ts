import '@tensorflow/tfjs-backend-cpu/dist/base';
import { registerKernel, setBackend } from '@tensorflow/tfjs-core';
import { KERNELS } from './cpu-kernels';

for (const kernel of KERNELS) registerKernel(kernel);

/** Plain JavaScript: always there, some forty times slower than WASM. */
export async function startCpu(): Promise<void> {
  await setBackend('cpu');
}
