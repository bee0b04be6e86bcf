import { BitReader, FlacDamage } from './bits';
import { crc8, crc16 } from './crc';
import { readSubframe } from './subframe';

/** What the whole stream says of itself (STREAMINFO, RFC 9639, section 8.2). */
export interface StreamInfo {
  readonly channels: number;
  readonly bitsPerSample: number;
  readonly maxBlock: number;
}

/** One decoded frame: as many samples of each channel. */
export interface Frame {
  readonly channels: readonly Int32Array[];
  readonly length: number;
  /** The byte after the frame. */
  readonly end: number;
}

/**
 * Decodes the frame that begins at a byte (RFC 9639, section 9).
 *
 * @throws FlacDamage when there is no frame, it ends early, or either checksum is wrong
 */
export function readFrame(bytes: Uint8Array, start: number, info: StreamInfo): Frame {
  const bits = new BitReader(bytes, start);
  if (bits.unsigned(15) !== 0x7ffc) throw new FlacDamage('no frame where one should begin');
  bits.unsigned(1);
  const blockCode = bits.unsigned(4);
  const rateCode = bits.unsigned(4);
  const assignment = bits.unsigned(4);
  const sizeCode = bits.unsigned(3);
  bits.unsigned(1);
  skipCodedNumber(bits);
  const length = blockSize(blockCode, bits);
  bits.unsigned(rateCode === 12 ? 8 : rateCode === 13 || rateCode === 14 ? 16 : 0);
  const headerEnd = bits.byte;
  if (bits.unsigned(8) !== crc8(bytes.subarray(start, headerEnd)))
    throw new FlacDamage('a wrong frame header checksum');
  const width = sizeCode === 0 ? info.bitsPerSample : (SAMPLE_SIZES[sizeCode] ?? 0);
  const count = assignment < 8 ? assignment + 1 : 2;
  if (assignment > 10 || count !== info.channels || width !== info.bitsPerSample || length > info.maxBlock)
    throw new FlacDamage('a frame that is not of this stream');
  const channels = Array.from({ length: count }, (_, channel) => {
    // The difference of two channels needs one bit more.
    const side = (assignment === 9 && channel === 0) || ((assignment === 8 || assignment === 10) && channel === 1);
    return readSubframe(bits, length, side ? width + 1 : width);
  });
  bits.align();
  const footer = bits.byte;
  if (bits.unsigned(16) !== crc16(bytes.subarray(start, footer))) throw new FlacDamage('a wrong frame checksum');
  const [first, second] = channels;
  if (assignment >= 8 && first && second) decorrelate(assignment, first, second);
  return { channels, length, end: bits.byte };
}

const SAMPLE_SIZES = [0, 8, 12, 0, 16, 20, 24, 32];

function blockSize(code: number, bits: BitReader): number {
  if (code === 0) throw new FlacDamage('a reserved block size');
  if (code === 1) return 192;
  if (code <= 5) return 144 * 2 ** code;
  if (code === 6) return bits.unsigned(8) + 1;
  if (code === 7) return bits.unsigned(16) + 1;
  return 2 ** code;
}

/** The frame's or first sample's number, coded as in UTF-8; frames are taken in their order, so it is not needed. */
function skipCodedNumber(bits: BitReader): void {
  const ones = Math.clz32(~(bits.unsigned(8) << 24));
  if (ones === 1 || ones > 7) throw new FlacDamage('a frame number that is none');
  for (let i = 1; i < ones; i++) if (bits.unsigned(8) >> 6 !== 2) throw new FlacDamage('a frame number that is none');
}

/** Left and right from left/side (8), side/right (9) or mid/side (10), in place (section 4.2). */
function decorrelate(assignment: number, first: Int32Array, second: Int32Array): void {
  for (let i = 0; i < first.length; i++) {
    const a = first[i] ?? 0;
    const b = second[i] ?? 0;
    if (assignment === 8) second[i] = a - b;
    else if (assignment === 9) first[i] = a + b;
    else {
      const mid = 2 * a + (b & 1);
      first[i] = (mid + b) >> 1;
      second[i] = (mid - b) >> 1;
    }
  }
}
