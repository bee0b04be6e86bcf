import { type BitReader, FlacDamage } from './bits';

/** Coefficients of the fixed predictors of order 0 to 4, latest sample first (RFC 9639, section 9.2.5). */
const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** One channel's samples of a frame (RFC 9639, section 9.2). Throws FlacDamage. */
export function readSubframe(bits: BitReader, length: number, width: number): Int32Array {
  if (bits.unsigned(1) !== 0) throw new FlacDamage('a subframe that is none');
  const type = bits.unsigned(6);
  const wasted = bits.unsigned(1) === 1 ? bits.unary() + 1 : 0;
  if (wasted >= width) throw new FlacDamage('more wasted bits than a sample has');
  const samples = readSamples(bits, type, new Int32Array(length), width - wasted);
  return wasted > 0 ? samples.map((sample) => sample << wasted) : samples;
}

function readSamples(bits: BitReader, type: number, samples: Int32Array, width: number): Int32Array {
  if (type === 0) return samples.fill(bits.signed(width));
  if (type === 1) return samples.map(() => bits.signed(width));
  const fixed = type >= 8 && type <= 12;
  if (!fixed && type < 32) throw new FlacDamage('a reserved kind of subframe');
  const order = fixed ? type - 8 : type - 31;
  if (order > samples.length) throw new FlacDamage('a predictor longer than its block');
  for (let i = 0; i < order; i++) samples[i] = bits.signed(width);
  if (fixed) {
    readResidual(bits, samples, order);
    predict(samples, FIXED[order] ?? [], 0);
    return samples;
  }
  const precision = bits.unsigned(4) + 1;
  const shift = bits.signed(5);
  if (precision === 16 || shift < 0) throw new FlacDamage('a predictor that is none');
  const coefficients = Array.from({ length: order }, () => bits.signed(precision));
  readResidual(bits, samples, order);
  predict(samples, coefficients, shift);
  return samples;
}

/** Adds what the samples before predict to each residual, in place. Sums stay below 2⁵³: 25-bit samples, 15-bit coefficients, 32 of them. */
function predict(samples: Int32Array, coefficients: readonly number[], shift: number): void {
  const scale = 2 ** shift;
  for (let i = coefficients.length; i < samples.length; i++) {
    let sum = 0;
    for (let j = 0; j < coefficients.length; j++) sum += (coefficients[j] ?? 0) * (samples[i - 1 - j] ?? 0);
    samples[i] = (samples[i] ?? 0) + Math.floor(sum / scale);
  }
}

/** Rice-coded residuals after the warm-up samples (RFC 9639, section 9.2.7). */
function readResidual(bits: BitReader, samples: Int32Array, order: number): void {
  const method = bits.unsigned(2);
  if (method > 1) throw new FlacDamage('a reserved coding of residuals');
  const parameterBits = method === 0 ? 4 : 5;
  const escaped = 2 ** parameterBits - 1;
  const partitions = 2 ** bits.unsigned(4);
  const size = samples.length / partitions;
  if (!Number.isInteger(size) || size < order) throw new FlacDamage('partitions that do not fit the block');
  for (let partition = 0; partition < partitions; partition++) {
    const parameter = bits.unsigned(parameterBits);
    const rawBits = parameter === escaped ? bits.unsigned(5) : 0;
    for (let i = partition === 0 ? order : partition * size; i < (partition + 1) * size; i++)
      samples[i] = parameter === escaped ? bits.signed(rawBits) : rice(bits, parameter);
  }
}

function rice(bits: BitReader, parameter: number): number {
  const folded = bits.unary() * 2 ** parameter + bits.unsigned(parameter);
  return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
}
