import type { TensorInfo } from '@tensorflow/tfjs-core';
import { activated, type Dispatch, dispatchOf, sizes } from './program';

/** Threads of the one workgroup that serves one member of the batch. */
const LANES = 256;

/**
 * gate[c] = sigmoid(Σ_s swish(Σ_c mean_t x[t, c] · k1[c, s] + b1[s]) · k2[s, c] + b2[c]) (Hu et al. 2018) in one dispatch: a workgroup sums
 * over time in slices, joins them, and goes through both layers in its own memory.
 *
 * @param x [B, 1, T, C]; @param k1 [C, S]; @param b1 [S]; @param k2 [S, C]; @param b2 [C]; C a multiple of 4, at most 1,024
 */
export function squeezeExcite(x: TensorInfo, k1: TensorInfo, b1: TensorInfo, k2: TensorInfo, b2: TensorInfo): Dispatch {
  const { batch, steps, channels } = sizes(x);
  const squeezed = b1.shape[0] ?? 1;
  const quads = channels / 4;
  const slices = Math.max(1, Math.floor(LANES / quads));
  const code = `
    var<workgroup> parts : array<vec4<f32>, ${LANES}>;
    var<workgroup> means : array<vec4<f32>, ${quads}>;
    var<workgroup> hidden : array<f32, ${squeezed}>;

    fn main(_index : i32) {
      let id = i32(localIndex);
      let b = i32(workgroupId.x);
      if (id < ${quads * slices}) {
        var sum = vec4<f32>(0.0);
        for (var t = id / ${quads}; t < uniforms.steps; t += ${slices}) {
          sum += x[(b * uniforms.steps + t) * ${quads} + id % ${quads}];
        }
        parts[id] = sum;
      }
      workgroupBarrier();
      if (id < ${quads}) {
        var sum = vec4<f32>(0.0);
        for (var slice = 0; slice < ${slices}; slice++) { sum += parts[slice * ${quads} + id]; }
        means[id] = sum / f32(uniforms.steps);
      }
      workgroupBarrier();
      for (var s = id; s < ${squeezed}; s += ${LANES}) {
        var sum = b1[s];
        for (var c = 0; c < ${quads}; c++) {
          let mean = means[c];
          let at = c * ${4 * squeezed} + s;
          sum += mean.x * k1[at] + mean.y * k1[at + ${squeezed}] + mean.z * k1[at + ${2 * squeezed}] + mean.w * k1[at + ${3 * squeezed}];
        }
        hidden[s] = ${activated('sum', true)};
      }
      workgroupBarrier();
      if (id < ${quads}) {
        var sum = b2[id];
        for (var s = 0; s < ${squeezed}; s++) { sum = fma(vec4<f32>(hidden[s]), k2[s * ${quads} + id], sum); }
        result[b * ${quads} + id] = 1.0 / (1.0 + exp(-sum));
      }
    }`;
  return dispatchOf({
    key: `EcgSqueezeExcite_${channels}_${squeezed}`,
    outputShape: [batch, channels],
    variables: [
      ['x', x, 4],
      ['k1', k1, 1],
      ['b1', b1, 1],
      ['k2', k2, 4],
      ['b2', b2, 4],
    ],
    uniforms: { steps },
    workgroups: batch,
    workgroupSize: LANES,
    code,
  });
}
