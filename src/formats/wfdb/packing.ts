/** How samples lie in a signal file: a unit of bytes holds a number of them, one after the other over all signals. */
export interface Packing {
  readonly unitBytes: number;
  readonly unitSamples: number;
  /** Bytes that the first `samples` of a unit need, where a unit may end early. */
  readonly partBytes?: (samples: number) => number;
  /** The value that marks a missing sample, null where the format has none. */
  readonly missing: number | null;
  /** True when each number is the difference to the same signal's last sample. */
  readonly differences?: true;
  /** The sample at `index` of units that begin at byte 0. */
  at(view: DataView, index: number): number;
}

/**
 * The formats of the public signal(5) specification (G. B. Moody, WFDB Applications Guide) that this reader opens.
 * The lowest value of a format marks a sample that was not recorded.
 */
export const PACKINGS: ReadonlyMap<number, Packing> = new Map<number, Packing>([
  [8, { unitBytes: 1, unitSamples: 1, missing: null, differences: true, at: (view, i) => view.getInt8(i) }],
  [16, { unitBytes: 2, unitSamples: 1, missing: -32768, at: (view, i) => view.getInt16(2 * i, true) }],
  [24, { unitBytes: 3, unitSamples: 1, missing: -8388608, at: int24 }],
  [32, { unitBytes: 4, unitSamples: 1, missing: -2147483648, at: (view, i) => view.getInt32(4 * i, true) }],
  [61, { unitBytes: 2, unitSamples: 1, missing: -32768, at: (view, i) => view.getInt16(2 * i, false) }],
  [80, { unitBytes: 1, unitSamples: 1, missing: -128, at: (view, i) => view.getUint8(i) - 128 }],
  [160, { unitBytes: 2, unitSamples: 1, missing: -32768, at: (view, i) => view.getUint16(2 * i, true) - 32768 }],
  [212, { unitBytes: 3, unitSamples: 2, partBytes: () => 2, missing: -2048, at: pair212 }],
  [310, { unitBytes: 4, unitSamples: 3, partBytes: (samples) => 2 * samples, missing: -512, at: triple310 }],
  [311, { unitBytes: 4, unitSamples: 3, partBytes: (samples) => 1 + samples, missing: -512, at: triple311 }],
]);

/** Formats that are FLAC streams, with the bits of their samples. */
export const FLAC_BITS: ReadonlyMap<number, number> = new Map([
  [508, 8],
  [516, 16],
  [524, 24],
]);

/** Bytes that `samples` samples take. */
export function bytesFor({ unitBytes, unitSamples, partBytes }: Packing, samples: number): number {
  const rest = samples % unitSamples;
  return Math.floor(samples / unitSamples) * unitBytes + (rest > 0 && partBytes ? partBytes(rest) : 0);
}

/** Whole samples that `bytes` bytes hold. */
export function samplesIn(packing: Packing, bytes: number): number {
  const { unitBytes, unitSamples } = packing;
  let samples = Math.floor(bytes / unitBytes) * unitSamples;
  while (packing.partBytes && bytesFor(packing, samples + 1) <= bytes) samples++;
  return samples;
}

function int24(view: DataView, index: number): number {
  return view.getUint16(3 * index, true) | (view.getInt8(3 * index + 2) << 16);
}

/** Two 12-bit samples in three bytes: low byte, both high nibbles, low byte. */
function pair212(view: DataView, index: number): number {
  const at = 3 * (index >> 1);
  const high = view.getUint8(at + 1);
  const bits =
    index % 2 === 0 ? view.getUint8(at) | ((high & 0x0f) << 8) : view.getUint8(at + 2) | ((high & 0xf0) << 4);
  return (bits << 20) >> 20;
}

/** Three 10-bit samples in two words: bits 1–10 of each, then the top five bits of both, low half first. */
function triple310(view: DataView, index: number): number {
  const place = index % 3;
  const at = (4 * (index - place)) / 3;
  const word = (half: number) => view.getUint16(at + 2 * half, true);
  const bits = place < 2 ? word(place) >> 1 : (word(0) >> 11) | ((word(1) >> 11) << 5);
  return (bits << 22) >> 22;
}

/** Three 10-bit samples in 32 bits, the first in the lowest. The last unit may end with the byte that its samples need. */
function triple311(view: DataView, index: number): number {
  const place = index % 3;
  const at = (4 * (index - place)) / 3 + place;
  return ((view.getUint16(at, true) >> (2 * place)) << 22) >> 22;
}
