import { EcgError } from '../../ecg';

const CODE_BITS = 10;
/** The last code that a string may have; 1023 ends the data. */
const LAST_CODE = 2 ** CODE_BITS - 2;
/** Each new string is at most one byte longer than the longest before it. */
const LONGEST_STRING = LAST_CODE - 256 + 2;
/** What is added to every difference so that most are small and positive. */
const BIAS = 64;
const HEADER_BYTES = 8;

/**
 * Philips' XLI compression, as the wiki of sierra-ecg-tools describes it (C. A. Watford, 2011): for each lead a chunk of 8 bytes of header (length,
 * an unknown 1, the first difference) and LZW codes of 10 bits; the bytes that they give are the high bytes of all differences, then the low ones.
 *
 * @param longest samples that a lead may have. What the file says of its length is not taken: where the low bytes begin follows from what a
 *   chunk really gives
 * @returns the leads as stored: limb leads III to aVF still as what is left of their prediction (`restoreLimbLeads`)
 * @throws EcgError CORRUPT_FILE when a chunk is longer than the data, or empty
 */
export function decodeXli(bytes: Uint8Array, longest: number, leads: number, where: string): Int32Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoded: Int32Array[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length && decoded.length < leads; ) {
    const size = view.getInt32(at, true);
    const end = at + HEADER_BYTES + size;
    if (size <= 0 || end > bytes.length) {
      const detail = { expected: `at most ${bytes.length - at - HEADER_BYTES} bytes`, found: `${size} bytes`, where };
      throw new EcgError('CORRUPT_FILE', `Lead ${decoded.length + 1} of ${where} is longer than its data.`, detail);
    }
    const packed = bytes.subarray(at + HEADER_BYTES, end);
    // What is set aside is never more than the chunk can give.
    const most = Math.min(2 * longest, Math.floor((8 * size) / CODE_BITS) * LONGEST_STRING);
    const unpacked = decompress(packed, most);
    decoded.push(integrate(interleave(unpacked), view.getInt16(at + 6, true)));
    at = end;
  }
  return decoded;
}

/** LZW with codes of 10 bits, the first bit of a byte first; the table stops growing when it is full. */
function decompress(packed: Uint8Array, most: number): Uint8Array {
  const output = new Uint8Array(most);
  let length = 0;
  /** Where each string of the table stands in the output: it is always a stretch of what was already written. */
  const starts = new Int32Array(LAST_CODE + 1);
  const lengths = new Int32Array(LAST_CODE + 1);
  let next = 256;
  let previous: { start: number; length: number } | null = null;
  for (let bit = 0; bit + CODE_BITS <= packed.length * 8 && length < most; bit += CODE_BITS) {
    const code = codeAt(packed, bit);
    if (code > LAST_CODE || (code >= 256 && (!previous || code > next))) break;
    const start = length;
    if (code < 256) output[length++] = code;
    else if (code === next && previous) {
      length = copy(output, length, previous.start, previous.length);
      length = copy(output, length, start, 1);
    } else length = copy(output, length, starts[code] ?? 0, lengths[code] ?? 0);
    if (previous && next <= LAST_CODE) {
      starts[next] = previous.start;
      lengths[next] = previous.length + 1;
      next++;
    }
    previous = { start, length: length - start };
  }
  return output.subarray(0, length);
}

function codeAt(packed: Uint8Array, bit: number): number {
  const byte = bit >> 3;
  const word = ((packed[byte] ?? 0) << 16) | ((packed[byte + 1] ?? 0) << 8) | (packed[byte + 2] ?? 0);
  return (word >> (24 - CODE_BITS - (bit & 7))) & (2 ** CODE_BITS - 1);
}

function copy(output: Uint8Array, at: number, from: number, count: number): number {
  const fits = Math.min(count, output.length - at);
  for (let i = 0; i < fits; i++) output[at + i] = output[from + i] ?? 0;
  return at + fits;
}

/** High bytes of all, then low bytes of all. */
function interleave(bytes: Uint8Array): Int32Array {
  const count = (bytes.length + 1) >> 1;
  return Int32Array.from({ length: count }, (_, i) => (((bytes[i] ?? 0) << 24) >> 16) | (bytes[count + i] ?? 0));
}

/** The first two samples are plain; each other one follows the line through the two before it, less a difference. */
function integrate(codes: Int32Array, first: number): Int32Array {
  const samples = codes.slice();
  let difference = first;
  for (let i = 2; i < samples.length; i++) {
    const line = 2 * (samples[i - 1] ?? 0) - (samples[i - 2] ?? 0);
    samples[i] = line - difference;
    difference = (codes[i] ?? 0) - BIAS;
  }
  return samples;
}

/**
 * Of III, aVR, aVL and aVF the file stores what is left when their value by Einthoven's and Goldberger's identities is taken off, in whole steps.
 *
 * @param leads I, II, III, aVR, aVL, aVF first; changed in place
 */
export function restoreLimbLeads(leads: readonly Int32Array[]): void {
  const [one, two, three, aVR, aVL, aVF] = leads;
  if (!one || !two || !three || !aVR || !aVL || !aVF) return;
  const restore = (lead: Int32Array, predicted: (i: number) => number, sign: number) => {
    for (let i = 0; i < lead.length; i++) lead[i] = sign * predicted(i) - (lead[i] ?? 0);
  };
  const at = (lead: Int32Array, i: number) => lead[i] ?? 0;
  restore(three, (i) => at(two, i) - at(one, i), 1);
  restore(aVR, (i) => Math.floor((at(one, i) + at(two, i)) / 2), -1);
  restore(aVL, (i) => Math.floor((at(one, i) - at(three, i)) / 2), 1);
  restore(aVF, (i) => Math.floor((at(two, i) + at(three, i)) / 2), 1);
}
