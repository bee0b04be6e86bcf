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
  for (const [b0, b1, b2, a1, a2] of sections) {
    const gain = (b0 + b1 + b2) / (1 + a1 + a2);
    let z1 = level * (gain - b0);
    let z2 = level * (b2 - a2 * gain);
    for (let i = 0; i < signal.length; i++) {
      const x = signal[i] ?? 0;
      const y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      signal[i] = y;
    }
    level *= gain;
  }
}
