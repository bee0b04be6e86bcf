/** Step of the grid that usual beats are compared on, seconds. */
export const STEP_S = 0.002;

export const steps = (seconds: number) => Math.round(seconds / STEP_S);

/**
 * Spatial velocity: how fast all leads together change at each step, the root mean square over the leads of the difference between the means
 * of the halves of a window (after the spatial velocity of vectorcardiography).
 */
export function velocity(rows: readonly Float32Array[], widthS: number): Float32Array {
  const half = Math.max(1, steps(widthS / 2));
  const length = rows[0]?.length ?? 0;
  const squares = new Float32Array(length);
  for (const row of rows) {
    const sums = runningSums(row);
    for (let n = 0; n < length; n++) {
      const change = meanOf(sums, n, n + half + 1) - meanOf(sums, n - half, n + 1);
      squares[n] = (squares[n] ?? 0) + (change * change) / rows.length;
    }
  }
  return squares.map(Math.sqrt);
}

/** Root mean square over the leads of their distance from a level each, smoothed over 20 ms. */
export function magnitude(rows: readonly Float32Array[], levels: readonly number[]): Float32Array {
  const sizes = new Float32Array(rows[0]?.length ?? 0);
  for (let n = 0; n < sizes.length; n++) {
    let squares = 0;
    for (let r = 0; r < rows.length; r++) squares += ((rows[r]?.[n] ?? 0) - (levels[r] ?? 0)) ** 2;
    sizes[n] = Math.sqrt(squares / rows.length);
  }
  const sums = runningSums(sizes);
  const half = steps(0.01);
  return sizes.map((_, n) => meanOf(sums, n - half, n + half + 1));
}

/** One longer than the row. */
function runningSums(row: Float32Array): Float64Array {
  const sums = new Float64Array(row.length + 1);
  for (let n = 0; n < row.length; n++) sums[n + 1] = (sums[n] ?? 0) + (row[n] ?? 0);
  return sums;
}

/** The mean of a part of a row, cut at the ends, from its running sums. */
function meanOf(sums: Float64Array, from: number, to: number): number {
  const a = Math.max(0, from);
  const b = Math.min(sums.length - 1, to);
  return ((sums[b] ?? 0) - (sums[a] ?? 0)) / Math.max(1, b - a);
}

/** The least mean over 16 ms between two steps: what is left where nothing happens. */
export function floorOf(values: Float32Array, from: number, to: number): number {
  const sums = runningSums(values);
  const width = steps(0.016);
  let least = Number.POSITIVE_INFINITY;
  for (let n = Math.max(0, from); n + width < Math.min(values.length, to); n++) {
    least = Math.min(least, meanOf(sums, n, n + width));
  }
  return Number.isFinite(least) ? least : 0;
}

/** The step between two with the greatest value. */
export function highest(values: Float32Array, from: number, to: number): number {
  let best = Math.max(0, from);
  for (let n = best; n < Math.min(values.length, to); n++) {
    if ((values[n] ?? 0) > (values[best] ?? 0)) best = n;
  }
  return best;
}

/** Local maxima between two steps that reach a value. */
export function summits(values: Float32Array, from: number, to: number, least: number): readonly number[] {
  const found: number[] = [];
  for (let n = Math.max(1, from); n <= Math.min(values.length - 2, to); n++) {
    const value = values[n] ?? 0;
    if (value >= (values[n - 1] ?? 0) && value > (values[n + 1] ?? 0) && value >= least) found.push(n);
  }
  return found;
}

/** From a summit on, the step from which the values stay below a level for so many steps; the end where they never do. */
export function edge(values: Float32Array, from: number, step: 1 | -1, level: number, quiet: number): number {
  let below = 0;
  for (let n = from; n > 0 && n < values.length - 1; n += step) {
    below = (values[n] ?? 0) < level ? below + 1 : 0;
    if (below >= quiet) return n - step * (quiet - 1);
  }
  return step > 0 ? values.length - 1 : 0;
}
