import type { Pool } from '../../graph';
import { type Dispatch, type Sized, sizes, THREADS } from './program';

const RESULTS = { mean: 'sum / f32(uniforms.steps)', max: 'most' } as const;

/**
 * out[b, i · C + c] = mean_t x[b, t, c] or max_t x[b, t, c], as the i-th reduction says; a thread goes along time with four channels.
 *
 * @param x [B, 1, T, C]; C a multiple of 4
 */
export function pool<T extends Sized>(x: T, reductions: Pool['reductions']): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const code = `
    fn main(index : i32) {
      let b = index / uniforms.channels4;
      let c = index % uniforms.channels4;
      if (b >= uniforms.batch) { return; }
      let first = b * uniforms.steps * uniforms.channels4 + c;
      var sum = vec4<f32>(0.0);
      var most = x[first];
      for (var t = 0; t < uniforms.steps; t++) {
        let y = x[first + t * uniforms.channels4];
        sum += y;
        most = max(most, y);
      }
      let at = b * ${reductions.length} * uniforms.channels4 + c;
      ${reductions.map((reduction, i) => `result[at + ${i} * uniforms.channels4] = ${RESULTS[reduction]};`).join('\n')}
    }`;
  return {
    key: `EcgPool_${reductions.join('_')}`,
    code,
    reads: [['x', x, 4]],
    output: [batch, reductions.length * channels],
    outputComponents: 4,
    sums: null,
    uniforms: { batch, steps, channels4: channels / 4 },
    workgroups: Math.ceil((batch * (channels / 4)) / THREADS),
    workgroupSize: THREADS,
    operations: 2 * batch * steps * channels,
  };
}
