/** The place of the first item that is at a moment or behind it, by halving: hours take no longer per beat. The items are in the order of time. */
export function firstFrom<T>(items: readonly T[], timeS: number, timeOf: (item: T) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const half = (low + high) >> 1;
    const item = items[half];
    if (item !== undefined && timeOf(item) < timeS) low = half + 1;
    else high = half;
  }
  return low;
}
