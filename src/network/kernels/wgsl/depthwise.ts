import { activated, type Dispatch, type Sized, sizes, THREADS } from './program';

/** Output steps of one thread: their windows overlap, so that each number is loaded once. */
const STEPS = 4;

/**
 * out[t, c] = act(Σ_j x[t · stride + j − side, c] · w[j, c] + bias[c]), zeros outside; a thread computes STEPS × 4 numbers.
 * With sums, also what a squeeze-excite wants to know of them: sums[g, c] = Σ_t out[t, c] over the g-th STEPS steps.
 *
 * @param x [B, 1, T, C]; @param w [k, C]; @param bias [C]; C a multiple of 4
 */
export function depthwise<T extends Sized>(
  x: T,
  w: T,
  bias: T,
  taps: number,
  stride: number,
  swish: boolean,
  summed: boolean,
): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
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
      ${summed ? 'var sum = vec4<f32>(0.0);' : ''}
      for (var o = 0; o < ${STEPS}; o++) {
        if (first + o < uniforms.count) {
          var y = bias[c];
          for (var j = 0; j < ${taps}; j++) { y = fma(window[o * ${stride} + j], w[j * uniforms.channels4 + c], y); }
          y = ${activated('y', swish)};
          result[(b * uniforms.count + first + o) * uniforms.channels4 + c] = y;
          ${summed ? 'sum += y;' : ''}
        }
      }
      ${summed ? 'sums[group * uniforms.channels4 + c] = sum;' : ''}
    }`;
  return {
    key: `EcgDepthwise_${taps}_${stride}_${Number(swish)}${summed ? 's' : ''}`,
    code,
    reads: [
      ['x', x, 4],
      ['w', w, 4],
      ['bias', bias, 4],
    ],
    output: [batch, 1, count, channels],
    outputComponents: 4,
    sums: summed ? [batch, 1, groups, channels] : null,
    uniforms: { batch, steps, count, groups, channels4: channels / 4 },
    workgroups: Math.ceil((batch * groups * (channels / 4)) / THREADS),
    workgroupSize: THREADS,
    operations: 2 * batch * count * channels * taps,
  };
}
