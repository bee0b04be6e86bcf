import threadedBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import threadScript from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url';
import { loadModel } from '../../src/inference';
import { realAdapter } from '../../src/inference/adapter';
import { createNetwork } from '../../src/network';
import { startOwnWasm } from '../../src/network/backends/own-wasm';
import { startWasm } from '../../src/network/backends/wasm';
import { startWebGpu } from '../../src/network/backends/webgpu';
import kernels from '../../src/network/kernels/kernels.wasm?url';
import { BATCH, type Setting, type Start } from './runtime';

const bytes = async (path: string) => (await fetch(new URL(path, import.meta.url))).arrayBuffer();

/** Ours, as `inference` starts it, but with the threads and the adapter that are asked for. */
export const start: Start = async (setting, { ecg, mask, age, sex, waves }) => {
  const { card, weights } = await loadModel(new URL('models', location.href).href, 'efficientecg');
  const what = await startBackend(setting);
  const network = createNetwork(card, weights);
  const all = (values: Float32Array) => repeated(values, BATCH);
  const kept = network.encode(ecg, mask);
  const run = async (batch: number, [signal, present, ...who]: readonly Float32Array[]) => {
    const encoded = network.encode(signal ?? ecg, present ?? mask, batch);
    const logits = await network.fuse(encoded, who[0] ?? age, who[1] ?? sex, who[2]);
    encoded.dispose();
    return logits;
  };
  const one = [ecg, mask, age, sex, waves];
  const many = one.map(all);
  return {
    what,
    run: () => run(1, one),
    fuse: () => network.fuse(kept, age, sex, waves),
    runBatch: () => run(BATCH, many),
  };
};

async function startBackend({ backend, threads }: Setting): Promise<string> {
  if (backend === 'webgpu') {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) throw new Error('no adapter');
    await startWebGpu(adapter, !realAdapter(adapter), () => {});
    return `own kernels on ${adapter.info.description || adapter.info.vendor}`;
  }
  if (threads === 1) {
    await startOwnWasm(await bytes(kernels));
    return 'own kernels, 1 thread';
  }
  // tfjs takes at most half of the cores.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads });
  const script = new URL(threadScript, import.meta.url).href;
  return `tfjs kernels, ${await startWasm({ binary: await bytes(threadedBinary), threadScript: script }, threads)} threads`;
}

function repeated(values: Float32Array, times: number): Float32Array<ArrayBuffer> {
  const all = new Float32Array(times * values.length);
  for (let i = 0; i < times; i++) all.set(values, i * values.length);
  return all;
}
