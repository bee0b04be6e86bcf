import type { Files } from './seeds';

/** A small deterministic generator (mulberry32), so that a failure can be seen again. */
export function random(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const HUGE = ['0', '-1', '1e30', '99999999', '4294967295', '9007199254740991'];

/** The files with one of them cut, flipped, or with a number in it made 0, −1 or huge. */
export function mutate(files: Files, below: (limit: number) => number): Files {
  const hit = below(files.length);
  return files.map(([name, bytes], i) => (i === hit ? [name, changed(bytes, below)] : [name, bytes]));
}

function changed(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const kind = below(5);
  if (kind === 0) return bytes.slice(0, below(bytes.length + 1));
  const copy = bytes.slice();
  const place = () => (below(2) === 0 ? below(copy.length) : below(Math.min(copy.length, 512)));
  if (kind === 1) {
    for (let flips = 1 + below(8); flips > 0; flips--) {
      const at = place();
      copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
    }
  } else if (kind === 2) {
    // A length field of 2, 4 or 8 bytes in either byte order: 0, −1, or the largest positive number.
    const [at, width, value] = [place(), 2 ** (1 + below(3)), below(3)];
    copy.fill(value === 0 ? 0 : 255, at, at + width);
    if (value === 2) copy[below(2) === 0 ? at : at + width - 1] = 127;
  } else if (kind === 3) {
    return replacedNumber(copy, below);
  } else {
    const [from, to, length] = [place(), place(), 1 + below(64)];
    copy.copyWithin(to, from, from + length);
  }
  return copy;
}

/** One run of digits, wherever it stands, replaced by another number. */
function replacedNumber(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const digit = (at: number) => (bytes[at] ?? 0) >= 48 && (bytes[at] ?? 0) <= 57;
  let start = below(Math.min(bytes.length, 4096));
  while (start < bytes.length && !digit(start)) start++;
  let end = start;
  while (end < bytes.length && digit(end)) end++;
  const number = new TextEncoder().encode(HUGE[below(HUGE.length)]);
  return Uint8Array.from([...bytes.subarray(0, start), ...number, ...bytes.subarray(end)]);
}
