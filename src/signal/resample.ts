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
  const cutoff = Math.min(1, toHz / fromHz);
  const half = kernel.halfWidth / cutoff;
  const outputs = signals.map(() => new Float64Array(count));
  const weights = new Float64Array(2 * Math.ceil(half) + 1);
  for (let n = 0; n < count; n++) {
    const position = (n * fromHz) / toHz;
    const first = Math.max(0, Math.floor(position - half) + 1);
    const taps = Math.min(length, Math.ceil(position + half)) - first;
    let sum = 0;
    for (let i = 0; i < taps; i++) {
      const distance = position - first - i;
      const weight = sinc(cutoff * distance) * besselI0(kernel.beta * Math.sqrt(1 - (distance / half) ** 2));
      weights[i] = weight;
      sum += weight;
    }
    signals.forEach((signal, s) => {
      let value = 0;
      for (let i = 0; i < taps; i++) value += (weights[i] ?? 0) * (signal[first + i] ?? 0);
      (outputs[s] ?? weights)[n] = value / sum;
    });
  }
  return outputs;
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
