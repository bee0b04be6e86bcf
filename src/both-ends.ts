/**
 * Works through a list from its front, while an aid works from its back until they meet. What the aid could not do is done here.
 *
 * @param aid null where there is none; it answers null where it cannot go on, and is not asked again
 * @returns the results in the order of the list
 */
export async function fromBothEnds<T, R>(
  items: readonly T[],
  own: (item: T) => Promise<R>,
  aid: ((item: T) => Promise<R | null>) | null,
): Promise<readonly R[]> {
  const waiting = [...items.entries()];
  const done = new Map<number, R>();
  async function forward(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) done.set(next[0], await own(next[1]));
  }
  async function backward(): Promise<void> {
    if (!aid) return;
    for (let last = waiting.pop(); last; last = waiting.pop()) {
      const result = await aid(last[1]);
      if (result === null) return void waiting.push(last);
      done.set(last[0], result);
    }
  }
  await Promise.all([forward(), backward()]);
  await forward();
  return [...done].sort(([a], [b]) => a - b).map(([, result]) => result);
}
