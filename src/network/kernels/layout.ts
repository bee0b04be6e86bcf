import { weightOf } from '../executor';
import type { Operation } from '../graph';
import { operationWeights, type Weights } from '../weights';

/** Columns of a panel: two vectors of four. */
const COLUMNS = 8;

/** The weights of an operation as our WASM kernels read them: the same numbers, kernels of products in panels, what squeezes transposed. */
export function layOut(operation: Operation, weights: Weights): (readonly [name: string, numbers: Float32Array])[] {
  return operationWeights(operation).map(({ name, shape }) => {
    const numbers = weightOf(weights, name);
    const width = shape.at(-1) ?? 1;
    const rows = numbers.length / width;
    if (operation.kind === 'squeezeExcite') {
      return [name, name === operation.squeeze.kernel.name ? transposed(numbers, rows, width) : numbers];
    }
    const constant =
      operation.kind === 'depthwise' || (operation.kind === 'convolution' && name === operation.missing?.constant.name);
    return [name, constant || shape.length === 1 ? numbers : panels(numbers, rows, width)];
  });
}

/** [depth, width] → [⌈width / 8⌉, depth, 8], zeros beyond the width. */
function panels(numbers: Float32Array, depth: number, width: number): Float32Array {
  const out = new Float32Array(Math.ceil(width / COLUMNS) * depth * COLUMNS);
  for (let first = 0; first < width; first += COLUMNS) {
    const columns = Math.min(COLUMNS, width - first);
    for (let k = 0; k < depth; k++) {
      const from = k * width + first;
      const to = first * depth + k * COLUMNS;
      for (let j = 0; j < columns; j++) out[to + j] = numbers[from + j] ?? 0;
    }
  }
  return out;
}

function transposed(numbers: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(numbers.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) out[column * rows + row] = numbers[row * columns + column] ?? 0;
  }
  return out;
}
