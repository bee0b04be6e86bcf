/**
 * Power by frequency (Welch 1967): the mean over segments, overlapping by half, of the squared Fourier transform through a Hann window.
 *
 * @param samples all finite; at least one segment long
 * @param length of a segment, a power of two
 * @returns [length / 2], bin n at n · rate / length Hz; in no physical unit, scaled so that a segment's length does not matter
 */
export function powerSpectrum(samples: Float64Array, length: number): Float64Array {
  const window = Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length));
  const power = new Float64Array(length / 2);
  let segments = 0;
  for (let start = 0; start + length <= samples.length; start += length / 2, segments++) {
    const re = Float64Array.from(window, (weight, n) => weight * (samples[start + n] ?? 0));
    const im = new Float64Array(length);
    transform(re, im);
    for (let n = 0; n < power.length; n++) power[n] = (power[n] ?? 0) + ((re[n] ?? 0) ** 2 + (im[n] ?? 0) ** 2);
  }
  return power.map((v) => v / (segments * length ** 2));
}

/** Fourier transform in place, decimated in time (Cooley and Tukey 1965); as many numbers as a power of two. */
function transform(re: Float64Array, im: Float64Array): void {
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
      const angle = (-Math.PI * k) / half;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
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
