import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startWasm } from '../backends/wasm';

/** WASM with one thread in Node, for tests: the binary comes from the package instead of the network. */
export async function startWasmInNode(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
  const { buffer, byteOffset, byteLength } = await readFile(path);
  await startWasm({ binary: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer, threadScript: null }, 1);
}
