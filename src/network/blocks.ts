import type { EfficientNetArchitecture } from '../ecg';

/** One MBConv block after the width and depth multipliers. */
export interface Block {
  readonly inputs: number;
  readonly middle: number;
  readonly outputs: number;
  readonly squeezed: number;
  readonly kernel: number;
  readonly stride: number;
}

/** EfficientNet's rounding (Tan & Le 2019): to the nearest multiple of the divisor, never under 90 % of what was asked. */
export function roundFilters(filters: number, width: number, divisor: number): number {
  const asked = filters * width;
  const rounded = Math.max(divisor, Math.floor((asked + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * asked ? rounded + divisor : rounded;
}

/** The stage table, unrolled. The first block of a stage carries its stride and its change of width. */
export function blockWidths(architecture: EfficientNetArchitecture): Block[] {
  const { width, depth, divisor, squeezeRatio } = architecture;
  let inputs = roundFilters(architecture.stem.filters, width, divisor);
  return architecture.stages.flatMap((stage) => {
    const outputs = roundFilters(stage.filters, width, divisor);
    return Array.from({ length: Math.ceil(stage.repeats * depth) }, (_, repeat) => {
      const block = {
        inputs,
        middle: inputs * stage.expand,
        outputs,
        squeezed: Math.max(1, Math.floor(inputs * squeezeRatio)),
        kernel: stage.kernel,
        stride: repeat === 0 ? stage.stride : 1,
      };
      inputs = outputs;
      return block;
    });
  });
}
