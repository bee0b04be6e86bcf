import { activated, type Cut, type Dispatch, each, type Sized, sizes, THREADS } from './program';

/**
 * out[r, n] = act(Σ_k x[r, k] · gate[b, k] · w[k, n] + bias[n]) + residual[r, n], r over batch and time.
 * A thread holds a tile of rows × 4 · quads sums in registers: each number that it loads serves several.
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
  { rows, quads }: Cut,
): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const width = bias.shape[0] ?? 0;
  const groups = Math.ceil(steps / rows);
  const columns = Math.ceil(width / 4 / quads);
  const code = `
    fn main(index : i32) {
      let n = (index % uniforms.columns) * ${quads};
      let group = index / uniforms.columns;
      let b = group / uniforms.groups;
      let first = (group % uniforms.groups) * ${rows};
      if (b >= uniforms.batch) { return; }
      let last = uniforms.steps - 1;
      ${each(rows, (i) => `let row${i} = (b * uniforms.steps + min(first + ${i}, last)) * uniforms.depth4;`)}
      ${each(quads, (q) => `let n${q} = min(n + ${q}, uniforms.width4 - 1);`)}
      ${each(rows, (i) => each(quads, (q) => `var sum${i}_${q} = vec4<f32>(0.0);`))}
      for (var k = 0; k < uniforms.depth4; k++) {
        let at = k * 4 * uniforms.width4;
        ${each(quads, (q) => each(4, (c) => `let w${q}_${c} = w[at + ${c} * uniforms.width4 + n${q}];`))}
        ${gate ? 'let g = gate[b * uniforms.depth4 + k];' : ''}
        ${each(
          rows,
          (i) => `{
          let a = x[row${i} + k]${gate ? ' * g' : ''};
          ${each(quads, (q) => each(4, (c) => `sum${i}_${q} = fma(vec4<f32>(a[${c}]), w${q}_${c}, sum${i}_${q});`))}
        }`,
        )}
      }
      ${each(quads, (q) => `let bias${q} = bias[n${q}];`)}
      ${each(rows, (i) =>
        each(
          quads,
          (q) => `if (first + ${i} <= last && n + ${q} < uniforms.width4) {
        let at = (b * uniforms.steps + first + ${i}) * uniforms.width4 + n + ${q};
        let y = sum${i}_${q} + bias${q};
        result[at] = ${activated('y', swish)}${residual ? ' + residual[at]' : ''};
      }`,
        ),
      )}
    }`;
  return {
    key: `EcgPointwise_${Number(swish)}${gate ? 'g' : ''}${residual ? 'r' : ''}_${rows}_${quads}`,
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
    uniforms: { batch, steps, groups, columns, depth4: channels / 4, width4: width / 4 },
    workgroups: Math.ceil((batch * groups * columns) / THREADS),
    workgroupSize: THREADS,
    operations: 2 * batch * steps * channels * width,
  };
}
