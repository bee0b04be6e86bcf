import { describe, expect, test } from 'vitest';
import { blockWidths, roundFilters } from './blocks';
import { buildGraph } from './build';
import { operationInputs } from './executor';
import type { Operation } from './graph';
import { TINY, TINY_UNET, TINY_WAVES, tinyCard } from './testing/tiny';
import { buildUNet, reach, rowMultiple } from './unet';
import { cardOperations, weightShapes } from './weights';

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
    const shapes = weightShapes(cardOperations(tinyCard()));
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
    expectInOrder([...encoder, ...fusion], ['ecg', 'mask', 'age', 'sex']);
  });

  test('takes wave features as a third token where its architecture names them', () => {
    const shapes = weightShapes(cardOperations({ ...tinyCard(), architecture: TINY_WAVES }));
    expect(shapes.get('waves.hidden.kernel')).toEqual([2 * 3, 5]);
    expect(shapes.get('waves.out.kernel')).toEqual([5, 8]);
    expect(shapes.get('logits.kernel')).toEqual([2 * 24 + 3 * 8, 3]);
    expect(weightShapes(cardOperations(tinyCard())).has('waves.out.kernel')).toBe(false);
  });
});

describe('the tiny U-Net', () => {
  const operations = buildUNet(TINY_UNET);

  test('names its weights as the training does, in the order of the operations', () => {
    const shapes = weightShapes(operations);
    expect([...shapes.keys()].filter((name) => name.endsWith('kernel'))).toEqual(
      [
        'stem',
        ...['down1', 'encode1.0', 'down2', 'encode2.0', 'encode2.1'].flatMap(separableParts),
        'up1',
        ...['decode1.0', 'decode1.1'].flatMap(separableParts),
        'up0',
        ...separableParts('decode0.0'),
        'logits',
      ].map((name) => `${name}.kernel`),
    );
    expect(shapes.get('stem.kernel')).toEqual([7, 3, 5]);
    expect(shapes.get('down1.depthwise.kernel')).toEqual([5, 5]);
    expect(shapes.get('down1.pointwise.kernel')).toEqual([1, 5, 6]);
    expect(shapes.get('up0.kernel')).toEqual([1, 6, 5]);
    expect(shapes.get('logits.kernel')).toEqual([3, 5, 4]);
  });

  test('computes every value before it is read', () => expectInOrder(operations, ['rows']));

  test('adds the input back only where stride and width allow it', () => {
    const down = operations.find(({ output }) => output === 'down2');
    const block = operations.find(({ output }) => output === 'encode2.0');
    expect(down).toMatchObject({ kind: 'pointwise', residual: null });
    expect(block).toMatchObject({ kind: 'pointwise', residual: 'down2' });
  });

  test('says how long its rows are and how far it sees', () => {
    expect(rowMultiple(TINY_UNET)).toBe(4);
    expect(reach(TINY_UNET)).toBe(3 + 1 + 4 + (2 + 1 + 3 * 4) + (2 + 2 + 2 * 4));
  });
});

const separableParts = (name: string) => [`${name}.depthwise`, `${name}.pointwise`];

function expectInOrder(operations: readonly Operation[], inputs: readonly string[]): void {
  const known = new Set(inputs);
  for (const operation of operations) {
    for (const name of operationInputs(operation)) expect(known).toContain(name);
    known.add(operation.output);
  }
}
