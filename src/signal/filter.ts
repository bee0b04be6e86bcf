import type { Section } from './butterworth';

/** Samples of odd extension at each end, and so the length that a signal must exceed: scipy's default. */
export function filterPadding(sections: readonly Section[]): number {
  return 3 * (2 * sections.length + 1);
}

/**
 * Filters forward and backward, without phase shift: scipy's `sosfiltfilt` with its default odd padding (Gustafsson 1996 gives the idea of the
 * start from a steady state).
 *
 * @param signal any unit, all finite; not changed
 * @returns a new signal of the same length and unit
 * @throws RangeError when the signal is not longer than `filterPadding`
 */
export function filterForwardBackward(sections: readonly Section[], signal: Float64Array): Float64Array {
  const padding = filterPadding(sections);
  if (signal.length <= padding) throw new RangeError(`Over ${padding} samples are needed, not ${signal.length}.`);
  const extended = oddExtension(signal, padding);
  filterInPlace(sections, extended);
  extended.reverse();
  filterInPlace(sections, extended);
  extended.reverse();
  return extended.slice(padding, padding + signal.length);
}

/** The signal continued at both ends by its own point reflection. */
function oddExtension(signal: Float64Array, padding: number): Float64Array {
  const at = (i: number) => signal[i] ?? 0;
  const last = signal.length - 1;
  const extended = new Float64Array(signal.length + 2 * padding);
  extended.set(signal, padding);
  for (let i = 1; i <= padding; i++) {
    extended[padding - i] = 2 * at(0) - at(i);
    extended[padding + last + i] = 2 * at(last) - at(last - i);
  }
  return extended;
}

/** Cascade of direct-form-II-transposed sections, started in the steady state of a constant input equal to the first sample. */
function filterInPlace(sections: readonly Section[], signal: Float64Array): void {
  let level = signal[0] ?? 0;
  for (let n = 0; n < sections.length; n += 2) {
    const [first = PASS, second = PASS] = sections.slice(n, n + 2);
    level = filterByTwo(first, second, signal, level);
  }
}

/** Leaves everything as it is. */
const PASS: Section = [1, 0, 0, 0, 0];

/**
 * Two sections in one pass, since each step of a section waits for the one before, and two sections do not wait for each other.
 *
 * @returns the level behind them
 */
function filterByTwo(first: Section, second: Section, signal: Float64Array, level: number): number {
  const [b0, b1, b2, a1, a2] = first;
  const [d0, d1, d2, c1, c2] = second;
  const gain = (b0 + b1 + b2) / (1 + a1 + a2);
  const middle = level * gain;
  const further = (d0 + d1 + d2) / (1 + c1 + c2);
  let z1 = level * (gain - b0);
  let z2 = level * (b2 - a2 * gain);
  let w1 = middle * (further - d0);
  let w2 = middle * (d2 - c2 * further);
  for (let i = 0; i < signal.length; i++) {
    const x = signal[i] ?? 0;
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    const u = d0 * y + w1;
    w1 = d1 * y - c1 * u + w2;
    w2 = d2 * y - c2 * u;
    signal[i] = u;
  }
  return middle * further;
}
