import threadedBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import threadScript from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url';
import { loadModel } from '../../src/inference';
import { createNetwork } from '../../src/network';
import { startOwnWasm } from '../../src/network/backends/own-wasm';
import { startWasm } from '../../src/network/backends/wasm';
import { startWebGpu } from '../../src/network/backends/webgpu';
import kernels from '../../src/network/kernels/kernels.wasm?url';
import type { Setting, Start } from './runtime';

const bytes = async (path: string) => (await fetch(new URL(path, import.meta.url))).arrayBuffer();

/** Ours, as `inference` starts it, but with the threads and the adapter that are asked for. */
export const start: Start = async (setting, { ecg, mask, age, sex, waves }) => {
  const { card, weights } = await loadModel(new URL('models', location.href).href, 'efficientecg');
  const what = await startBackend(setting);
  const network = createNetwork(card, weights);
  return {
    what,
    async run() {
      const encoded = network.encode(ecg, mask);
      const logits = await network.fuse(encoded, age, sex, waves);
      encoded.dispose();
      return logits;
    },
  };
};

async function startBackend({ backend, threads }: Setting): Promise<string> {
  if (backend === 'webgpu') {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) throw new Error('no adapter');
    await startWebGpu(adapter, () => {});
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
