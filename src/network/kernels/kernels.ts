/** What `assembly/kernels.ts` exports, with its documentation: addresses in bytes, counts, flags 0 or 1. */
export interface Kernels {
  multiply(
    a: number,
    step: number,
    gate: number,
    scratch: number,
    panels: number,
    bias: number,
    out: number,
    rows: number,
    depth: number,
    width: number,
    swish: number,
    residual: number,
  ): void;
  pad(x: number, to: number, side: number, bytes: number): void;
  missing(mask: number, constant: number, bias: number, out: number, channels: number, width: number): void;
  depthwise(
    x: number,
    w: number,
    bias: number,
    out: number,
    steps: number,
    channels: number,
    kernel: number,
    stride: number,
    swish: number,
  ): void;
  reduceTime(x: number, out: number, steps: number, channels: number, mean: number): void;
  squeezeExcite(
    x: number,
    k1: number,
    b1: number,
    k2: number,
    b2: number,
    gate: number,
    scratch: number,
    steps: number,
    channels: number,
    squeezed: number,
  ): void;
  upsample(x: number, skip: number, out: number, steps: number, channels: number): void;
  place(from: number, to: number, rows: number, bytes: number, step: number): void;
  knownOr(age: number, token: number, unknown: number, rows: number, width: number): void;
  attend(
    query: number,
    keys: number,
    values: number,
    out: number,
    scratch: number,
    asking: number,
    steps: number,
    heads: number,
    width: number,
  ): void;
  normalise(x: number, scale: number, offset: number, epsilon: number, rows: number, width: number): void;
}
