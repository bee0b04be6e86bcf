import { setExecutors } from '../executor';
import { wasmExecutors } from '../kernels/wasm';

/**
 * Starts our own WASM kernels: no tfjs.
 *
 * @param binary `kernels.wasm`; needs relaxed SIMD
 */
export async function startOwnWasm(binary: ArrayBuffer): Promise<void> {
  setExecutors(wasmExecutors(await WebAssembly.compile(binary)));
}
