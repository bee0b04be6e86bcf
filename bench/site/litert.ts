import { type CompiledModel, loadAndCompile, loadLiteRt, supportsFeature, Tensor } from '@litertjs/core';
import type { NetworkInput } from './network-input';
import type { Start } from './runtime';

/** LiteRT.js at full precision. */
export const start: Start = async ({ backend, threads, steps }, input) => {
  await loadLiteRt(new URL('litert/', location.href).href, { threads: threads > 1 });
  const model = await loadAndCompile(new URL(`peers/network-${steps}.tflite`, location.href).href, {
    accelerator: backend,
    cpuOptions: { numThreads: threads },
    gpuOptions: { precision: 'fp32' },
  });
  const relaxed = await supportsFeature('relaxedSimd');
  return {
    what: `LiteRT.js, ${backend === 'wasm' ? `${threads} threads, relaxed SIMD ${relaxed}` : `all of it accelerated: ${model.isFullyAccelerated}`}`,
    async run() {
      const given = tensors(model, input);
      const [output] = Object.values(await model.run(given));
      const logits = Float32Array.from((await output?.data()) ?? []);
      for (const tensor of [...Object.values(given), output]) tensor?.delete();
      return logits;
    },
  };
};

function tensors(model: CompiledModel, { ecg, steps, leads, mask, age, sex, waves }: NetworkInput) {
  const all: Record<string, readonly [Float32Array, number[]]> = {
    ecg: [ecg, [1, steps, leads]],
    mask: [mask, [1, leads]],
    age: [age, [1, 2]],
    sex: [sex, [1, 3]],
    waves: [waves, [1, waves.length]],
  };
  return model.getInputDetails().map(({ name }) => {
    const [numbers, shape] = all[name] ?? [];
    if (!numbers) throw new Error(`The model asks for ${name}.`);
    return new Tensor(numbers, shape);
  });
}
