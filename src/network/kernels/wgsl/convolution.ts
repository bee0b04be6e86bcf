import { activated, type Dispatch, type Sized, sizes, THREADS } from './program';

/** A learned constant [C, N] for each channel that the mask [B, C] says is missing. */
export interface Missing<T> {
  readonly mask: T;
  readonly constant: T;
}

/**
 * out[t, n] = act(Σ_j Σ_c x[t · stride + j − side, c] · w[j, c, n] + bias[n] + Σ_c (1 − mask[c]) · constant[c, n]), zeros outside;
 * a thread computes four numbers.
 *
 * @param x [B, 1, T, C], any C; @param w [k, C, N]; @param bias [N]; N a multiple of 4
 */
export function convolution<T extends Sized>(
  x: T,
  w: T,
  bias: T,
  missing: Missing<T> | null,
  taps: number,
  stride: number,
  swish: boolean,
): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const [width = 0] = bias.shape;
  const count = Math.ceil(steps / stride);
  const code = `
    fn main(index : i32) {
      let n = index % uniforms.width4;
      let step = index / uniforms.width4;
      let b = step / uniforms.count;
      let t = step % uniforms.count;
      if (b >= uniforms.batch) { return; }
      var y = bias[n];
      ${
        missing
          ? `for (var c = 0; c < uniforms.channels; c++) {
        let absent = 1.0 - mask[b * uniforms.channels + c];
        if (absent != 0.0) { y = fma(vec4<f32>(absent), constant[c * uniforms.width4 + n], y); }
      }`
          : ''
      }
      // The taps of a step lie one behind another, as its rows do: one long product, without what reaches over the ends.
      let start = t * ${stride} - ${(taps - 1) / 2};
      let first = max(start, 0);
      let last = min(start + ${taps}, uniforms.steps);
      let row = (b * uniforms.steps + first) * uniforms.channels;
      var at = (first - start) * uniforms.channels * uniforms.width4 + n;
      for (var i = 0; i < (last - first) * uniforms.channels; i++) {
        y = fma(vec4<f32>(x[row + i]), w[at], y);
        at += uniforms.width4;
      }
      result[step * uniforms.width4 + n] = ${activated('y', swish)};
    }`;
  return {
    key: `EcgConvolution_${taps}_${stride}_${Number(swish)}${missing ? 'm' : ''}`,
    code,
    reads: [
      ['x', x, 1],
      ['w', w, 4],
      ['bias', bias, 4],
      ...(missing
        ? ([
            ['mask', missing.mask, 1],
            ['constant', missing.constant, 4],
          ] as const)
        : []),
    ],
    output: [batch, 1, count, width],
    outputComponents: 4,
    sums: null,
    uniforms: { batch, steps, count, channels, width4: width / 4 },
    workgroups: Math.ceil((batch * count * (width / 4)) / THREADS),
    workgroupSize: THREADS,
    operations: 2 * batch * count * width * taps * channels,
  };
}
