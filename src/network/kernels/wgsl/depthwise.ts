import { activated, type Cut, type Dispatch, each, type Sized, sizes, THREADS } from './program';

/**
 * out[t, c] = act(Σ_j x[t · stride + j − side, c] · w[j, c] + bias[c]), zeros outside; a thread computes rows × 4 numbers, whose windows
 * overlap, so that each number is loaded once. With sums, also what a squeeze-excite wants to know of them: sums[g, c] = Σ_t out[t, c]
 * over the g-th of these groups.
 *
 * @param x [B, 1, T, C]; @param w [k, C]; @param bias [C]; C a multiple of 4
 */
export function depthwise<T extends Sized>(
  x: T,
  w: T,
  bias: T,
  { taps, stride, swish }: { readonly taps: number; readonly stride: number; readonly swish: boolean },
  summed: boolean,
  { rows }: Cut,
): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const count = Math.ceil(steps / stride);
  const groups = Math.ceil(count / rows);
  const seen = (rows - 1) * stride + taps;
  const code = `
    fn main(index : i32) {
      let c = index % uniforms.channels4;
      let group = index / uniforms.channels4;
      let b = group / uniforms.groups;
      let first = (group % uniforms.groups) * ${rows};
      if (b >= uniforms.batch) { return; }
      let start = first * ${stride} - ${(taps - 1) / 2};
      ${each(
        seen,
        (i) => `var x${i} = vec4<f32>(0.0);
      if (start + ${i} >= 0 && start + ${i} < uniforms.steps) { x${i} = x[(b * uniforms.steps + start + ${i}) * uniforms.channels4 + c]; }`,
      )}
      ${each(taps, (j) => `let w${j} = w[${j} * uniforms.channels4 + c];`)}
      let offset = bias[c];
      var sum = vec4<f32>(0.0);
      ${each(
        rows,
        (o) => `if (first + ${o} < uniforms.count) {
        var y = offset;
        ${each(taps, (j) => `y = fma(x${o * stride + j}, w${j}, y);`)}
        y = ${activated('y', swish)};
        result[(b * uniforms.count + first + ${o}) * uniforms.channels4 + c] = y;
        sum += y;
      }`,
      )}
      ${summed ? 'sums[group * uniforms.channels4 + c] = sum;' : ''}
    }`;
  return {
    key: `EcgDepthwise_${taps}_${stride}_${Number(swish)}${summed ? 's' : ''}_${rows}`,
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
