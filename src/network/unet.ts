import type { Level, UNetArchitecture } from '../ecg';
import { affine, perTime } from './build';
import type { Operation } from './graph';

/** A separable convolution: each channel over time, then all channels at each time with swish; plus its input where it has one of that shape. */
function separable(name: string, input: string, inputs: number, level: Level, stride: 1 | 2): Operation[] {
  const { kernel, filters } = level;
  return [
    {
      kind: 'depthwise',
      input,
      output: `${name}.depthwise`,
      ...affine(`${name}.depthwise`, kernel, inputs),
      stride,
      activation: 'none',
    },
    {
      ...perTime(name, `${name}.depthwise`, affine(`${name}.pointwise`, 1, inputs, filters), 'swish'),
      residual: stride === 1 && inputs === filters ? input : null,
    },
  ];
}

/** Blocks that keep rate and width, one after another. */
function blocks(prefix: string, input: string, count: number, level: Level): Operation[] {
  return Array.from({ length: count }, (_, i) =>
    separable(`${prefix}.${i}`, i === 0 ? input : `${prefix}.${i - 1}`, level.filters, level, 1),
  ).flat();
}

/** What a list of operations ends with. */
const last = (operations: readonly Operation[], otherwise: string) => operations.at(-1)?.output ?? otherwise;

/**
 * A 1-D U-Net (Ronneberger et al. 2015) whose skips are added, as in feature pyramids (Lin et al. 2017):
 * `rows` [B, T, channels] → `logits` [B, T, classes]. T is a multiple of {@link rowMultiple}.
 */
export function buildUNet({ stem, levels, channels, classes, head }: UNetArchitecture): readonly Operation[] {
  const operations: Operation[] = [
    {
      kind: 'convolution',
      input: 'rows',
      output: 'stem',
      ...affine('stem', stem.kernel, channels.length, stem.filters),
      missing: null,
      stride: 1,
      activation: 'swish',
    },
  ];
  let width = stem.filters;
  const skips = levels.map((level, i) => {
    if (i > 0) operations.push(...separable(`down${i}`, last(operations, 'stem'), width, level, 2));
    operations.push(...blocks(`encode${i}`, last(operations, 'stem'), level.encoder, level));
    width = level.filters;
    return last(operations, 'stem');
  });
  for (const [i, level] of [...levels.entries()].slice(0, -1).reverse()) {
    operations.push(
      perTime(`up${i}.narrow`, last(operations, 'stem'), affine(`up${i}`, 1, width, level.filters), 'none'),
      { kind: 'upsample', input: `up${i}.narrow`, skip: skips[i] ?? 'stem', output: `up${i}` },
      ...blocks(`decode${i}`, `up${i}`, level.decoder, level),
    );
    width = level.filters;
  }
  operations.push({
    kind: 'convolution',
    input: last(operations, 'stem'),
    output: 'logits',
    ...affine('logits', head.kernel, width, classes.length),
    missing: null,
    stride: 1,
    activation: 'none',
  });
  return operations;
}

/** A row's length is a multiple of this many samples. */
export function rowMultiple({ levels }: UNetArchitecture): number {
  return 2 ** (levels.length - 1);
}

/** How many samples to either side a sample's logits depend on, at most. */
export function reach({ stem, levels, head }: UNetArchitecture): number {
  const side = (kernel: number) => (kernel - 1) / 2;
  const ofLevels = levels.map(({ kernel, encoder, decoder }, i) => {
    // Downsampling looks at the level above; repeating a step reaches as far as the step is long.
    const down = i === 0 ? 0 : side(kernel) * 2 ** (i - 1) + 2 ** (i - 1);
    return down + (encoder + decoder) * side(kernel) * 2 ** i;
  });
  return ofLevels.reduce((sum, samples) => sum + samples, side(stem.kernel) + side(head.kernel));
}
