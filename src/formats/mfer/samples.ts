import type { Bytes } from '../bytes';
import type { Frame } from './definitions';
import type { ChannelState } from './state';

/** Sample types of MWF_DTP, with their bytes; 4 is a status word, 9 is compressed. */
const TYPES: readonly {
  readonly bytes: number;
  readonly at: (view: DataView, at: number, little: boolean) => number;
}[] = [
  { bytes: 2, at: (view, at, little) => view.getInt16(at, little) },
  { bytes: 2, at: (view, at, little) => view.getUint16(at, little) },
  { bytes: 4, at: (view, at, little) => view.getInt32(at, little) },
  { bytes: 1, at: (view, at) => view.getUint8(at) },
  { bytes: 2, at: (view, at, little) => view.getUint16(at, little) },
  { bytes: 1, at: (view, at) => view.getInt8(at) },
  { bytes: 4, at: (view, at, little) => view.getUint32(at, little) },
  { bytes: 4, at: (view, at, little) => view.getFloat32(at, little) },
  { bytes: 8, at: (view, at, little) => view.getFloat64(at, little) },
];

export const STATUS_TYPE = 4;
/** Bytes that are decoded at a time. */
const CHUNK_BYTES = 2 ** 20;

/** A frame's layout: sequences one after the other, each with one block of every channel. */
export interface Layout {
  readonly frame: Frame;
  readonly sequences: number;
  readonly sequenceBytes: number;
  /** Where each channel's block begins within a sequence. */
  readonly offsets: readonly number[];
}

/** The layout of a frame as far as its bytes reach, or null when a sample type or block is none that can be read. */
export function layOut(frame: Frame): Layout | null {
  const offsets: number[] = [];
  let sequenceBytes = 0;
  for (const channel of frame.channels) {
    const type = TYPES[channel.dataType ?? 0];
    const block = blockOf(channel);
    if (!type || block < 1) return null;
    offsets.push(sequenceBytes);
    sequenceBytes += block * type.bytes;
  }
  const held = Math.floor(frame.length / sequenceBytes);
  return { frame, sequences: Math.min(held, frame.sequences ?? held), sequenceBytes, offsets };
}

export function blockOf({ blockLength }: ChannelState): number {
  return blockLength ?? 1;
}

/**
 * Values of one channel of a frame in its unit: (stored + offset) × resolution, NaN where the file has its "none".
 *
 * @param start first sample within the frame
 */
export async function readFrame(
  range: (start: number, end: number) => Promise<DataView>,
  { frame, sequenceBytes, offsets }: Layout,
  index: number,
  start: number,
  count: number,
): Promise<Float64Array<ArrayBuffer>> {
  const values = new Float64Array(count);
  const channel = frame.channels[index] ?? {};
  const type = TYPES[channel.dataType ?? 0];
  if (!type) return values.fill(Number.NaN);
  const { littleEndian } = frame;
  const block = blockOf(channel);
  const one = (bytes: Bytes | undefined) =>
    bytes && bytes.length >= type.bytes ? type.at(viewOf(bytes), 0, littleEndian) : null;
  const none = one(channel.none);
  const offset = one(channel.offset) ?? 0;
  const step = channel.resolution?.step ?? 1;
  const put = (view: DataView, at: number, sample: number) => {
    const stored = type.at(view, at, littleEndian);
    values[sample - start] = stored === none ? Number.NaN : (stored + offset) * step;
  };
  const end = start + count;
  if (sequenceBytes > CHUNK_BYTES) {
    // Long blocks: only this channel's part of each is read.
    const most = CHUNK_BYTES / type.bytes;
    for (let from = start; from < end; ) {
      const inBlock = from % block;
      const to = Math.min(end, from - inBlock + block, from + most);
      const first =
        frame.start + ((from - inBlock) / block) * sequenceBytes + (offsets[index] ?? 0) + inBlock * type.bytes;
      const view = await range(first, first + (to - from) * type.bytes);
      for (let i = from; i < to; i++) put(view, (i - from) * type.bytes, i);
      from = to;
    }
    return values;
  }
  const perChunk = Math.max(1, Math.floor(CHUNK_BYTES / sequenceBytes));
  const last = Math.ceil(end / block);
  for (let from = Math.floor(start / block); from < last; from += perChunk) {
    const to = Math.min(last, from + perChunk);
    const view = await range(frame.start + from * sequenceBytes, frame.start + to * sequenceBytes);
    for (let i = Math.max(start, from * block); i < Math.min(end, to * block); i++) {
      const inBlock = i % block;
      put(view, ((i - inBlock) / block - from) * sequenceBytes + (offsets[index] ?? 0) + inBlock * type.bytes, i);
    }
  }
  return values;
}

function viewOf({ raw }: Bytes): DataView {
  return new DataView(raw.buffer, raw.byteOffset, raw.length);
}
