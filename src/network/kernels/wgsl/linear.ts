import { type Cut, countOf, type Dispatch, type Sized } from './program';

/** Columns of a workgroup. */
const COLUMNS = 16;

/**
 * out[b, n] = Σ_k joined[b, k] · w[k, n] + bias[n], `joined` being the inputs side by side; a thread sums a slice of the products of one column.
 *
 * @param inputs [B, K_i] each; @param w [Σ K_i, N]; @param bias [N]; any sizes
 */
export function linear<T extends Sized>(inputs: readonly T[], w: T, bias: T, { lanes }: Cut): Dispatch<T> {
  const slices = Math.max(1, lanes / COLUMNS);
  const [batch = 1] = inputs[0]?.shape ?? [];
  const [width = 1] = bias.shape;
  const depths = inputs.map(({ shape }) => countOf(shape) / batch);
  const blocks = Math.ceil(width / COLUMNS);
  const code = `
    var<workgroup> parts : array<f32, ${COLUMNS * slices}>;

    fn main(index : i32) {
      let id = i32(localIndex);
      let block = index / ${COLUMNS * slices};
      let b = block / ${blocks};
      let n = (block % ${blocks}) * ${COLUMNS} + id % ${COLUMNS};
      let slice = id / ${COLUMNS};
      var sum = 0.0;
      if (n < ${width}) {
        ${depths
          .map((depth, i) => {
            const before = depths.slice(0, i).reduce((all, each) => all + each, 0);
            return `for (var k = slice; k < ${depth}; k += ${slices}) { sum = fma(x${i}[b * ${depth} + k], w[(${before} + k) * ${width} + n], sum); }`;
          })
          .join('\n')}
      }
      parts[id] = sum;
      workgroupBarrier();
      if (slice == 0 && n < ${width}) {
        sum = bias[n];
        for (var i = 0; i < ${slices}; i++) { sum += parts[i * ${COLUMNS} + id]; }
        result[b * ${width} + n] = sum;
      }
    }`;
  return {
    key: `EcgLinear_${depths.join('_')}_${width}`,
    code,
    reads: [...inputs.map((x, i) => [`x${i}`, x, 1] as const), ['w', w, 1], ['bias', bias, 1]],
    output: [batch, width],
    outputComponents: 1,
    sums: null,
    uniforms: { batch },
    workgroups: batch * blocks,
    workgroupSize: COLUMNS * slices,
    operations: 2 * batch * depths.reduce((all, depth) => all + depth, 0) * width,
  };
}
