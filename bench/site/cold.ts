import * as ort from 'onnxruntime-web/wasm';

/** The least page that runs the network on onnxruntime-web: one inference of zeros, then `data-state` says done. */
const STEPS = 2500;

ort.env.wasm.wasmPaths = new URL('ort/', location.href).href;
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(`peers/network1d-${STEPS}.onnx`, { executionProviders: ['wasm'] });
const shapes = session.inputMetadata.map((input) => (input.isTensor ? input.shape.map(Number) : []));
const zeros = session.inputNames.map((name, i) => {
  const shape = shapes[i] ?? [];
  return [name, new ort.Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)] as const;
});
await session.run(Object.fromEntries(zeros));
document.body.dataset.state = 'done';
