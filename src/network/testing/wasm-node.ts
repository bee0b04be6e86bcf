import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { startWasm } from '../backends/wasm';

/**
 * WASM with one thread in Node, for tests: the binaries come from the disk instead of the network.
 *
 * @param own with our own kernels, as in a browser that has relaxed SIMD; Node 20 has it behind a flag
 */
export async function startWasmInNode({ own = true } = {}): Promise<void> {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const tfjs = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
  const kernels = own ? await bytesOf(new URL('../kernels/kernels.wasm', import.meta.url)) : null;
  await startWasm({ binary: await bytesOf(tfjs), threadScript: null, kernels }, 1);
}

async function bytesOf(path: string | URL): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
