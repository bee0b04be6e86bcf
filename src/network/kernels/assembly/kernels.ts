// AssemblyScript, compiled by `npm run kernels` to ../kernels.wasm: the operations of the networks. Every argument is an address or a count;
// all numbers are float32, sequences time-major [T, C], rows one after another. Relaxed SIMD's fused multiply-add and the fusion are what
// makes them fast. ../program.ts checks every shape; it leaves room behind the last row, as vectors may reach over its end.

/**
 * e^x + more in four lanes, relative error about 2e-7: range reduction by ln 2 and a polynomial of degree 6 (Cephes expf, Moshier 1989). A number
 * of 1.5 · 2²³ and more has no bits behind the point, so adding it rounds to a whole number, which is found in the lowest bits and shifted into the
 * exponent's place. pmin and pmax, one instruction each, leave a NaN of their first operand a NaN.
 */
// @ts-expect-error: decorator
@inline
function exp4(exponent: v128, more: f32): v128 {
  const x = f32x4.pmax(f32x4.pmin(exponent, f32x4.splat(88)), f32x4.splat(-87));
  const shifted = f32x4.relaxed_madd(x, f32x4.splat(1.4426950408889634), f32x4.splat(12583039));
  const n = f32x4.sub(shifted, f32x4.splat(12583039));
  let r = f32x4.relaxed_madd(n, f32x4.splat(-0.693359375), x);
  r = f32x4.relaxed_madd(n, f32x4.splat(2.12194440e-4), r);
  let y = f32x4.relaxed_madd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  y = f32x4.relaxed_madd(y, r, f32x4.splat(8.3334519073e-3));
  y = f32x4.relaxed_madd(y, r, f32x4.splat(4.1665795894e-2));
  y = f32x4.relaxed_madd(y, r, f32x4.splat(1.6666665459e-1));
  y = f32x4.relaxed_madd(y, r, f32x4.splat(5.0000001201e-1));
  y = f32x4.relaxed_madd(y, r, f32x4.splat(1));
  y = f32x4.relaxed_madd(y, r, f32x4.splat(1));
  return f32x4.relaxed_madd(y, i32x4.shl(shifted, 23), f32x4.splat(more));
}

/** x · sigmoid(x). */
// @ts-expect-error: decorator
@inline
function swish4(x: v128): v128 {
  return f32x4.div(x, exp4(f32x4.neg(x), 1));
}

/**
 * x · sigmoid(x) + residual (0: none) in place, `bytes` of it: a pass by itself over what was just left in the cache, for its constants stay in
 * registers, which the tiles of a product need for sums.
 */
function swishAll(x: usize, residual: usize, bytes: usize): void {
  const end = x + bytes;
  const whole = x + (bytes & ~31);
  if (residual) {
    for (; x < end; x += 16, residual += 16) storePart(x, f32x4.add(swish4(v128.load(x)), v128.load(residual)), end - x);
    return;
  }
  for (; x < whole; x += 32) {
    const y0 = swish4(v128.load(x));
    const y1 = swish4(v128.load(x, 16));
    v128.store(x, y0);
    v128.store(x, y1, 16);
  }
  for (; x < end; x += 16) storePart(x, swish4(v128.load(x)), end - x);
}

/** The first `bytes` of a vector: all 16, or fewer at the end of a row. */
// @ts-expect-error: decorator
@inline
function storePart(to: usize, x: v128, bytes: usize): void {
  if (bytes >= 16) {
    v128.store(to, x);
    return;
  }
  store<f32>(to, f32x4.extract_lane(x, 0));
  if (bytes > 4) store<f32>(to, f32x4.extract_lane(x, 1), 4);
  if (bytes > 8) store<f32>(to, f32x4.extract_lane(x, 2), 8);
}

/** One row of a panel's 8 outputs (`bytes` of them, at the matrix's edge): residual, store. */
// @ts-expect-error: decorator
@inline
function finish(out: usize, c0: v128, c1: v128, residual: usize, bytes: usize): void {
  let y0 = c0;
  let y1 = c1;
  if (residual) {
    y0 = f32x4.add(y0, v128.load(residual));
    y1 = f32x4.add(y1, v128.load(residual, 16));
  }
  if (bytes >= 32) {
    v128.store(out, y0);
    v128.store(out, y1, 16);
  } else {
    storePart(out, y0, bytes);
    if (bytes > 16) storePart(out + 16, y1, bytes - 16);
  }
}

/** Six rows by eight columns: twelve accumulators, as many as sixteen vector registers allow beside the operands; four steps of depth a turn. */
// @ts-expect-error: decorator
@inline
function tile6(a: usize, step: usize, panel: usize, depth: i32, bias: usize, out: usize, row: usize, residual: usize, bytes: usize): void {
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
  let a1 = a0 + step;
  let a2 = a1 + step;
  let a3 = a2 + step;
  let a4 = a3 + step;
  let a5 = a4 + step;
  let x: v128;
  let b0: v128;
  let b1: v128;
  let b = panel;
  const end = panel + ((<usize>depth) << 5);
  const turns = panel + ((<usize>(depth & ~3)) << 5);
  while (b < turns) {
    b0 = v128.load(b, 0);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a0, 0);
    c00 = f32x4.relaxed_madd(x, b0, c00);
    c01 = f32x4.relaxed_madd(x, b1, c01);
    x = v128.load32_splat(a1, 0);
    c10 = f32x4.relaxed_madd(x, b0, c10);
    c11 = f32x4.relaxed_madd(x, b1, c11);
    x = v128.load32_splat(a2, 0);
    c20 = f32x4.relaxed_madd(x, b0, c20);
    c21 = f32x4.relaxed_madd(x, b1, c21);
    x = v128.load32_splat(a3, 0);
    c30 = f32x4.relaxed_madd(x, b0, c30);
    c31 = f32x4.relaxed_madd(x, b1, c31);
    x = v128.load32_splat(a4, 0);
    c40 = f32x4.relaxed_madd(x, b0, c40);
    c41 = f32x4.relaxed_madd(x, b1, c41);
    x = v128.load32_splat(a5, 0);
    c50 = f32x4.relaxed_madd(x, b0, c50);
    c51 = f32x4.relaxed_madd(x, b1, c51);
    b0 = v128.load(b, 32);
    b1 = v128.load(b, 48);
    x = v128.load32_splat(a0, 4);
    c00 = f32x4.relaxed_madd(x, b0, c00);
    c01 = f32x4.relaxed_madd(x, b1, c01);
    x = v128.load32_splat(a1, 4);
    c10 = f32x4.relaxed_madd(x, b0, c10);
    c11 = f32x4.relaxed_madd(x, b1, c11);
    x = v128.load32_splat(a2, 4);
    c20 = f32x4.relaxed_madd(x, b0, c20);
    c21 = f32x4.relaxed_madd(x, b1, c21);
    x = v128.load32_splat(a3, 4);
    c30 = f32x4.relaxed_madd(x, b0, c30);
    c31 = f32x4.relaxed_madd(x, b1, c31);
    x = v128.load32_splat(a4, 4);
    c40 = f32x4.relaxed_madd(x, b0, c40);
    c41 = f32x4.relaxed_madd(x, b1, c41);
    x = v128.load32_splat(a5, 4);
    c50 = f32x4.relaxed_madd(x, b0, c50);
    c51 = f32x4.relaxed_madd(x, b1, c51);
    b0 = v128.load(b, 64);
    b1 = v128.load(b, 80);
    x = v128.load32_splat(a0, 8);
    c00 = f32x4.relaxed_madd(x, b0, c00);
    c01 = f32x4.relaxed_madd(x, b1, c01);
    x = v128.load32_splat(a1, 8);
    c10 = f32x4.relaxed_madd(x, b0, c10);
    c11 = f32x4.relaxed_madd(x, b1, c11);
    x = v128.load32_splat(a2, 8);
    c20 = f32x4.relaxed_madd(x, b0, c20);
    c21 = f32x4.relaxed_madd(x, b1, c21);
    x = v128.load32_splat(a3, 8);
    c30 = f32x4.relaxed_madd(x, b0, c30);
    c31 = f32x4.relaxed_madd(x, b1, c31);
    x = v128.load32_splat(a4, 8);
    c40 = f32x4.relaxed_madd(x, b0, c40);
    c41 = f32x4.relaxed_madd(x, b1, c41);
    x = v128.load32_splat(a5, 8);
    c50 = f32x4.relaxed_madd(x, b0, c50);
    c51 = f32x4.relaxed_madd(x, b1, c51);
    b0 = v128.load(b, 96);
    b1 = v128.load(b, 112);
    x = v128.load32_splat(a0, 12);
    c00 = f32x4.relaxed_madd(x, b0, c00);
    c01 = f32x4.relaxed_madd(x, b1, c01);
    x = v128.load32_splat(a1, 12);
    c10 = f32x4.relaxed_madd(x, b0, c10);
    c11 = f32x4.relaxed_madd(x, b1, c11);
    x = v128.load32_splat(a2, 12);
    c20 = f32x4.relaxed_madd(x, b0, c20);
    c21 = f32x4.relaxed_madd(x, b1, c21);
    x = v128.load32_splat(a3, 12);
    c30 = f32x4.relaxed_madd(x, b0, c30);
    c31 = f32x4.relaxed_madd(x, b1, c31);
    x = v128.load32_splat(a4, 12);
    c40 = f32x4.relaxed_madd(x, b0, c40);
    c41 = f32x4.relaxed_madd(x, b1, c41);
    x = v128.load32_splat(a5, 12);
    c50 = f32x4.relaxed_madd(x, b0, c50);
    c51 = f32x4.relaxed_madd(x, b1, c51);
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    a4 += 16;
    a5 += 16;
    b += 128;
  }
  while (b < end) {
    b0 = v128.load(b, 0);
    b1 = v128.load(b, 16);
    x = v128.load32_splat(a0, 0);
    c00 = f32x4.relaxed_madd(x, b0, c00);
    c01 = f32x4.relaxed_madd(x, b1, c01);
    x = v128.load32_splat(a1, 0);
    c10 = f32x4.relaxed_madd(x, b0, c10);
    c11 = f32x4.relaxed_madd(x, b1, c11);
    x = v128.load32_splat(a2, 0);
    c20 = f32x4.relaxed_madd(x, b0, c20);
    c21 = f32x4.relaxed_madd(x, b1, c21);
    x = v128.load32_splat(a3, 0);
    c30 = f32x4.relaxed_madd(x, b0, c30);
    c31 = f32x4.relaxed_madd(x, b1, c31);
    x = v128.load32_splat(a4, 0);
    c40 = f32x4.relaxed_madd(x, b0, c40);
    c41 = f32x4.relaxed_madd(x, b1, c41);
    x = v128.load32_splat(a5, 0);
    c50 = f32x4.relaxed_madd(x, b0, c50);
    c51 = f32x4.relaxed_madd(x, b1, c51);
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    a4 += 4;
    a5 += 4;
    b += 32;
  }
  finish(out, c00, c01, residual, bytes);
  finish(out + row, c10, c11, residual ? residual + row : 0, bytes);
  finish(out + 2 * row, c20, c21, residual ? residual + 2 * row : 0, bytes);
  finish(out + 3 * row, c30, c31, residual ? residual + 3 * row : 0, bytes);
  finish(out + 4 * row, c40, c41, residual ? residual + 4 * row : 0, bytes);
  finish(out + 5 * row, c50, c51, residual ? residual + 5 * row : 0, bytes);
}

/** One row, where there are fewer than six in all. */
// @ts-expect-error: decorator
@inline
function tile1(a: usize, panel: usize, depth: i32, bias: usize, out: usize, residual: usize, bytes: usize): void {
  let c0 = v128.load(bias);
  let c1 = v128.load(bias, 16);
  const end = panel + ((<usize>depth) << 5);
  for (let b = panel; b < end; b += 32) {
    const x = v128.load32_splat(a);
    c0 = f32x4.relaxed_madd(x, v128.load(b), c0);
    c1 = f32x4.relaxed_madd(x, v128.load(b, 16), c1);
    a += 4;
  }
  finish(out, c0, c1, residual, bytes);
}

/** Rows [count, depth], `step` bytes apart, each times the gate [depth], side by side. */
// @ts-expect-error: decorator
@inline
function scaleRows(a: usize, step: usize, gate: usize, to: usize, count: i32, depth: i32): void {
  const row = (<usize>depth) << 2;
  for (let m = 0; m < count; m++) {
    // What the last vector writes too far, the next row writes over.
    for (let k: usize = 0; k < row; k += 16) v128.store(to + k, f32x4.mul(v128.load(a + k), v128.load(gate + k)));
    a += step;
    to += row;
  }
}

/** Rows that are multiplied with one panel after another: as many as stay in the cache with it. */
const BLOCK: i32 = 48;

/**
 * out [rows, width] = activation((a · gate) · panels + bias) + residual. `panels` is the kernel in columns of eight [⌈width / 8⌉, depth, 8], 0 beyond
 * its width. Rows of `a` begin `step` bytes apart, so that a strided convolution over padded input is a product too: its windows overlap.
 * With a gate [depth] (0: none), `scratch` holds 54 rows.
 */
export function multiply(a: usize, step: usize, gate: usize, scratch: usize, panels: usize, bias: usize, out: usize, rows: i32, depth: i32, width: i32, swish: i32, residual: usize): void {
  const row = (<usize>width) << 2;
  const panel = (<usize>depth) << 5;
  let count = 0;
  for (let first = 0; first < rows; first += count) {
    // The last block takes what would be too little for a tile of its own.
    count = rows - first < BLOCK + 6 ? rows - first : BLOCK;
    let from = a + (<usize>first) * step;
    let hop = step;
    if (gate) {
      scaleRows(from, step, gate, scratch, count, depth);
      from = scratch;
      hop = (<usize>depth) << 2;
    }
    let b = panels;
    for (let column: usize = 0; column < row; column += 32) {
      const to = out + (<usize>first) * row + column;
      const added = residual && !swish ? residual + (<usize>first) * row + column : 0;
      if (count < 6) {
        for (let m: usize = 0; m < <usize>count; m++) tile1(from + m * hop, b, depth, bias + column, to + m * row, added ? added + m * row : 0, row - column);
      } else {
        for (let m = 0; m < count; m += 6) {
          // The last tile ends with the last row, though it computes some rows again: cheaper than rows by themselves.
          const at = <usize>(m + 6 > count ? count - 6 : m);
          tile6(from + at * hop, hop, b, depth, bias + column, to + at * row, row, added ? added + at * row : 0, row - column);
        }
      }
      b += panel;
    }
    const done = (<usize>first) * row;
    if (swish) swishAll(out + done, residual ? residual + done : 0, (<usize>count) * row);
  }
}

/** x [bytes] between `side` bytes of zeros. */
export function pad(x: usize, to: usize, side: usize, bytes: usize): void {
  memory.fill(to, 0, side);
  memory.copy(to + side, x, bytes);
  memory.fill(to + side + bytes, 0, side);
}

/** out [width] = bias + Σ over channels of (1 − mask) · constant [channels, width]: what the missing leads add. */
export function missing(mask: usize, constant: usize, bias: usize, out: usize, channels: i32, width: i32): void {
  const row = (<usize>width) << 2;
  memory.copy(out, bias, row);
  for (let c = 0; c < channels; c++) {
    const absent: f32 = 1 - load<f32>(mask + ((<usize>c) << 2));
    if (absent == 0) continue;
    for (let n: usize = 0; n < row; n += 4) store<f32>(out + n, load<f32>(out + n) + absent * load<f32>(constant + n + (<usize>c) * row));
  }
}

/** One output step of a depthwise convolution whose window may hang over either end. */
// @ts-expect-error: decorator
@inline
function depthwise1(x: usize, w: usize, bias: usize, out: usize, first: i32, steps: i32, row: usize, kernel: i32): void {
  const from = first < 0 ? -first : 0;
  const to = first + kernel > steps ? steps - first : kernel;
  for (let c: usize = 0; c < row; c += 16) {
    let sum = v128.load(bias + c);
    for (let j = from; j < to; j++) {
      const at = x + <usize>(first + j) * row + c;
      sum = f32x4.relaxed_madd(v128.load(at), v128.load(w + (<usize>j) * row + c), sum);
    }
    storePart(out + c, sum, row - c);
  }
}

/** Depthwise convolution, "symmetric same": x [steps, channels], w [kernel, channels] → out [ceil(steps / stride), channels]. */
export function depthwise(x: usize, w: usize, bias: usize, out: usize, steps: i32, channels: i32, kernel: i32, stride: i32, swish: i32): void {
  const row = (<usize>channels) << 2;
  const side = (kernel - 1) >> 1;
  const count = (steps + stride - 1) / stride;
  const hop = (<usize>stride) * row;
  let t = 0;
  while (t < count) {
    const first = t * stride - side;
    if (first < 0 || t + 4 > count || first + 3 * stride + kernel > steps) {
      depthwise1(x, w, bias, out, first, steps, row, kernel);
      if (swish) swishAll(out, 0, row);
      out += row;
      t++;
      continue;
    }
    // Four steps at a time share each weight that is loaded, and where they are neighbours each step of x too.
    const window = x + (<usize>first) * row;
    for (let c: usize = 0; c < row; c += 16) {
      let s0 = v128.load(bias + c);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let at = window + c;
      let tap = w + c;
      const end = tap + <usize>kernel * row;
      if (stride == 1) {
        let x0 = v128.load(at);
        let x1 = v128.load(at + row);
        let x2 = v128.load(at + 2 * row);
        at += 3 * row;
        for (; tap < end; tap += row) {
          const x3 = v128.load(at);
          const weight = v128.load(tap);
          s0 = f32x4.relaxed_madd(x0, weight, s0);
          s1 = f32x4.relaxed_madd(x1, weight, s1);
          s2 = f32x4.relaxed_madd(x2, weight, s2);
          s3 = f32x4.relaxed_madd(x3, weight, s3);
          x0 = x1;
          x1 = x2;
          x2 = x3;
          at += row;
        }
      } else {
        for (; tap < end; tap += row) {
          const weight = v128.load(tap);
          s0 = f32x4.relaxed_madd(v128.load(at), weight, s0);
          s1 = f32x4.relaxed_madd(v128.load(at + hop), weight, s1);
          s2 = f32x4.relaxed_madd(v128.load(at + 2 * hop), weight, s2);
          s3 = f32x4.relaxed_madd(v128.load(at + 3 * hop), weight, s3);
          at += row;
        }
      }
      storePart(out + c, s0, row - c);
      storePart(out + row + c, s1, row - c);
      storePart(out + 2 * row + c, s2, row - c);
      storePart(out + 3 * row + c, s3, row - c);
    }
    if (swish) swishAll(out, 0, 4 * row);
    out += 4 * row;
    t += 4;
  }
}

/** out [channels] = mean (or maximum) over time of x [steps, channels]. */
export function reduceTime(x: usize, out: usize, steps: i32, channels: i32, mean: i32): void {
  const row = (<usize>channels) << 2;
  const end = x + (<usize>steps) * row;
  const share = f32x4.splat(1 / <f32>steps);
  for (let c: usize = 0; c < row; c += 16) {
    let y = v128.load(x + c);
    for (let at = x + row; at < end; at += row) {
      const next = v128.load(at + c);
      y = mean ? f32x4.add(y, next) : f32x4.pmax(y, next);
    }
    storePart(out + c, mean ? f32x4.mul(y, share) : y, row - c);
  }
}

/**
 * gate [channels] = sigmoid(swish(mean over time · k1 + b1) · k2 + b2) (Hu et al. 2018): k1 [squeezed, channels] (each column a row),
 * k2 [squeezed, channels]. `scratch` holds channels + squeezed numbers.
 */
export function squeezeExcite(x: usize, k1: usize, b1: usize, k2: usize, b2: usize, gate: usize, scratch: usize, steps: i32, channels: i32, squeezed: i32): void {
  const row = (<usize>channels) << 2;
  reduceTime(x, scratch, steps, channels, 1);
  const hidden = scratch + row;
  for (let j: usize = 0; j < <usize>squeezed; j++) store<f32>(hidden + (j << 2), load<f32>(b1 + (j << 2)) + dot(scratch, k1 + j * row, row));
  for (let j: usize = 0; j < <usize>squeezed; j++) {
    const h = f32x4.splat(load<f32>(hidden + (j << 2)));
    store<f32>(hidden + (j << 2), f32x4.extract_lane(swish4(h), 0));
  }
  for (let c: usize = 0; c < row; c += 16) {
    let sum = v128.load(b2 + c);
    for (let j: usize = 0; j < <usize>squeezed; j++) sum = f32x4.relaxed_madd(v128.load32_splat(hidden + (j << 2)), v128.load(k2 + j * row + c), sum);
    storePart(gate + c, f32x4.div(f32x4.splat(1), exp4(f32x4.neg(sum), 1)), row - c);
  }
}

/** Σ a · b over `bytes` of each. */
// @ts-expect-error: decorator
@inline
function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  let c: usize = 0;
  for (; c + 16 <= bytes; c += 16) sum = f32x4.relaxed_madd(v128.load(a + c), v128.load(b + c), sum);
  let total = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
  for (; c < bytes; c += 4) total += load<f32>(a + c) * load<f32>(b + c);
  return total;
}

/** Each step of x [steps, channels] twice, plus skip [2 · steps, channels]. */
export function upsample(x: usize, skip: usize, out: usize, steps: i32, channels: i32): void {
  const row = (<usize>channels) << 2;
  for (let t = 0; t < steps; t++) {
    for (let c: usize = 0; c < row; c += 16) {
      const y = v128.load(x + c);
      storePart(out + c, f32x4.add(y, v128.load(skip + c)), row - c);
      storePart(out + row + c, f32x4.add(y, v128.load(skip + row + c)), row - c);
    }
    x += row;
    skip += 2 * row;
    out += 2 * row;
  }
}

/** Rows of `bytes` into wider rows, which begin `step` bytes apart. */
export function place(from: usize, to: usize, rows: i32, bytes: usize, step: usize): void {
  for (let m = 0; m < rows; m++) {
    memory.copy(to, from, bytes);
    from += bytes;
    to += step;
  }
}

/** token [width] where known = 1, unknown [width] where known = 0; in place, rows [scaled years, known]. */
export function knownOr(age: usize, token: usize, unknown: usize, rows: i32, width: i32): void {
  const row = (<usize>width) << 2;
  for (let m = 0; m < rows; m++) {
    const known = load<f32>(age, 4);
    for (let n: usize = 0; n < row; n += 4) store<f32>(token + n, known * load<f32>(token + n) + (1 - known) * load<f32>(unknown + n));
    age += 8;
    token += row;
  }
}

/**
 * Multi-head attention (Vaswani et al. 2017), heads side by side: out [asking, width] = softmax(query · keysᵀ / √(width / heads)) · values, by head;
 * keys and values [steps, width]. `scratch` holds `steps` numbers.
 */
export function attend(query: usize, keys: usize, values: usize, out: usize, scratch: usize, asking: i32, steps: i32, heads: i32, width: i32): void {
  const row = (<usize>width) << 2;
  const slice = row / <usize>heads;
  const scale: f32 = 1 / Mathf.sqrt(<f32>(width / heads));
  for (let part: usize = 0; part < (<usize>asking) * row; part += slice) {
    const head = part % row;
    let greatest: f32 = -f32.MAX_VALUE;
    for (let t: usize = 0; t < <usize>steps; t++) {
      const score = dot(query + part, keys + t * row + head, slice) * scale;
      greatest = max(greatest, score);
      store<f32>(scratch + (t << 2), score);
    }
    let sum: f32 = 0;
    for (let t: usize = 0; t < <usize>steps; t++) {
      const weight = f32x4.extract_lane(exp4(f32x4.splat(load<f32>(scratch + (t << 2)) - greatest), 0), 0);
      sum += weight;
      store<f32>(scratch + (t << 2), weight);
    }
    for (let c: usize = 0; c < slice; c += 16) {
      let read = f32x4.splat(0);
      for (let t: usize = 0; t < <usize>steps; t++) read = f32x4.relaxed_madd(v128.load32_splat(scratch + (t << 2)), v128.load(values + t * row + head + c), read);
      storePart(out + part + c, f32x4.div(read, f32x4.splat(sum)), slice - c);
    }
  }
}

/** Each row [width] by its own mean and deviation, then · scale + offset (Ba et al. 2016); in place. */
export function normalise(x: usize, scale: usize, offset: usize, epsilon: f32, rows: i32, width: i32): void {
  const row = (<usize>width) << 2;
  for (let m = 0; m < rows; m++) {
    let sum: f32 = 0;
    for (let n: usize = 0; n < row; n += 4) sum += load<f32>(x + n);
    const mean = sum / <f32>width;
    let squares: f32 = 0;
    for (let n: usize = 0; n < row; n += 4) squares += (load<f32>(x + n) - mean) * (load<f32>(x + n) - mean);
    const inverse: f32 = 1 / Mathf.sqrt(squares / <f32>width + epsilon);
    for (let n: usize = 0; n < row; n += 4) store<f32>(x + n, (load<f32>(x + n) - mean) * inverse * load<f32>(scale + n) + load<f32>(offset + n));
    x += row;
  }
}
