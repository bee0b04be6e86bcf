/** A file as it is kept. */
export interface KeptFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Plain data and files as one run of bytes: the length of the JSON (4 bytes, little-endian), the JSON, and the files' bytes in its order. */
export function pack(json: object, files: readonly KeptFile[]): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(
    JSON.stringify({ json, files: files.map(({ name, bytes }) => ({ name, size: bytes.length })) }),
  );
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 4 + head.length);
  const packed = new Uint8Array(total);
  new DataView(packed.buffer).setUint32(0, head.length, true);
  packed.set(head, 4);
  let at = 4 + head.length;
  for (const { bytes } of files) {
    packed.set(bytes, at);
    at += bytes.length;
  }
  return packed;
}

/** Throws where the bytes are no such run. */
export function unpack(packed: Uint8Array<ArrayBuffer>): {
  readonly json: unknown;
  readonly files: readonly KeptFile[];
} {
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true);
  const { json, files } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(packed.subarray(4, 4 + length)));
  let at = 4 + length;
  const kept = (files as readonly { readonly name: string; readonly size: number }[]).map(({ name, size }) => {
    const bytes = packed.slice(at, at + size);
    if (bytes.length !== size) throw new Error(`${name} is cut off: ${bytes.length} of ${size} bytes.`);
    at += size;
    return { name, bytes };
  });
  return { json, files: kept };
}
