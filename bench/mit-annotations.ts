/** Codes of the start and end of ventricular flutter (WFDB, annot(5)). */
export const [FLUTTER_ON, FLUTTER_OFF] = [32, 33];

/**
 * The AAMI class of each beat code (ANSI/AAMI EC57, as de Chazal et al. 2004 list it): normal and bundle branch blocks, supraventricular,
 * ventricular, fusion, paced and unclassifiable.
 */
export const AAMI: ReadonlyMap<number, 'N' | 'S' | 'V' | 'F' | 'Q'> = new Map([
  ...[1, 2, 3, 11, 34].map((code) => [code, 'N'] as const),
  ...[4, 7, 8, 9].map((code) => [code, 'S'] as const),
  ...[5, 10, 41].map((code) => [code, 'V'] as const),
  [6, 'F'],
  ...[12, 13, 38, 25, 30, 35].map((code) => [code, 'Q'] as const),
]);
