/** Hands out addresses of one piece of memory that nobody else uses, the lowest that fits. */
export interface Arena {
  /** @returns the address of this many bytes, a multiple of 16 */
  take(bytes: number): number;
  release(at: number): void;
  /** The first address behind everything that was ever taken. */
  end(): number;
}

export function createArena(start: number): Arena {
  const taken = new Map<number, number>();
  let end = start;
  return {
    take(bytes) {
      // Something empty takes room too: two at one address would be released as one.
      const size = Math.max(16, Math.ceil(bytes / 16) * 16);
      let at = start;
      for (const [from, length] of [...taken].sort(([a], [b]) => a - b)) {
        if (from - at >= size) break;
        at = from + length;
      }
      taken.set(at, size);
      end = Math.max(end, at + size);
      return at;
    },
    release(at) {
      taken.delete(at);
    },
    end: () => end,
  };
}
