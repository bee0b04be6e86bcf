import { EcgError } from '../ecg';

/** Throws EcgError INTERNAL when a number is not finite: WebGPU would turn NaN into a probability. */
export function requireFinite(numbers: Float32Array, what: string): void {
  const at = numbers.findIndex((x) => !Number.isFinite(x));
  if (at >= 0) {
    throw new EcgError('INTERNAL', 'This page made a mistake of its own; the file may be fine.', {
      expected: 'finite numbers',
      found: String(numbers[at]),
      where: `${what}[${at}]`,
    });
  }
}
