/** An array to be written: its type as NumPy spells it (`<f4`), its shape and its numbers in C order. */
export interface WrittenArray {
  readonly descr: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly fortran?: boolean;
  /** The type that the header claims, where it is another. */
  readonly claimed?: string;
}

/** Writes an NPY file of version 1.0 (numpy.lib.format); text has its letters as numbers. */
export function writeNpy({ descr, shape, values, fortran = false, claimed }: WrittenArray): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${claimed ?? descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${sizes}), }`;
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const head = [0x93, ...[...'NUMPY'].map((letter) => letter.charCodeAt(0)), 1, 0];
  const [, order = '<', kind = 'f', width = '4'] = /^([<>|])(\w)(\d+)$/.exec(descr) ?? [];
  const bytes = kind === 'U' ? 4 : Number(width);
  const data = new DataView(new ArrayBuffer(values.length * bytes));
  for (const [i, value] of values.entries()) put(data, i * bytes, kind, bytes, value, order !== '>');
  return Uint8Array.from([
    ...[...head, padded.length & 255, padded.length >> 8],
    ...[...padded].map((letter) => letter.charCodeAt(0)),
    ...new Uint8Array(data.buffer),
  ]);
}

function put(data: DataView, at: number, kind: string, bytes: number, value: number, little: boolean): void {
  if (kind === 'f' && bytes === 8) data.setFloat64(at, value, little);
  else if (kind === 'f' && bytes === 4) data.setFloat32(at, value, little);
  else if (bytes === 8) data.setBigInt64(at, BigInt(value), little);
  else if (bytes === 4) data.setInt32(at, value, little);
  else if (bytes === 2) data.setInt16(at, value, little);
  else data.setInt8(at, value);
}
