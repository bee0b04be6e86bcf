import { activated, type Dispatch, type Sized, sizes, THREADS } from './program';

/** Time steps of one thread: each row of the kernel that it loads serves so many. Register tiles beat shared memory here (shared/perf.md). */
const ROWS = 4;

/**
 * out[r, n] = act(Σ_k x[r, k] · gate[b, k] · w[k, n] + bias[n]) + residual[r, n], r over batch and time; a thread computes ROWS × 4 numbers.
 *
 * @param x [B, 1, T, K]; @param w [K, N]; @param bias [N]; @param gate [B, K]; @param residual [B, 1, T, N]; K and N multiples of 4
 */
export function pointwise<T extends Sized>(
  x: T,
  w: T,
  bias: T,
  gate: T | null,
  residual: T | null,
  swish: boolean,
): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const width = bias.shape[0] ?? 0;
  const groups = Math.ceil(steps / ROWS);
  const rows = Array.from({ length: ROWS }, (_, i) => i);
  const code = `
    fn main(index : i32) {
      let n = index % uniforms.width4;
      let group = index / uniforms.width4;
      let b = group / uniforms.groups;
      let first = (group % uniforms.groups) * ${ROWS};
      if (b >= uniforms.batch) { return; }
      let last = uniforms.steps - 1;
      ${rows.map((i) => `let row${i} = (b * uniforms.steps + min(first + ${i}, last)) * uniforms.depth4;`).join('\n')}
      ${rows.map((i) => `var sum${i} = vec4<f32>(0.0);`).join('\n')}
      for (var k = 0; k < uniforms.depth4; k++) {
        let at = k * 4 * uniforms.width4 + n;
        let w0 = w[at];
        let w1 = w[at + uniforms.width4];
        let w2 = w[at + 2 * uniforms.width4];
        let w3 = w[at + 3 * uniforms.width4];
        ${gate ? 'let g = gate[b * uniforms.depth4 + k];' : ''}
        ${rows
          .map(
            (i) => `{
          let a = x[row${i} + k]${gate ? ' * g' : ''};
          sum${i} = fma(vec4<f32>(a.x), w0, sum${i});
          sum${i} = fma(vec4<f32>(a.y), w1, sum${i});
          sum${i} = fma(vec4<f32>(a.z), w2, sum${i});
          sum${i} = fma(vec4<f32>(a.w), w3, sum${i});
        }`,
          )
          .join('\n')}
      }
      let offset = bias[n];
      ${rows
        .map(
          (i) => `if (first + ${i} <= last) {
        let at = (b * uniforms.steps + first + ${i}) * uniforms.width4 + n;
        let y = sum${i} + offset;
        result[at] = ${activated('y', swish)}${residual ? ' + residual[at]' : ''};
      }`,
        )
        .join('\n')}
    }`;
  return {
    key: `EcgPointwise_${Number(swish)}${gate ? 'g' : ''}${residual ? 'r' : ''}`,
    code,
    reads: [
      ['x', x, 4],
      ['w', w, 4],
      ['bias', bias, 4],
      ...(gate ? ([['gate', gate, 4]] as const) : []),
      ...(residual ? ([['residual', residual, 4]] as const) : []),
    ],
    output: [batch, 1, steps, width],
    outputComponents: 4,
    sums: null,
    uniforms: { batch, steps, groups, depth4: channels / 4, width4: width / 4 },
    workgroups: Math.ceil((batch * groups * (width / 4)) / THREADS),
    workgroupSize: THREADS,
    operations: 2 * batch * steps * channels * width,
  };
}
