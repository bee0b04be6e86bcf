import { medianInPlace } from '../signal/median';

/**
 * The median of several rows of equal length, sample by sample; missing samples do not count, and where every row misses one it is NaN.
 * One buffer for all samples and plain loops: every reading takes some ten thousand such medians.
 */
export function usualRow(rows: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const usual = new Float32Array(rows[0]?.length ?? 0);
  const present = new Float64Array(rows.length);
  for (let n = 0; n < usual.length; n++) {
    let count = 0;
    for (let row = 0; row < rows.length; row++) {
      const value = rows[row]?.[n] ?? Number.NaN;
      if (!Number.isNaN(value)) present[count++] = value;
    }
    usual[n] = count > 0 ? medianInPlace(present.subarray(0, count)) : Number.NaN;
  }
  return usual;
}

/** The median of a row's samples that are there; NaN where none is. */
export function usualLevel(row: Float32Array): number {
  const present = new Float64Array(row.length);
  let count = 0;
  for (let n = 0; n < row.length; n++) {
    const value = row[n] ?? Number.NaN;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return count > 0 ? medianInPlace(present.subarray(0, count)) : Number.NaN;
}
