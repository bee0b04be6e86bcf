export interface GridLines {
  /** Every millimetre that is no multiple of five. */
  readonly fine: readonly number[];
  /** Every fifth millimetre. */
  readonly bold: readonly number[];
}

/** Where the lines of ECG paper stand along one direction, mm from the sheet's edge, both edges included. */
export function gridLines(lengthMm: number): GridLines {
  const all = Array.from({ length: Math.floor(lengthMm) + 1 }, (_, mm) => mm);
  return { fine: all.filter((mm) => mm % 5 !== 0), bold: all.filter((mm) => mm % 5 === 0) };
}
