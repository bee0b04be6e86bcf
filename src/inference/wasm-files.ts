import singleBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import threadScript from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url';
import { EcgError } from '../ecg';
import type { WasmFiles } from '../network/backends/wasm';
import ownKernels from '../network/kernels/kernels.wasm?url';
import { fetchSealed } from '../release/sealed';

const cores = () => globalThis.navigator?.hardwareConcurrency ?? 1;

/** tfjs takes at most half of the cores, and a network of this size gains nothing from more than four threads. */
export function threadCount(): number {
  return globalThis.crossOriginIsolated ? Math.max(1, Math.min(4, Math.floor(cores() / 2))) : 1;
}

/** A phrase. Asked only where there is one thread. */
export function whyOneThread(): string {
  return globalThis.crossOriginIsolated ? `${cores()} cores` : 'the page is not cross-origin isolated';
}

/** Whether the browser compiles a module whose one function makes and drops a 128-bit vector. */
export function hasSimd(): boolean {
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11];
  return typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(module));
}

/** Whether the browser compiles a module whose one function adds a product to a vector in one step (relaxed SIMD's `f32x4.relaxed_madd`). */
export function hasRelaxedSimd(): boolean {
  const zero = [65, 0, 253, 15];
  const body = [0, ...zero, ...zero, ...zero, 253, 133, 2, 26, 11];
  const head = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0];
  const module = [...head, 10, body.length + 2, 1, body.length, ...body];
  return typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(module));
}

/** What tfjs's WASM backend needs, fetched once, so that starting it asks the network for nothing more. */
export const loadWasmFiles = once(() => fetchFiles(threadCount() > 1));

/** The bytes of our own kernels, fetched once. */
export const loadOwnKernels = once(() => fetchBytes(address(ownKernels)));

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= work().catch((thrown: unknown) => {
      running = null;
      throw thrown;
    });
    return running;
  };
}

function address(path: string): string {
  return new URL(path, import.meta.url).href;
}

async function fetchFiles(threaded: boolean): Promise<WasmFiles> {
  const [binary] = await Promise.all([
    fetchBytes(address(threaded ? threadedBinary : singleBinary)),
    // Only to have it in the browser's cache: each thread loads it by itself.
    threaded && fetchBytes(address(threadScript)),
  ]);
  return { binary, threadScript: threaded ? address(threadScript) : null };
}

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  try {
    return await fetchSealed(url);
  } catch (thrown) {
    if (thrown instanceof EcgError) throw thrown;
    throw new EcgError('BACKEND_UNAVAILABLE', 'A part of this page could not be loaded: load the page again.', {
      found: `${url}: ${thrown}`,
    });
  }
}
