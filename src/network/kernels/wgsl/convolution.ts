import type { TensorInfo } from '@tensorflow/tfjs-core';
import { activated, type Dispatch, dispatchOf, sizes, THREADS } from './program';

/**
 * out[t, n] = act(Σ_j Σ_c x[t · stride + j − side, c] · w[j, c, n] + bias[n]), zeros outside; a thread computes four numbers.
 *
 * @param x [B, 1, T, C], any C; @param w [1, k, C, N]; @param bias [N] or [B, N]; N a multiple of 4
 */
export function convolution(x: TensorInfo, w: TensorInfo, bias: TensorInfo, stride: number, swish: boolean): Dispatch {
  const { batch, steps, channels } = sizes(x);
  const [, taps = 1, , width = 0] = w.shape;
  const count = Math.ceil(steps / stride);
  const own = bias.shape.length === 2;
  const code = `
    fn main(index : i32) {
      let n = index % uniforms.width4;
      let step = index / uniforms.width4;
      let b = step / uniforms.count;
      let t = step % uniforms.count;
      if (b >= uniforms.batch) { return; }
      var y = bias[${own ? 'b * uniforms.width4 + n' : 'n'}];
      for (var j = 0; j < ${taps}; j++) {
        let start = t * ${stride} + j - ${(taps - 1) / 2};
        if (start >= 0 && start < uniforms.steps) {
          let row = (b * uniforms.steps + start) * uniforms.channels;
          var at = j * uniforms.channels * uniforms.width4 + n;
          for (var c = 0; c < uniforms.channels; c++) {
            y = fma(vec4<f32>(x[row + c]), w[at], y);
            at += uniforms.width4;
          }
        }
      }
      result[step * uniforms.width4 + n] = ${activated('y', swish)};
    }`;
  return dispatchOf({
    key: `EcgConvolution_${taps}_${stride}_${Number(swish)}${own ? 'b' : ''}`,
    outputShape: [batch, 1, count, width],
    variables: [
      ['x', x, 1],
      ['w', w, 4],
      ['bias', bias, 4],
    ],
    uniforms: { batch, steps, count, channels, width4: width / 4 },
    workgroups: Math.ceil((batch * count * (width / 4)) / THREADS),
    workgroupSize: THREADS,
    code,
  });
}
