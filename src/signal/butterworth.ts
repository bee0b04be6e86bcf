/** One second-order section: [b0, b1, b2, a1, a2], a0 = 1. */
export type Section = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

interface Complex {
  readonly re: number;
  readonly im: number;
}

function squareRoot({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  return { re: Math.sqrt((size + re) / 2), im: Math.sign(im || 1) * Math.sqrt((size - re) / 2) };
}

function divide(a: Complex, b: Complex): Complex {
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
}

/** Sampling rate of the bilinear transform: any would do, this is scipy's. */
const RATE = 2;

/**
 * Digital Butterworth band-pass (Butterworth 1930) by the bilinear transform with pre-warped edges, as second-order sections:
 * scipy's `butter(order, [lowHz, highHz], 'bandpass', fs=samplingRateHz, output='sos')`, its order and pairing of the sections included.
 *
 * @param order of the low-pass prototype, even; there are `order` sections
 * @throws RangeError when the order is odd or the edges are not 0 < low < high < half the sampling rate
 */
export function butterworthBandpass(order: number, lowHz: number, highHz: number, samplingRateHz: number): Section[] {
  if (order < 2 || order % 2 !== 0) throw new RangeError(`An even order is needed, not ${order}.`);
  if (!(lowHz > 0 && lowHz < highHz && highHz < samplingRateHz / 2)) {
    throw new RangeError(`No band from ${lowHz} to ${highHz} Hz at ${samplingRateHz} Hz.`);
  }
  const warp = (hz: number) => 2 * RATE * Math.tan((Math.PI * hz) / samplingRateHz);
  const bandwidth = warp(highHz) - warp(lowHz);
  const centre2 = warp(highHz) * warp(lowHz);

  const poles = upperPrototypePoles(order)
    .flatMap((pole) => bandPoles(pole, bandwidth, centre2))
    .map(bilinear)
    .map(({ re, im }) => ({ re, im: Math.abs(im) }));
  const gain = digitalGain(order, bandwidth, centre2);

  // The pair nearest the unit circle goes last and takes the zeros nearest to it.
  const edge = ({ re, im }: Complex) => 1 - Math.hypot(re, im);
  const zeros = [...Array<number>(order).fill(1), ...Array<number>(order).fill(-1)];
  const sections = [...poles]
    .sort((a, b) => edge(a) - edge(b))
    .map(({ re, im }): Section => {
      const nearest = (a: number, b: number) => Math.hypot(re - a, im) - Math.hypot(re - b, im);
      const [z1 = 0, z2 = 0] = zeros.sort(nearest).splice(0, 2);
      return [1, -(z1 + z2), z1 * z2, -2 * re, re * re + im * im];
    })
    .reverse();
  return sections.map(([b0, b1, b2, a1, a2], i) =>
    i === 0 ? [b0 * gain, b1 * gain, b2 * gain, a1, a2] : [b0, b1, b2, a1, a2],
  );
}

/** The upper half of the analogue low-pass's poles, on the unit circle: the lower half is its mirror image. */
function upperPrototypePoles(order: number): Complex[] {
  return Array.from({ length: order / 2 }, (_, i) => {
    const angle = (Math.PI * (2 * i + 1)) / (2 * order);
    return { re: -Math.sin(angle), im: Math.cos(angle) };
  });
}

/** Low-pass to band-pass: s → (s² + centre²) / (bandwidth · s) turns each pole into two. */
function bandPoles({ re, im }: Complex, bandwidth: number, centre2: number): Complex[] {
  const half = { re: (re * bandwidth) / 2, im: (im * bandwidth) / 2 };
  const root = squareRoot({ re: half.re ** 2 - half.im ** 2 - centre2, im: 2 * half.re * half.im });
  return [
    { re: half.re + root.re, im: half.im + root.im },
    { re: half.re - root.re, im: half.im - root.im },
  ];
}

function bilinear({ re, im }: Complex): Complex {
  return divide({ re: 2 * RATE + re, im }, { re: 2 * RATE - re, im: -im });
}

/** bandwidth^n · Π(2·rate − zeros) / Π(2·rate − poles): `order` zeros lie at 0, and poles come in mirrored pairs. */
function digitalGain(order: number, bandwidth: number, centre2: number): number {
  const factors = upperPrototypePoles(order)
    .flatMap((pole) => bandPoles(pole, bandwidth, centre2))
    .map(({ re, im }) => (2 * RATE - re) ** 2 + im ** 2);
  return (bandwidth * 2 * RATE) ** order / factors.reduce((product, factor) => product * factor, 1);
}
