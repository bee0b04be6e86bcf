import type { Operation, Weight } from './graph';
import { operationWeights } from './weights';

/** What one pass of a list of operations takes. */
export interface Cost {
  /** Numbers in all weights. */
  readonly parameters: number;
  /** Multiply-accumulates, counted as if every operation but a step down kept the rate: never under what is done. */
  readonly macs: number;
  /** Numbers in the largest sequence that an operation leaves. */
  readonly largest: number;
}

/**
 * Counts before anything is allocated, so that a description of any size is refused for nothing.
 *
 * @param steps samples of one pass
 */
export function costOf(operations: readonly Operation[], steps: number): Cost {
  const lengths = new Map<string, number>();
  let [parameters, macs, largest] = [0, 0, 0];
  for (const operation of operations) {
    const before = lengths.get('input' in operation ? operation.input : '') ?? steps;
    const length = lengthAfter(operation, before, lengths);
    lengths.set(operation.output, length);
    const weights = operationWeights(operation).map(count);
    const own = weights.reduce((sum, numbers) => sum + numbers, 0);
    parameters += own;
    macs += own * length;
    const width = 'bias' in operation ? (operation.bias.shape.at(-1) ?? 1) : 1;
    largest = Math.max(largest, width * length, ...weights);
  }
  return { parameters, macs, largest };
}

function lengthAfter(operation: Operation, before: number, lengths: ReadonlyMap<string, number>): number {
  switch (operation.kind) {
    case 'convolution':
    case 'depthwise':
      return Math.ceil(before / operation.stride);
    case 'pointwise':
      return before;
    case 'upsample':
      return lengths.get(operation.skip) ?? 2 * before;
    default:
      return 1;
  }
}

const count = ({ shape }: Weight) => shape.reduce((product, size) => product * size, 1);
