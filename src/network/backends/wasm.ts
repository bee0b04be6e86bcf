import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import singleThreaded from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import multiThreaded from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import { wasmWorkerContents } from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js';
import { registerKernel } from '@tensorflow/tfjs-core';
import { POLICY, workerUrl } from '../../release/trusted';
import { activate } from './activate';
import { KERNELS } from './wasm-kernels';

for (const kernel of KERNELS) registerKernel(kernel);

/** What one kind of WASM backend is made of. */
export interface WasmFiles {
  /** The bytes of tfjs's SIMD binary, or of its threaded SIMD binary when there is a thread script. */
  readonly binary: ArrayBuffer;
  /** Address of tfjs's own, unbundled `tfjs-backend-wasm-threaded-simd.js`, which each thread loads; null for one thread. */
  readonly threadScript: string | null;
}

type EmscriptenModule = BackendWasm['wasm'] & {
  cwrap(name: string, returns: string | null, takes: readonly string[]): (...values: number[]) => number;
};

/** Emscripten's factory with the options that tfjs's types leave out. */
type Factory = (options: {
  wasmBinary: ArrayBuffer;
  mainScriptUrlOrBlob?: string;
  locateFile?: (path: string) => string;
}) => Promise<EmscriptenModule>;

/**
 * Starts tfjs on WASM with SIMD, for browsers that cannot run our own kernels.
 *
 * tfjs's own start hands its threads a minified function as a blob: it hangs in a bundled page (the function's free
 * variable `_scriptDir` has been renamed) and needs `script-src blob:`. Here the threads load the script from its own address.
 *
 * @param threads as many as asked for, though tfjs takes at most half of `navigator.hardwareConcurrency`
 * @returns the threads that there are
 */
export async function startWasm(files: WasmFiles, threads: number): Promise<number> {
  const module = await instantiate(files);
  setThreadsCount(threads);
  await activate('wasm', new BackendWasm(module));
  return module.tfjs.getThreadsCount();
}

async function instantiate({ binary, threadScript }: WasmFiles): Promise<EmscriptenModule> {
  const module =
    threadScript === null
      ? await (singleThreaded as unknown as Factory)({ wasmBinary: binary })
      : await (multiThreaded as unknown as Factory)({
          wasmBinary: binary,
          mainScriptUrlOrBlob: threadScript,
          locateFile: (path) => (path.endsWith('.worker.js') ? threadWorker(threadScript) : path),
        });
  // The functions that `BackendWasm` expects to find under `tfjs`, as in tfjs's own `init`.
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  return module;
}

/** A thread's script: it loads tfjs's own from its address, and nothing else (Trusted Types hold in it too). */
function threadWorker(threadScript: string): string {
  const guard = `{
    const load = self.importScripts.bind(self);
    const only = ${JSON.stringify(threadScript)};
    const createScriptURL = (url) => { if (url === only) return url; throw new TypeError(url); };
    const policy = self.trustedTypes?.createPolicy('${POLICY}', { createScriptURL });
    self.importScripts = (url) => load((policy ?? { createScriptURL }).createScriptURL(String(url)));
  }
`;
  // The package keeps the script in a template literal, which has turned the `\n` of its own strings into line breaks.
  const script = guard + wasmWorkerContents.replaceAll('\n', '\\n');
  return workerUrl(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
}
