/** The median of any numbers; 0 of none. */
export function median(values: ArrayLike<number>): number {
  return medianInPlace(new Float64Array(values));
}

/** The same without a copy: the numbers are left in another order. */
export function medianInPlace(values: Float64Array): number {
  const middle = values.length >> 1;
  const upper = nthInPlace(values, middle) ?? 0;
  if (values.length % 2 || values.length === 0) return upper;
  let lower = values[0] ?? 0;
  for (let n = 1; n < middle; n++) lower = Math.max(lower, values[n] ?? 0);
  return (lower + upper) / 2;
}

/**
 * The number that would stand at a place if they were in ascending order, NaN last; what is left before it is not greater.
 * By partitioning (Hoare 1961, "Find"): a reading takes thousands of medians, and sorting for each takes several times as long.
 */
export function nthInPlace(values: Float64Array | Float32Array, place: number): number | undefined {
  let last = numbersFirst(values) - 1;
  let first = 0;
  while (first < last && place <= last) {
    const pivot = values[place] ?? 0;
    let [low, high] = [first, last];
    while (low <= high) {
      while ((values[low] ?? 0) < pivot) low++;
      while ((values[high] ?? 0) > pivot) high--;
      if (low > high) break;
      swap(values, low++, high--);
    }
    if (high < place) first = low;
    if (low > place) last = high;
  }
  return values[place];
}

/** Moves NaN to the end; how many are none. */
function numbersFirst(values: Float64Array | Float32Array): number {
  let count = values.length;
  for (let n = 0; n < count; n++) if (Number.isNaN(values[n])) swap(values, n--, --count);
  return count;
}

function swap(values: Float64Array | Float32Array, a: number, b: number): void {
  const kept = values[a] ?? 0;
  values[a] = values[b] ?? 0;
  values[b] = kept;
}
