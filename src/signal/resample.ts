/** Half width of the window in zero crossings of the sinc, and the window's shape. */
export interface Kernel {
  readonly halfWidth: number;
  readonly beta: number;
}

/**
 * Band-limited resampling by a Kaiser-windowed sinc, evaluated directly (Kaiser 1974; Smith, "Digital audio resampling", CCRMA).
 * Divided by the sum of the taps that exist, so that edges and a constant come out exactly.
 *
 * @param signals of equal length and rate, all finite; not changed
 * @param fromHz their sampling rate
 * @param toHz wanted sampling rate
 * @param count wanted samples, at 0, 1/toHz, 2/toHz … seconds from the first sample
 * @returns one new signal for each
 */
export function resample(
  signals: readonly Float64Array[],
  fromHz: number,
  toHz: number,
  count: number,
  kernel: Kernel,
): Float64Array[] {
  if (fromHz === toHz) return signals.map((signal) => signal.slice(0, count));
  const length = signals[0]?.length ?? 0;
  const outputs = signals.map(() => new Float64Array(count));
  const tapsAt = windowedSinc(Math.min(1, toHz / fromHz), kernel);
  for (let n = 0; n < count; n++) {
    const position = (n * fromHz) / toHz;
    const sample = Math.floor(position);
    const taps = tapsAt(position - sample);
    const before = (taps.length >> 1) - sample;
    const first = Math.max(0, before);
    const end = Math.min(taps.length, length + before);
    let sum = 0;
    for (let i = first; i < end; i++) sum += taps[i] ?? 0;
    for (let s = 0; s < signals.length; s++) {
      (outputs[s] ?? taps)[n] = weightedSum(taps, first, end, signals[s] ?? taps, -before) / sum;
    }
  }
  return outputs;
}

/** A small function by itself: the browser makes good code of it long before it does of the loops around it. */
function weightedSum(taps: Float64Array, first: number, end: number, signal: Float64Array, shift: number): number {
  let value = 0;
  for (let i = first; i < end; i++) value += (taps[i] ?? 0) * (signal[i + shift] ?? 0);
  return value;
}

/**
 * The taps for a position that lies `fraction` of a sample after the middle one. Remembered, since two rates share few fractions:
 * 25 from 360 Hz to 250 Hz, one from 500 Hz.
 */
function windowedSinc(cutoff: number, { halfWidth, beta }: Kernel): (fraction: number) => Float64Array {
  const half = halfWidth / cutoff;
  const reach = Math.ceil(half);
  const remembered = new Map<number, Float64Array>();
  return (fraction) => {
    const key = Math.round(fraction * 1e9);
    const known = remembered.get(key);
    if (known) return known;
    const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => {
      const distance = fraction + reach - i;
      if (Math.abs(distance) >= half) return 0;
      return sinc(cutoff * distance) * besselI0(beta * Math.sqrt(1 - (distance / half) ** 2));
    });
    remembered.set(key, taps);
    return taps;
  };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}
