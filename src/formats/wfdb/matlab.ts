import { type ByteSource, EcgError } from '../../ecg';

/** The start of a MATLAB level 4 file: one little-endian matrix, signals in rows, as `wfdb2mat` and the PhysioNet challenges write it. */
export interface Mat4 {
  /** Bytes before the first element. */
  readonly dataOffset: number;
  readonly rows: number;
  readonly columns: number;
  /** Element type: 0 double, 1 single, 2 int32, 3 int16, 4 uint16, 5 uint8. */
  readonly precision: number;
}

/** Element types that hold the samples of a WFDB format as they are. */
const PRECISION_OF_FORMAT: ReadonlyMap<number, number> = new Map([
  [16, 3],
  [32, 2],
  [80, 5],
]);

/** Reads the 20-byte header of the public MAT-file level 4 format (The MathWorks), or gives null for anything else. */
export function parseMat4(head: Uint8Array): Mat4 | null {
  if (head.length < 20) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const [type = -1, rows = 0, columns = 0, imaginary, nameLength = 0] = [0, 4, 8, 12, 16].map((at) =>
    view.getUint32(at, true),
  );
  const precision = Math.floor(type / 10);
  const plausible = type % 10 === 0 && precision <= 5 && imaginary === 0 && nameLength > 0 && nameLength <= 64;
  return plausible && rows > 0 && columns > 0 ? { dataOffset: 20 + nameLength, rows, columns, precision } : null;
}

/**
 * Checks that a `.mat` signal file is what the WFDB header says: its matrix has the header's shape, type and offset.
 *
 * @throws EcgError CORRUPT_FILE, TRUNCATED_FILE
 */
export async function checkMat4(
  source: ByteSource,
  format: number,
  byteOffset: number,
  frameSamples: number,
  frames: number | null,
): Promise<void> {
  const mat = parseMat4(await source.read(0, 20));
  const expected = `a level 4 matrix of ${frameSamples} rows and ${frames ?? 'any number of'} columns, data at byte ${byteOffset}`;
  const fits =
    mat !== null &&
    mat.rows === frameSamples &&
    mat.dataOffset === byteOffset &&
    mat.precision === PRECISION_OF_FORMAT.get(format) &&
    (frames === null || mat.columns >= frames);
  if (fits) return;
  const found = mat
    ? `type ${mat.precision}, ${mat.rows} rows, ${mat.columns} columns, data at byte ${mat.dataOffset}`
    : 'no level 4 matrix';
  const message = `${source.name} is not the MATLAB file that its WFDB header describes.`;
  throw new EcgError('CORRUPT_FILE', message, { expected, found, where: source.name });
}
