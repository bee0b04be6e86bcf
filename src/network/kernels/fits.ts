import type { Operation } from '../graph';

/** What a workgroup can hold of a squeeze-excite's means. */
const MOST_SQUEEZED = 2048;

/** Whether the widths of an operation fit our WebGPU kernels, which go by vectors of four; what does not runs in tfjs's own. */
export function fitsVectors(op: Operation): boolean {
  const four = (width = 0) => width % 4 === 0;
  switch (op.kind) {
    case 'pointwise':
      return op.kernel.shape.slice(-2).every(four);
    case 'convolution':
    case 'depthwise':
      return four(op.bias.shape[0]);
    case 'squeezeExcite':
      return four(op.excite.bias.shape[0]) && (op.excite.bias.shape[0] ?? 0) <= MOST_SQUEEZED;
    default:
      // What pools, upsamples or asks takes the widths of these as they come; the rest goes by single numbers.
      return true;
  }
}
