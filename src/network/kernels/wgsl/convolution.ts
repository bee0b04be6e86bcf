import { activated, type Cut, type Dispatch, each, type Sized, sizes, THREADS } from './program';

/** A learned constant [C, N] for each channel that the mask [B, C] says is missing. */
export interface Missing<T> {
  readonly mask: T;
  readonly constant: T;
}

/**
 * out[t, n] = act(Σ_j Σ_c x[t · stride + j − side, c] · w[j, c, n] + bias[n] + Σ_c (1 − mask[c]) · constant[c, n]), zeros outside.
 * A thread holds a tile of rows × 4 · quads sums in registers, as in `pointwise.ts`.
 *
 * @param x [B, 1, T, C], any C; @param w [k, C, N]; @param bias [N]; N a multiple of 4
 */
export function convolution<T extends Sized>(
  x: T,
  w: T,
  bias: T,
  missing: Missing<T> | null,
  { taps, stride, swish }: { readonly taps: number; readonly stride: number; readonly swish: boolean },
  { rows, quads }: Cut,
): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const [width = 0] = bias.shape;
  const count = Math.ceil(steps / stride);
  const groups = Math.ceil(count / rows);
  const columns = Math.ceil(width / 4 / quads);
  const code = `
    fn main(index : i32) {
      let n = (index % uniforms.columns) * ${quads};
      let group = index / uniforms.columns;
      let b = group / uniforms.groups;
      let first = (group % uniforms.groups) * ${rows};
      if (b >= uniforms.batch) { return; }
      ${each(quads, (q) => `let n${q} = min(n + ${q}, uniforms.width4 - 1); var bias${q} = bias[n${q}];`)}
      ${
        missing
          ? `for (var c = 0; c < uniforms.channels; c++) {
        let absent = 1.0 - mask[b * uniforms.channels + c];
        if (absent != 0.0) { ${each(quads, (q) => `bias${q} = fma(vec4<f32>(absent), constant[c * uniforms.width4 + n${q}], bias${q});`)} }
      }`
          : ''
      }
      ${each(rows, (i) => each(quads, (q) => `var sum${i}_${q} = bias${q};`))}
      for (var j = 0; j < ${taps}; j++) {
        ${each(
          rows,
          (i) => `let t${i} = (first + ${i}) * ${stride} + j - ${(taps - 1) / 2};
        let inside${i} = select(0.0, 1.0, t${i} >= 0 && t${i} < uniforms.steps);
        let row${i} = (b * uniforms.steps + clamp(t${i}, 0, uniforms.steps - 1)) * uniforms.channels;`,
        )}
        for (var c = 0; c < uniforms.channels; c++) {
          let at = (j * uniforms.channels + c) * uniforms.width4;
          ${each(quads, (q) => `let w${q} = w[at + n${q}];`)}
          ${each(rows, (i) => `let a${i} = vec4<f32>(x[row${i} + c] * inside${i});`)}
          ${each(rows, (i) => each(quads, (q) => `sum${i}_${q} = fma(a${i}, w${q}, sum${i}_${q});`))}
        }
      }
      ${each(rows, (i) =>
        each(
          quads,
          (q) => `if (first + ${i} < uniforms.count && n + ${q} < uniforms.width4) {
        let y = sum${i}_${q};
        result[(b * uniforms.count + first + ${i}) * uniforms.width4 + n + ${q}] = ${activated('y', swish)};
      }`,
        ),
      )}
    }`;
  return {
    key: `EcgConvolution_${taps}_${stride}_${Number(swish)}${missing ? 'm' : ''}_${rows}_${quads}`,
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
    uniforms: { batch, steps, count, groups, columns, channels, width4: width / 4 },
    workgroups: Math.ceil((batch * groups * columns) / THREADS),
    workgroupSize: THREADS,
    operations: 2 * batch * count * width * taps * channels,
  };
}
