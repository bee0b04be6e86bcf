import type { TensorInfo } from '@tensorflow/tfjs-core';
import { activated, type Dispatch, dispatchOf, sizes, THREADS } from './program';

/** Output steps of one thread: their windows overlap, so that each number is loaded once. */
const STEPS = 4;

/**
 * out[t, c] = act(Σ_j x[t · stride + j − side, c] · w[j, c] + bias[c]), zeros outside; a thread computes STEPS × 4 numbers.
 *
 * @param x [B, 1, T, C]; @param w [1, k, C, 1]; @param bias [C]; C a multiple of 4
 */
export function depthwise(x: TensorInfo, w: TensorInfo, bias: TensorInfo, stride: number, swish: boolean): Dispatch {
  const { batch, steps, channels } = sizes(x);
  const [, taps = 1] = w.shape;
  const count = Math.ceil(steps / stride);
  const groups = Math.ceil(count / STEPS);
  const seen = (STEPS - 1) * stride + taps;
  const code = `
    fn main(index : i32) {
      let c = index % uniforms.channels4;
      let group = index / uniforms.channels4;
      let b = group / uniforms.groups;
      let first = (group % uniforms.groups) * ${STEPS};
      if (b >= uniforms.batch) { return; }
      var window : array<vec4<f32>, ${seen}>;
      let start = first * ${stride} - ${(taps - 1) / 2};
      for (var i = 0; i < ${seen}; i++) {
        let t = start + i;
        if (t >= 0 && t < uniforms.steps) { window[i] = x[(b * uniforms.steps + t) * uniforms.channels4 + c]; }
      }
      for (var o = 0; o < ${STEPS}; o++) {
        if (first + o < uniforms.count) {
          var y = bias[c];
          for (var j = 0; j < ${taps}; j++) { y = fma(window[o * ${stride} + j], w[j * uniforms.channels4 + c], y); }
          result[(b * uniforms.count + first + o) * uniforms.channels4 + c] = ${activated('y', swish)};
        }
      }
    }`;
  return dispatchOf({
    key: `EcgDepthwise_${taps}_${stride}_${Number(swish)}`,
    outputShape: [batch, 1, count, channels],
    variables: [
      ['x', x, 4],
      ['w', w, 4],
      ['bias', bias, 4],
    ],
    uniforms: { batch, steps, count, groups, channels4: channels / 4 },
    workgroups: Math.ceil((batch * groups * (channels / 4)) / THREADS),
    workgroupSize: THREADS,
    code,
  });
}
