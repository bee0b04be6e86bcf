import { describe, expect, test } from 'vitest';
import { blockWidths, roundFilters } from './blocks';
import { buildGraph } from './build';
import { TINY } from './testing/tiny';
import { weightShapes } from './weights';

test("filters round as in EfficientNet's own code: to the divisor, never under 90 %", () => {
  expect([32, 16, 24, 40, 80, 112, 192, 320].map((filters) => roundFilters(filters, 1.1, 8))).toEqual([
    32, 16, 24, 48, 88, 120, 208, 352,
  ]);
  expect(roundFilters(4, 0.5, 8)).toBe(8);
});

describe('the tiny architecture', () => {
  test('unrolls into its blocks', () => {
    expect(blockWidths(TINY)).toEqual([
      { inputs: 8, middle: 8, outputs: 8, squeezed: 2, kernel: 3, stride: 1 },
      { inputs: 8, middle: 32, outputs: 12, squeezed: 2, kernel: 5, stride: 2 },
      { inputs: 12, middle: 48, outputs: 12, squeezed: 3, kernel: 5, stride: 1 },
    ]);
    expect(blockWidths({ ...TINY, depth: 1.1 })).toHaveLength(5);
  });

  test('names every weight once, in the order of the operations', () => {
    const shapes = weightShapes(TINY, 12, 3);
    const names = [...shapes.keys()];
    expect(names.slice(0, 5)).toEqual([
      'stem.kernel',
      'stem.bias',
      'stem.mask',
      'b0.depthwise.kernel',
      'b0.depthwise.bias',
    ]);
    expect(names.slice(-2)).toEqual(['logits.kernel', 'logits.bias']);
    expect(shapes.get('stem.kernel')).toEqual([7, 12, 8]);
    expect(shapes.get('b1.expand.kernel')).toEqual([1, 8, 32]);
    expect(shapes.get('b1.depthwise.kernel')).toEqual([5, 32]);
    expect(shapes.get('logits.kernel')).toEqual([2 * 24 + 2 * 8, 3]);
    expect(shapes.has('b0.expand.kernel')).toBe(false);
  });

  test('adds the input back only where stride and width allow it', () => {
    const residuals = buildGraph(TINY, 12, 3).encoder.flatMap((op) =>
      op.kind === 'pointwise' && op.gate !== null ? [op.residual] : [],
    );
    expect(residuals).toEqual(['stem', null, 'b1']);
  });

  test('computes every value before it is read', () => {
    const { encoder, fusion } = buildGraph(TINY, 12, 3);
    const known = new Set(['ecg', 'mask', 'age', 'sex']);
    for (const op of [...encoder, ...fusion]) {
      for (const [key, value] of Object.entries(op)) {
        const reads = ['input', 'mask', 'gate', 'residual', 'keys', 'values'].includes(key) ? [value] : [];
        const lists = ['inputs', 'tokens'].includes(key) ? value : [];
        for (const name of [...reads, ...lists]) if (name !== null) expect(known).toContain(name);
      }
      known.add(op.output);
    }
  });
});
