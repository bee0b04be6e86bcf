import { EcgError } from '../ecg';

/** Whether every number is finite: their sum, in double precision, is so just then. */
export function allFinite(numbers: Float32Array): boolean {
  let sum = 0;
  for (let n = 0; n < numbers.length; n++) sum += numbers[n] ?? 0;
  return Number.isFinite(sum);
}

/** Throws EcgError INTERNAL when a number is not finite: WebGPU would turn NaN into a probability. */
export function requireFinite(numbers: Float32Array, what: string): void {
  if (allFinite(numbers)) return;
  const at = numbers.findIndex((x) => !Number.isFinite(x));
  throw new EcgError('INTERNAL', 'This page made a mistake of its own; the file may be fine.', {
    expected: 'finite numbers',
    found: String(numbers[at]),
    where: `${what}[${at}]`,
  });
}
