import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { startOwnWasm } from '../backends/own-wasm';
import { startWasm } from '../backends/wasm';

/** Our own kernels in Node, for tests: the binary comes from the disk instead of the network. Node 20 has relaxed SIMD behind a flag. */
export async function startWasmInNode(): Promise<void> {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  await startOwnWasm(await bytesOf(new URL('../kernels/kernels.wasm', import.meta.url)));
}

/** tfjs on WASM with one thread, as in a browser without relaxed SIMD. */
export async function startTfjsWasmInNode(): Promise<void> {
  const tfjs = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
  await startWasm({ binary: await bytesOf(tfjs), threadScript: null }, 1);
}

async function bytesOf(path: string | URL): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
