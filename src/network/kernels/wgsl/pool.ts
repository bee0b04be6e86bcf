import type { Pool } from '../../graph';
import { type Dispatch, type Sized, sizes } from './program';

/** Threads of a workgroup, which serves LANES / SLICES vectors of four channels. */
const LANES = 64;
/** Into so many parts time is cut: a thread goes through one of them. */
const SLICES = 4;

/**
 * out[b, i · C + c] = mean_t x[b, t, c] or max_t x[b, t, c], as the i-th reduction says.
 *
 * @param x [B, 1, T, C]; C a multiple of 4
 */
export function pool<T extends Sized>(x: T, reductions: Pool['reductions']): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const quads = LANES / SLICES;
  const results = { mean: 'sum / f32(uniforms.steps)', max: 'most' };
  const code = `
    var<workgroup> partSums : array<vec4<f32>, ${LANES}>;
    var<workgroup> partMosts : array<vec4<f32>, ${LANES}>;

    fn main(index : i32) {
      let id = i32(localIndex);
      let quad = (index / ${LANES}) * ${quads} + id % ${quads};
      let b = quad / uniforms.channels4;
      let c = quad % uniforms.channels4;
      let first = id / ${quads};
      if (b < uniforms.batch) {
        var sum = vec4<f32>(0.0);
        var most = x[(b * uniforms.steps) * uniforms.channels4 + c];
        for (var t = first; t < uniforms.steps; t += ${SLICES}) {
          let y = x[(b * uniforms.steps + t) * uniforms.channels4 + c];
          sum += y;
          most = max(most, y);
        }
        partSums[id] = sum;
        partMosts[id] = most;
      }
      workgroupBarrier();
      if (first == 0 && b < uniforms.batch) {
        var sum = partSums[id];
        var most = partMosts[id];
        for (var slice = 1; slice < ${SLICES}; slice++) {
          sum += partSums[slice * ${quads} + id];
          most = max(most, partMosts[slice * ${quads} + id]);
        }
        let at = b * ${reductions.length} * uniforms.channels4 + c;
        ${reductions.map((reduction, i) => `result[at + ${i} * uniforms.channels4] = ${results[reduction]};`).join('\n')}
      }
    }`;
  return {
    key: `EcgPool_${reductions.join('_')}`,
    code,
    reads: [['x', x, 4]],
    output: [batch, reductions.length * channels],
    outputComponents: 4,
    sums: null,
    uniforms: { batch, steps, channels4: channels / 4 },
    workgroups: Math.ceil((batch * (channels / 4)) / quads),
    workgroupSize: LANES,
    operations: 2 * batch * steps * channels,
  };
}
