import { type Dispatch, type Sized, sizes, THREADS } from './program';

/**
 * out[t, c] = x[⌊t / 2⌋, c] + skip[t, c]: each step twice, plus the skip connection; a thread computes four numbers.
 *
 * @param x [B, 1, T, C]; @param skip [B, 1, 2T, C]; C a multiple of 4
 */
export function upsample<T extends Sized>(x: T, skip: T): Dispatch<T> {
  const { batch, steps, channels } = sizes(x);
  const code = `
    fn main(index : i32) {
      let c = index % uniforms.channels4;
      let step = index / uniforms.channels4;
      // Pairs of steps do not care where a member of the batch ends.
      if (step >= uniforms.count) { return; }
      result[index] = x[(step / 2) * uniforms.channels4 + c] + skip[index];
    }`;
  return {
    key: 'EcgUpsample',
    code,
    reads: [
      ['x', x, 4],
      ['skip', skip, 4],
    ],
    output: [batch, 1, 2 * steps, channels],
    outputComponents: 4,
    sums: null,
    uniforms: { count: 2 * batch * steps, channels4: channels / 4 },
    workgroups: Math.ceil((2 * batch * steps * (channels / 4)) / THREADS),
    workgroupSize: THREADS,
    operations: 2 * batch * steps * channels,
  };
}
