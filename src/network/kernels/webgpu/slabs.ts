/** A piece of the device's memory that values take in turns. It is as large as the largest of them, which is known once all are placed. */
export interface Slab {
  bytes: number;
}

/** Where numbers will lie: in a slab, from an address in bytes. Sequences are [B, 1, T, C], vectors [B, C]. */
export interface Piece {
  readonly slab: Slab;
  readonly at: number;
  readonly shape: readonly number[];
}

/** What a storage buffer's binding may begin at on every device. */
export const ALIGNMENT = 256;

export const aligned = (bytes: number) => Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);

/**
 * Slabs for values that live one after another. A slab and not an address in one buffer: WebGPU forbids a dispatch to read one part of a
 * buffer and write another.
 */
export function createSlabs() {
  const all: Slab[] = [];
  const free = new Set<Slab>();
  return {
    all,
    /** The free slab that fits best, or the largest, which grows. */
    take(bytes: number): Slab {
      const bySize = [...free].sort((a, b) => a.bytes - b.bytes);
      const slab = bySize.find((one) => one.bytes >= bytes) ?? bySize.at(-1);
      if (!slab) {
        const own = { bytes: aligned(bytes) };
        all.push(own);
        return own;
      }
      free.delete(slab);
      slab.bytes = Math.max(slab.bytes, aligned(bytes));
      return slab;
    },
    release: (slab: Slab) => void free.add(slab),
  };
}
