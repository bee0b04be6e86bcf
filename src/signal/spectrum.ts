/**
 * Power by frequency (Welch 1967): the mean over segments, overlapping by half, of the squared Fourier transform through a Hann window.
 *
 * @param samples all finite; at least one segment long
 * @param length of a segment, a power of two
 * @returns [length / 2], bin n at n · rate / length Hz; in no physical unit, scaled so that a segment's length does not matter
 */
export function powerSpectrum(samples: Float64Array, length: number): Float64Array {
  const plan = planOf(length);
  const { window } = plan;
  const power = new Float64Array(length / 2);
  const [re, im] = [new Float64Array(length), new Float64Array(length)];
  let segments = 0;
  for (let start = 0; start + length <= samples.length; start += length / 2, segments++) {
    for (let n = 0; n < length; n++) re[n] = (window[n] ?? 0) * (samples[start + n] ?? 0);
    im.fill(0);
    transform(re, im, plan);
    for (let n = 0; n < power.length; n++) power[n] = (power[n] ?? 0) + ((re[n] ?? 0) ** 2 + (im[n] ?? 0) ** 2);
  }
  const share = segments * length ** 2;
  for (let n = 0; n < power.length; n++) power[n] = (power[n] ?? 0) / share;
  return power;
}

/** What all transforms of one length share. */
interface Plan {
  readonly length: number;
  readonly window: Float64Array;
  /** One turn in so many steps. */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** The plan of the last length: all leads of an ECG ask for the same one. */
let last: Plan | null = null;

function planOf(length: number): Plan {
  if (last?.length === length) return last;
  const at = (of: (angle: number) => number) => Float64Array.from({ length }, (_, n) => of((2 * Math.PI * n) / length));
  const [cosines, sines] = [at(Math.cos), at(Math.sin)];
  last = { length, window: cosines.map((v) => 0.5 - 0.5 * v), cosines, sines };
  return last;
}

/** Fourier transform in place, decimated in time (Cooley and Tukey 1965); as many numbers as a power of two. */
function transform(re: Float64Array, im: Float64Array, { cosines, sines }: Plan): void {
  const size = re.length;
  for (let n = 1, reversed = 0; n < size; n++) {
    let bit = size >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (n < reversed) {
      [re[n], re[reversed]] = [re[reversed] ?? 0, re[n] ?? 0];
      [im[n], im[reversed]] = [im[reversed] ?? 0, im[n] ?? 0];
    }
  }
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const turn = (k * size) / (2 * half);
      const cosine = cosines[turn] ?? 0;
      const sine = -(sines[turn] ?? 0);
      for (let a = k; a < size; a += 2 * half) {
        const b = a + half;
        const real = (re[b] ?? 0) * cosine - (im[b] ?? 0) * sine;
        const imaginary = (re[b] ?? 0) * sine + (im[b] ?? 0) * cosine;
        [re[b], im[b]] = [(re[a] ?? 0) - real, (im[a] ?? 0) - imaginary];
        [re[a], im[a]] = [(re[a] ?? 0) + real, (im[a] ?? 0) + imaginary];
      }
    }
  }
}
