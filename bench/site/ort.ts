import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { leadMajor, type NetworkInput } from './network-input';
import type { Start } from './runtime';

/** onnxruntime-web, its smaller build where WASM is enough. */
export const start: Start = async ({ backend, threads, steps, dimensions }, input) => {
  const ort = backend === 'wasm' ? await import('onnxruntime-web/wasm') : await import('onnxruntime-web/webgpu');
  ort.env.wasm.wasmPaths = new URL('ort/', location.href).href;
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(`peers/network${dimensions}d-${steps}.onnx`, {
    executionProviders: [backend],
    graphOptimizationLevel: 'all',
  });
  return {
    what: `onnxruntime-web ${ort.env.versions.web}, ${dimensions}-D, ${threads} threads`,
    async run() {
      const { logits } = await session.run(tensors(session, ort.Tensor, input));
      return (await logits?.getData()) as Float32Array;
    },
  };
};

function tensors(session: InferenceSession, Float: typeof Tensor, input: NetworkInput) {
  const { ecg: _, steps, leads, mask, age, sex, waves } = input;
  const all = {
    ecg: new Float('float32', leadMajor(input), [1, leads, steps]),
    mask: new Float('float32', mask, [1, leads]),
    age: new Float('float32', age, [1, 2]),
    sex: new Float('float32', sex, [1, 3]),
    waves: new Float('float32', waves, [1, waves.length]),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => session.inputNames.includes(name)));
}
