declare module '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js' {
  /** The script of one thread: waits for the address of the main script and loads it. */
  export const wasmWorkerContents: string;
}
