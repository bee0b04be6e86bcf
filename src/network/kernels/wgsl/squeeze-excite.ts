import { activated, type Cut, type Dispatch, type Sized, sizes } from './program';

/**
 * gate[c] = sigmoid(Σ_s swish(Σ_c mean_t x[t, c] · k1[c, s] + b1[s]) · k2[s, c] + b2[c]) (Hu et al. 2018) in one dispatch: a workgroup for
 * each member of the batch sums over time in slices, joins them, and goes through both layers in its own memory.
 *
 * @param x [B, 1, T, C], or sums over parts of T; @param k1 [C, S]; @param b1 [S]; @param k2 [S, C]; @param b2 [C]; C a multiple of 4
 * @param meant how many steps the mean is over
 */
export function squeezeExcite<T extends Sized>(
  x: T,
  k1: T,
  b1: T,
  k2: T,
  b2: T,
  meant: number,
  { lanes }: Cut,
): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const [squeezed = 1] = b1.shape;
  const quads = channels / 4;
  const slices = Math.max(1, Math.floor(lanes / quads));
  const code = `
    var<workgroup> parts : array<vec4<f32>, ${quads * slices}>;
    var<workgroup> hidden : array<f32, ${squeezed}>;

    fn main(_index : i32) {
      let id = i32(localIndex);
      let b = i32(workgroupId.x);
      for (var i = id; i < ${quads * slices}; i += ${lanes}) {
        var sum = vec4<f32>(0.0);
        for (var t = i / ${quads}; t < uniforms.steps; t += ${slices}) {
          sum += x[(b * uniforms.steps + t) * ${quads} + i % ${quads}];
        }
        parts[i] = sum / f32(uniforms.meant);
      }
      workgroupBarrier();
      for (var s = id; s < ${squeezed}; s += ${lanes}) {
        var sum = b1[s];
        for (var c = 0; c < ${quads}; c++) {
          var mean = parts[c];
          for (var slice = 1; slice < ${slices}; slice++) { mean += parts[slice * ${quads} + c]; }
          let at = c * ${4 * squeezed} + s;
          sum += mean.x * k1[at] + mean.y * k1[at + ${squeezed}] + mean.z * k1[at + ${2 * squeezed}] + mean.w * k1[at + ${3 * squeezed}];
        }
        hidden[s] = ${activated('sum', true)};
      }
      workgroupBarrier();
      for (var c = id; c < ${quads}; c += ${lanes}) {
        var sum = b2[c];
        for (var s = 0; s < ${squeezed}; s++) { sum = fma(vec4<f32>(hidden[s]), k2[s * ${quads} + c], sum); }
        result[b * ${quads} + c] = 1.0 / (1.0 + exp(-sum));
      }
    }`;
  return {
    key: `EcgSqueezeExcite_${channels}_${squeezed}_${lanes}`,
    code,
    reads: [
      ['x', x, 4],
      ['k1', k1, 1],
      ['b1', b1, 1],
      ['k2', k2, 4],
      ['b2', b2, 4],
    ],
    output: [batch, channels],
    outputComponents: 4,
    sums: null,
    uniforms: { steps, meant },
    workgroups: batch,
    workgroupSize: lanes,
    operations: batch * (steps * channels + 4 * channels * squeezed),
  };
}
