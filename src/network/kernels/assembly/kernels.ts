// AssemblyScript, compiled by `npm run kernels` to ../kernels.wasm: fused operations of the network on tfjs's own memory.
// Every argument is an address or a count; all numbers are float32, sequences time-major [T, C]. Relaxed SIMD's fused multiply-add
// is what makes them faster than tfjs's own (XNNPACK, strict SIMD). The callers in ../wasm.ts check every shape first.

/** e^x in four lanes, relative error about 2e-7: range reduction by ln 2 and a polynomial of degree 5 (Cephes expf, Moshier 1989). */
// @ts-expect-error: decorator
@inline
function exp4(exponent: v128): v128 {
  let x = f32x4.max(f32x4.min(exponent, f32x4.splat(88)), f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.4426950408889634)));
  x = f32x4.relaxed_madd(n, f32x4.splat(-0.693359375), x);
  x = f32x4.relaxed_madd(n, f32x4.splat(2.12194440e-4), x);
  let y = f32x4.relaxed_madd(f32x4.splat(1.9875691500e-4), x, f32x4.splat(1.3981999507e-3));
  y = f32x4.relaxed_madd(y, x, f32x4.splat(8.3334519073e-3));
  y = f32x4.relaxed_madd(y, x, f32x4.splat(4.1665795894e-2));
  y = f32x4.relaxed_madd(y, x, f32x4.splat(1.6666665459e-1));
  y = f32x4.relaxed_madd(y, x, f32x4.splat(5.0000001201e-1));
  y = f32x4.add(f32x4.relaxed_madd(y, f32x4.mul(x, x), x), f32x4.splat(1));
  return f32x4.mul(y, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

/** x · sigmoid(x), or x as it is. */
// @ts-expect-error: decorator
@inline
function activate(x: v128, swish: i32): v128 {
  if (!swish) return x;
  return f32x4.div(x, f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}

/** One row of 8 outputs: activation, residual, store. */
// @ts-expect-error: decorator
@inline
function finish(out: usize, c0: v128, c1: v128, swish: i32, residual: usize): void {
  let y0 = activate(c0, swish);
  let y1 = activate(c1, swish);
  if (residual) {
    y0 = f32x4.add(y0, v128.load(residual));
    y1 = f32x4.add(y1, v128.load(residual, 16));
  }
  v128.store(out, y0);
  v128.store(out, y1, 16);
}

/** Six rows by eight columns: twelve accumulators, as many as sixteen vector registers allow beside the operands. */
// @ts-expect-error: decorator
@inline
function tile6(a: usize, step: usize, panel: usize, depth: i32, bias: usize, out: usize, row: usize, swish: i32, residual: usize): void {
  let c00 = v128.load(bias);
  let c01 = v128.load(bias, 16);
  let c10 = c00;
  let c11 = c01;
  let c20 = c00;
  let c21 = c01;
  let c30 = c00;
  let c31 = c01;
  let c40 = c00;
  let c41 = c01;
  let c50 = c00;
  let c51 = c01;
  let a0 = a;
  let a1 = a + step;
  let a2 = a1 + step;
  let a3 = a2 + step;
  let a4 = a3 + step;
  let a5 = a4 + step;
  const end = panel + ((<usize>depth) << 5);
  for (let b = panel; b < end; b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = f32x4.relaxed_madd(x, b0, c00);
    c01 = f32x4.relaxed_madd(x, b1, c01);
    x = v128.load32_splat(a1);
    c10 = f32x4.relaxed_madd(x, b0, c10);
    c11 = f32x4.relaxed_madd(x, b1, c11);
    x = v128.load32_splat(a2);
    c20 = f32x4.relaxed_madd(x, b0, c20);
    c21 = f32x4.relaxed_madd(x, b1, c21);
    x = v128.load32_splat(a3);
    c30 = f32x4.relaxed_madd(x, b0, c30);
    c31 = f32x4.relaxed_madd(x, b1, c31);
    x = v128.load32_splat(a4);
    c40 = f32x4.relaxed_madd(x, b0, c40);
    c41 = f32x4.relaxed_madd(x, b1, c41);
    x = v128.load32_splat(a5);
    c50 = f32x4.relaxed_madd(x, b0, c50);
    c51 = f32x4.relaxed_madd(x, b1, c51);
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    a4 += 4;
    a5 += 4;
  }
  finish(out, c00, c01, swish, residual);
  finish(out + row, c10, c11, swish, residual ? residual + row : 0);
  finish(out + 2 * row, c20, c21, swish, residual ? residual + 2 * row : 0);
  finish(out + 3 * row, c30, c31, swish, residual ? residual + 3 * row : 0);
  finish(out + 4 * row, c40, c41, swish, residual ? residual + 4 * row : 0);
  finish(out + 5 * row, c50, c51, swish, residual ? residual + 5 * row : 0);
}

/** The rows that are left over after sixes. */
// @ts-expect-error: decorator
@inline
function tile1(a: usize, panel: usize, depth: i32, bias: usize, out: usize, swish: i32, residual: usize): void {
  let c0 = v128.load(bias);
  let c1 = v128.load(bias, 16);
  const end = panel + ((<usize>depth) << 5);
  for (let b = panel; b < end; b += 32) {
    const x = v128.load32_splat(a);
    c0 = f32x4.relaxed_madd(x, v128.load(b), c0);
    c1 = f32x4.relaxed_madd(x, v128.load(b, 16), c1);
    a += 4;
  }
  finish(out, c0, c1, swish, residual);
}

/** A matrix [depth, width] laid out in panels of eight columns [width / 8, depth, 8], each row times its gate (0: no gate). Width % 8 = 0. */
export function pack(from: usize, to: usize, gate: usize, depth: i32, width: i32): void {
  const row = (<usize>width) << 2;
  for (let column: usize = 0; column < row; column += 32) {
    let source = from + column;
    for (let k = 0; k < depth; k++) {
      let b0 = v128.load(source);
      let b1 = v128.load(source, 16);
      if (gate) {
        const g = v128.load32_splat(gate + ((<usize>k) << 2));
        b0 = f32x4.mul(b0, g);
        b1 = f32x4.mul(b1, g);
      }
      v128.store(to, b0);
      v128.store(to, b1, 16);
      source += row;
      to += 32;
    }
  }
}

/**
 * out [rows, width] = activation(a · panels + bias) + residual. Rows of `a` begin `step` bytes apart, so that a strided convolution over
 * padded input is a product too: its windows overlap.
 */
export function multiply(a: usize, step: usize, panels: usize, bias: usize, out: usize, rows: i32, depth: i32, width: i32, swish: i32, residual: usize): void {
  const row = (<usize>width) << 2;
  const panel = (<usize>depth) << 5;
  let m = 0;
  for (; m + 6 <= rows; m += 6) {
    const at = (<usize>m) * row;
    const from = a + (<usize>m) * step;
    let b = panels;
    for (let column: usize = 0; column < row; column += 32) {
      tile6(from, step, b, depth, bias + column, out + at + column, row, swish, residual ? residual + at + column : 0);
      b += panel;
    }
  }
  for (; m < rows; m++) {
    const at = (<usize>m) * row;
    const from = a + (<usize>m) * step;
    let b = panels;
    for (let column: usize = 0; column < row; column += 32) {
      tile1(from, b, depth, bias + column, out + at + column, swish, residual ? residual + at + column : 0);
      b += panel;
    }
  }
}

/** One output step of a depthwise convolution whose window may hang over either end. */
// @ts-expect-error: decorator
@inline
function depthwise1(x: usize, w: usize, bias: usize, out: usize, first: i32, steps: i32, row: usize, kernel: i32, swish: i32): void {
  const from = first < 0 ? -first : 0;
  const to = first + kernel > steps ? steps - first : kernel;
  for (let c: usize = 0; c < row; c += 16) {
    let sum = v128.load(bias + c);
    for (let j = from; j < to; j++) {
      const at = x + <usize>(first + j) * row + c;
      sum = f32x4.relaxed_madd(v128.load(at), v128.load(w + (<usize>j) * row + c), sum);
    }
    v128.store(out + c, activate(sum, swish));
  }
}

/** Depthwise convolution, "symmetric same": x [steps, channels], w [kernel, channels] → out [ceil(steps / stride), channels]. Channels % 4 = 0. */
export function depthwise(x: usize, w: usize, bias: usize, out: usize, steps: i32, channels: i32, kernel: i32, stride: i32, swish: i32): void {
  const row = (<usize>channels) << 2;
  const side = (kernel - 1) >> 1;
  const count = (steps + stride - 1) / stride;
  const hop = (<usize>stride) * row;
  let t = 0;
  while (t < count) {
    const first = t * stride - side;
    if (first < 0 || t + 4 > count || first + 3 * stride + kernel > steps) {
      depthwise1(x, w, bias, out, first, steps, row, kernel, swish);
      out += row;
      t++;
      continue;
    }
    // Four steps at a time share each weight that is loaded.
    const window = x + (<usize>first) * row;
    for (let c: usize = 0; c < row; c += 16) {
      let s0 = v128.load(bias + c);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let at = window + c;
      let tap = w + c;
      for (let j = 0; j < kernel; j++) {
        const weight = v128.load(tap);
        s0 = f32x4.relaxed_madd(v128.load(at), weight, s0);
        s1 = f32x4.relaxed_madd(v128.load(at + hop), weight, s1);
        s2 = f32x4.relaxed_madd(v128.load(at + 2 * hop), weight, s2);
        s3 = f32x4.relaxed_madd(v128.load(at + 3 * hop), weight, s3);
        at += row;
        tap += row;
      }
      v128.store(out + c, activate(s0, swish));
      v128.store(out + row + c, activate(s1, swish));
      v128.store(out + 2 * row + c, activate(s2, swish));
      v128.store(out + 3 * row + c, activate(s3, swish));
    }
    out += 4 * row;
    t += 4;
  }
}

/** Sums over time: x [steps, channels] → out [channels]. Channels % 4 = 0. */
// @ts-expect-error: decorator
@inline
function timeSums(x: usize, out: usize, steps: i32, row: usize): void {
  memory.fill(out, 0, row);
  for (let t = 0; t < steps; t++) {
    for (let c: usize = 0; c < row; c += 16) v128.store(out + c, f32x4.add(v128.load(out + c), v128.load(x + c)));
    x += row;
  }
}

/**
 * gate [channels] = sigmoid(swish(mean over time · k1 + b1) · k2 + b2) (Hu et al. 2018): k1 [channels, squeezed], k2 [squeezed, channels].
 * `scratch` holds channels + squeezed numbers. Channels % 4 = 0.
 */
export function squeezeExcite(x: usize, k1: usize, b1: usize, k2: usize, b2: usize, gate: usize, scratch: usize, steps: i32, channels: i32, squeezed: i32): void {
  const row = (<usize>channels) << 2;
  timeSums(x, scratch, steps, row);
  const hidden = scratch + row;
  const share: f32 = 1 / <f32>steps;
  for (let j = 0; j < squeezed; j++) {
    let sum: f32 = 0;
    let weight = k1 + ((<usize>j) << 2);
    for (let c: usize = 0; c < row; c += 4) {
      sum += load<f32>(scratch + c) * load<f32>(weight);
      weight += (<usize>squeezed) << 2;
    }
    const h = f32x4.splat(sum * share + load<f32>(b1 + ((<usize>j) << 2)));
    store<f32>(hidden + ((<usize>j) << 2), f32x4.extract_lane(activate(h, 1), 0));
  }
  for (let c: usize = 0; c < row; c += 16) {
    let sum = v128.load(b2 + c);
    for (let j = 0; j < squeezed; j++) {
      sum = f32x4.relaxed_madd(v128.load32_splat(hidden + ((<usize>j) << 2)), v128.load(k2 + (<usize>j) * row + c), sum);
    }
    v128.store(gate + c, f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(sum)))));
  }
}
