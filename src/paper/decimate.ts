/** Points of a line in order; a NaN value lifts the pen. */
export interface Points {
  /** Index of each point's sample. */
  readonly at: Uint32Array<ArrayBuffer>;
  readonly value: Float32Array<ArrayBuffer>;
}

/**
 * Leaves of each pixel column the least and the greatest sample, in their order, so that no extreme is ever lost.
 * Samples that do not outnumber the points which that would give are all kept. Every gap (NaN) stays a gap.
 */
export function decimate(samples: Float32Array<ArrayBuffer>, columns: number): Points {
  const perColumn = samples.length > 2 * columns ? samples.length / columns : 1;
  const at = new Uint32Array(samples.length);
  const value = new Float32Array(samples.length);
  let count = 0;
  const emit = (index: number) => {
    at[count] = index;
    value[count] = samples[index] ?? Number.NaN;
    count++;
  };

  let low = -1;
  let high = -1;
  let columnEnd = perColumn;
  const flush = () => {
    if (low < 0) return;
    emit(Math.min(low, high));
    if (low !== high) emit(Math.max(low, high));
    low = -1;
    high = -1;
  };

  for (let i = 0; i < samples.length; i++) {
    if (i >= columnEnd) {
      flush();
      while (i >= columnEnd) columnEnd += perColumn;
    }
    const sample = samples[i] ?? Number.NaN;
    if (Number.isNaN(sample)) {
      flush();
      if (count > 0 && !Number.isNaN(value[count - 1])) emit(i);
    } else {
      if (low < 0 || sample < (samples[low] ?? sample)) low = i;
      if (high < 0 || sample > (samples[high] ?? sample)) high = i;
    }
  }
  flush();
  return { at: at.slice(0, count), value: value.slice(0, count) };
}
