import { type ByteSource, EcgError } from '../../ecg';
import { rangeReader } from '../lazy';
import type { Group } from './groups';

/** One channel: how its stored values become values in its unit. */
export interface Scale {
  /** Units a step, correction included. */
  readonly step: number;
  /** The unit's value of a stored zero. */
  readonly baseline: number;
}

export interface GroupReader {
  /** Values of one channel from its sample `start` on, in its unit, NaN where the device wrote none. */
  read(channel: number, scale: Scale, start: number, count: number): Promise<Float32Array<ArrayBuffer>>;
}

/** Samples that are decoded at a time: twelve leads of 10 s at 1 kHz in one go. */
const BLOCK = 2 ** 18;

type Decode = (view: DataView, at: number, littleEndian: boolean) => number;

/** Waveform Sample Interpretation (PS3.3, C.10.9.1.5): linear ones, and G.711's two companded ones. */
const DECODERS: Readonly<Record<string, Decode>> = {
  SB: (view, at) => view.getInt8(at),
  UB: (view, at) => view.getUint8(at),
  SS: (view, at, littleEndian) => view.getInt16(at, littleEndian),
  US: (view, at, littleEndian) => view.getUint16(at, littleEndian),
  SL: (view, at, littleEndian) => view.getInt32(at, littleEndian),
  UL: (view, at, littleEndian) => view.getUint32(at, littleEndian),
  SV: (view, at, littleEndian) => Number(view.getBigInt64(at, littleEndian)),
  UV: (view, at, littleEndian) => Number(view.getBigUint64(at, littleEndian)),
  MB: (view, at) => muLaw(view.getUint8(at)),
  AB: (view, at) => aLaw(view.getUint8(at)),
};
const WIDTHS: Readonly<Record<string, number>> = {
  SB: 1,
  UB: 1,
  MB: 1,
  AB: 1,
  SS: 2,
  US: 2,
  SL: 4,
  UL: 4,
  SV: 8,
  UV: 8,
};

/**
 * Reads the samples of a group, which are interleaved by channel, from the file as they are asked for.
 *
 * @param bitsStored of the channels; fewer than allocated are extended by their sign where the file has not done it
 * @throws EcgError UNSUPPORTED_FORMAT for an interpretation that is none, UNREADABLE_FILE
 */
export async function groupReader(
  source: ByteSource,
  group: Group,
  littleEndian: boolean,
  bitsStored: number,
): Promise<GroupReader> {
  const { interpretation, bytesPerSample, channelCount, sampleCount, data, padding } = group;
  const decoder = DECODERS[interpretation];
  if (!decoder || WIDTHS[interpretation] !== bytesPerSample) {
    const detail = { found: `${interpretation} in ${8 * bytesPerSample} bits`, where: source.name };
    throw new EcgError(
      'UNSUPPORTED_FORMAT',
      `${source.name} codes its samples in a way that is not known here.`,
      detail,
    );
  }
  const frameBytes = channelCount * bytesPerSample;
  const blockFrames = Math.max(1, Math.floor(BLOCK / channelCount));
  const range = rangeReader(source);
  const framesOf = (start: number, end: number) =>
    range(data.start + start * frameBytes, data.start + end * frameBytes);
  const wide = !littleEndian && bytesPerSample > 2;
  const firstFrames = wide ? await framesOf(0, Math.min(sampleCount, blockFrames)) : null;
  const decode = firstFrames ? bigEndianOrder(decoder, firstFrames, frameBytes, bytesPerSample) : decoder;
  const missing = missingValues(decode, bytesPerSample, padding, littleEndian);
  const signed = interpretation.startsWith('S');
  const narrow = signed && bitsStored > 1 && bitsStored < 8 * bytesPerSample && bitsStored <= 31;
  const wrap = narrow && (await lacksSign()) ? 2 ** bitsStored : 0;

  /** Whether the upper bits are all zero although the sign bit of the stored ones is used: then nothing was extended. */
  async function lacksSign(): Promise<boolean> {
    const view = await framesOf(0, Math.min(sampleCount, blockFrames));
    let most = 0;
    for (let at = 0; at + bytesPerSample <= view.byteLength; at += bytesPerSample) {
      const value = decode(view, at, littleEndian);
      if (missing.has(value)) continue;
      if (value < 0) return false;
      most = Math.max(most, value);
    }
    return most >= 2 ** (bitsStored - 1) && most < 2 ** bitsStored;
  }

  return {
    read: async (channel, { step, baseline }, start, count) => {
      const values = new Float32Array(count);
      for (let from = start; from < start + count; from += blockFrames) {
        const to = Math.min(start + count, from + blockFrames);
        const view = await framesOf(from, to);
        for (let frame = from; frame < to; frame++) {
          const stored = decode(view, (frame - from) * frameBytes + channel * bytesPerSample, littleEndian);
          const value = wrap > 0 && stored >= wrap / 2 ? stored - wrap : stored;
          values[frame - start] = missing.has(stored) ? Number.NaN : value * step + baseline;
        }
      }
      return values;
    },
  };
}

/**
 * Big endian turns each 16-bit word of OW (PS3.5, 7.3); of a wider sample that leaves the lower word first, as DCMTK writes it, where
 * pydicom turns the sample as a whole. The order in which the signal is the smoother one is the one that was written.
 */
function bigEndianOrder(whole: Decode, view: DataView, frameBytes: number, width: number): Decode {
  const turned = new DataView(new ArrayBuffer(width));
  const byWords: Decode = (from, at) => {
    for (let word = 0; word < width; word += 2) turned.setUint16(word, from.getUint16(at + width - 2 - word));
    return whole(turned, 0, false);
  };
  const roughness = (decode: Decode) => {
    let sum = 0;
    for (let at = frameBytes; at + width <= view.byteLength; at += width) {
      sum += Math.abs(decode(view, at, false) - decode(view, at - frameBytes, false));
    }
    return sum;
  };
  return roughness(byWords) < roughness(whole) ? byWords : whole;
}

/**
 * Stored values that mean "none": the padding value, unless it is the zero that one exporter writes by default and that is also a plain
 * sample, and the lowest number of 16 bits.
 */
function missingValues(
  decode: Decode,
  width: number,
  padding: Uint8Array<ArrayBuffer> | null,
  littleEndian: boolean,
): ReadonlySet<number> {
  const values = new Set<number>();
  if (padding && padding.length >= width) {
    const value = decode(new DataView(padding.buffer, padding.byteOffset, padding.length), 0, littleEndian);
    if (value !== 0) values.add(value);
  }
  if (width === 2) values.add(-32768);
  return values;
}

/** ITU-T G.711, mu-law to linear. */
function muLaw(byte: number): number {
  const code = ~byte & 255;
  const magnitude = (((code & 15) << 3) + 132) << ((code >> 4) & 7);
  return code & 128 ? 132 - magnitude : magnitude - 132;
}

/** ITU-T G.711, A-law to linear. */
function aLaw(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code >> 4) & 7;
  const step = ((code & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
  return code & 128 ? magnitude : -magnitude;
}
