import type { Measurements } from '../ecg';

/**
 * QT corrected for the heart rate, ms, from QT and RR in ms. With RR in seconds and HR = 60 / RR:
 *
 * - Bazett (1920): QT / √RR; overcorrects outside 60 to 90 bpm
 * - Fridericia (1920): QT / ∛RR
 * - Framingham (Sagie et al. 1992): QT + 154 · (1 − RR)
 * - Hodges (Hodges, Salerno and Erlien 1983): QT + 1.75 · (HR − 60)
 */
export function qtc(qtMs: number, rrMs: number): NonNullableValues<Measurements['qtcMs']> {
  const rrS = rrMs / 1000;
  return {
    bazett: qtMs / Math.sqrt(rrS),
    fridericia: qtMs / Math.cbrt(rrS),
    framingham: qtMs + 154 * (1 - rrS),
    hodges: qtMs + 1.75 * (60 / rrS - 60),
  };
}

type NonNullableValues<T> = { readonly [Key in keyof T]: NonNullable<T[Key]> };
