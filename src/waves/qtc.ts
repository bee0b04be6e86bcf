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

/** A QRS is wide from here on (Surawicz et al. 2009, AHA/ACCF/HRS, Part III), ms. */
const WIDE_QRS_MS = 120;
const QRS_SHARE = 0.485;

/**
 * QT without what a wide QRS adds: QT − 48.5 % · QRS (Bogossian et al. 2014, Heart Rhythm 11:2273, on left bundle branch block; applied to every
 * QRS from 120 ms, which is an extension of it), and that by Fridericia. Where QRS is normal nothing is taken off, so a number just above 120 ms
 * is not to be compared with one just below. All in ms; null where QRS is not wide.
 */
export function wideQrsQt(qtMs: number, qrsMs: number, rrMs: number): Measurements['wideQrsQt'] {
  if (qrsMs < WIDE_QRS_MS) return null;
  const modified = qtMs - QRS_SHARE * qrsMs;
  return { qtMs: modified, qtcFridericiaMs: qtc(modified, rrMs).fridericia };
}

type NonNullableValues<T> = { readonly [Key in keyof T]: NonNullable<T[Key]> };
