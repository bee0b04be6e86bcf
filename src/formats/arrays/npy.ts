import { type ByteSource, EcgError } from '../../ecg';
import type { Value } from './entries';

/** An array as NumPy keeps it, with more than two dimensions brought to two. */
export interface NpyArray {
  readonly value: Value;
  /** Recordings in the array; the first one is read. */
  readonly recordings: number;
}

/** A table in memory; long recordings need a format such as WFDB. */
const MAX_BYTES = 2 ** 27;
const MAX_HEADER = 2 ** 16;
const MAGIC = /^\x93NUMPY$/;
const HEADER =
  /^\s*\{\s*'descr':\s*'([<>|=])([biufSU])(\d+)',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d,\sL]*)\),?\s*\}/;

export function isNpy(head: Uint8Array): boolean {
  return MAGIC.test(latin1(head.subarray(0, 6)));
}

/**
 * Reads an array after NumPy's format description, versions 1 to 3 (numpy.lib.format): integers, floating point numbers of 2 to 8 bytes
 * and text; either byte order, C and Fortran order.
 *
 * @throws EcgError CORRUPT_FILE, TRUNCATED_FILE, TOO_LARGE, UNSUPPORTED_FORMAT (pickled objects, structures, complex numbers)
 */
export async function readNpy(source: ByteSource): Promise<NpyArray> {
  const where = source.name;
  const head = await source.read(0, 12);
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (!isNpy(head) || head.length < 12) throw corrupt(where, `${head.length} bytes`);
  const long = (head[6] ?? 0) > 1;
  const start = (long ? 12 : 10) + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > MAX_HEADER) throw corrupt(where, `a header of ${start} bytes`);
  const header = latin1(await source.read(long ? 12 : 10, start));
  const [, order = '', kind = '', width = '', fortran = '', sizes = ''] = HEADER.exec(header) ?? [];
  if (!kind) throw unsupported(where, header);
  const shape = [...sizes.matchAll(/\d+/g)].map(Number);
  const itemBytes = kind === 'U' ? 4 * Number(width) : Number(width);
  const count = shape.reduce((product, size) => product * size, 1);
  const bytes = count * itemBytes;
  if (bytes > MAX_BYTES || shape.length > 8) {
    throw new EcgError('TOO_LARGE', `${where} claims an array that is too large for a table.`, {
      found: header,
      where,
    });
  }
  if (start + bytes > source.size) {
    const detail = { expected: `${start + bytes} bytes`, found: `${source.size}`, where };
    throw new EcgError('TRUNCATED_FILE', `${where} is cut off: samples that it announces are missing.`, detail);
  }
  const data = await source.read(start, start + bytes);
  const little = order !== '>';
  if (/[SU]/.test(kind)) {
    const texts = textsOf(data, count, kind === 'U' ? 4 : 1, little);
    return { value: shape.length === 0 ? (texts[0] ?? '') : texts, recordings: 1 };
  }
  const read = numberReader(new DataView(data.buffer, data.byteOffset, data.length), kind, Number(width), little);
  if (!read) throw unsupported(where, header);
  return arrange(shape, fortran === 'True', read);
}

/** A number is a note; one dimension is a series; of more than two the first recording is taken. */
function arrange(shape: readonly number[], fortran: boolean, read: (index: number) => number): NpyArray {
  const real = shape.filter((size) => size !== 1);
  if (shape.some((size) => size === 0)) return { value: [], recordings: 1 };
  if (real.length === 0) return { value: String(read(0)), recordings: 1 };
  const [rows = 1, columns = 1] = real.slice(-2);
  const recordings = real.slice(0, -2).reduce((product, size) => product * size, 1);
  if (real.length === 1) return { value: Float64Array.from({ length: rows }, (_, i) => read(i)), recordings };
  const [rowStep, columnStep] = fortran ? [recordings, recordings * rows] : [columns, 1];
  const value = Array.from({ length: rows }, (_, row) =>
    Float64Array.from({ length: columns }, (_unused, column) => read(row * rowStep + column * columnStep)),
  );
  return { value, recordings };
}

/** Reads the number at an index; null for a type that is no plain number. */
function numberReader(view: DataView, kind: string, width: number, little: boolean): ((i: number) => number) | null {
  switch (`${kind}${width}`) {
    case 'b1':
    case 'u1':
      return (i) => view.getUint8(i);
    case 'i1':
      return (i) => view.getInt8(i);
    case 'u2':
      return (i) => view.getUint16(2 * i, little);
    case 'i2':
      return (i) => view.getInt16(2 * i, little);
    case 'u4':
      return (i) => view.getUint32(4 * i, little);
    case 'i4':
      return (i) => view.getInt32(4 * i, little);
    case 'u8':
      return (i) => Number(view.getBigUint64(8 * i, little));
    case 'i8':
      return (i) => Number(view.getBigInt64(8 * i, little));
    case 'f2':
      return (i) => half(view.getUint16(2 * i, little));
    case 'f4':
      return (i) => view.getFloat32(4 * i, little);
    case 'f8':
      return (i) => view.getFloat64(8 * i, little);
    default:
      return null;
  }
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** UCS-4 or single bytes, padded with NUL. */
function textsOf(data: Uint8Array, count: number, letterBytes: 1 | 4, little: boolean): readonly string[] {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const letters = count > 0 ? data.length / count / letterBytes : 0;
  const codeAt = (n: number) => (letterBytes === 1 ? view.getUint8(n) : view.getUint32(4 * n, little));
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: letters }, (_unused, n) => codeAt(i * letters + n))
      .flatMap((code) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : []))
      .join(''),
  );
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function corrupt(where: string, found: string): EcgError {
  return new EcgError('CORRUPT_FILE', `${where} has no readable NumPy header.`, { found, where });
}

function unsupported(where: string, found: string): EcgError {
  const message = `${where} holds no plain array of numbers: save it with numpy.save as one.`;
  return new EcgError('UNSUPPORTED_FORMAT', message, { found: found.slice(0, 200), where });
}
