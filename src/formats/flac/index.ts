import { type ByteSource, EcgError } from '../../ecg';
import { FlacDamage, FlacEnd } from './bits';
import { type Frame, readFrame, type StreamInfo } from './frame';

/** A FLAC stream that is decoded where it is read. */
export interface FlacStream {
  readonly channels: number;
  readonly bitsPerSample: number;
  /** Samples of each channel. */
  readonly sampleCount: number;
  /**
   * All channels' samples from `start` on.
   *
   * @throws EcgError CORRUPT_FILE, TRUNCATED_FILE, UNREADABLE_FILE
   */
  read(start: number, count: number): Promise<readonly Int32Array[]>;
}

/** Compressed bytes that are decoded at opening, to know that the promised samples are there: hours of one lead, not a day of twelve. */
const CHECKED_BYTES = 2 ** 22;
const READ_BYTES = 2 ** 18;

/** Where a frame begins in the file and in time. */
interface Point {
  readonly sample: number;
  readonly byte: number;
}

/**
 * Opens a FLAC stream after RFC 9639 (van Beurden and Weaver, 2024). Frames are decoded one by one; where each began is kept, so that no stretch is decoded
 * twice on the way to a later one.
 *
 * @param start byte at which the stream begins
 * @throws EcgError CORRUPT_FILE, TRUNCATED_FILE
 */
export async function openFlac(source: ByteSource, start = 0): Promise<FlacStream> {
  const { info, total, firstFrame } = await readMetadata(source, start);
  const worstFrame = 1024 + Math.ceil((info.maxBlock * info.channels * (info.bitsPerSample + 1)) / 4);
  const points: Point[] = [{ sample: 0, byte: firstFrame }];
  let last: { readonly key: string; readonly samples: Promise<readonly Int32Array[]> } | null = null;

  /** Visits the frames from the last known one at or before a sample, until the visitor has enough or the file ends. */
  async function walk(from: number, visit: (frame: Frame, sample: number) => boolean): Promise<void> {
    let { sample, byte } = points[before(points, from)] ?? { sample: 0, byte: firstFrame };
    let bytes = new Uint8Array(0);
    let base = byte;
    while (byte < source.size && (total === 0 || sample < total)) {
      if (base + bytes.length - byte < Math.min(worstFrame, source.size - byte)) {
        base = byte;
        bytes = await source.read(byte, byte + Math.max(READ_BYTES, worstFrame));
        if (bytes.length === 0) return;
      }
      const frame = decoded(source, bytes, byte - base, info, base);
      if (!visit(frame, sample)) return;
      sample += frame.length;
      byte = base + frame.end;
      if (sample > (points.at(-1)?.sample ?? 0)) points.push({ sample, byte });
    }
  }

  async function decode(from: number, count: number): Promise<readonly Int32Array[]> {
    const channels = Array.from({ length: info.channels }, () => new Int32Array(count));
    let filled = 0;
    if (count > 0)
      await walk(from, (frame, sample) => {
        const skipped = Math.max(0, from - sample);
        const taken = Math.min(frame.length - skipped, from + count - sample - skipped);
        for (const [i, channel] of channels.entries())
          if (taken > 0)
            channel.set(frame.channels[i]?.subarray(skipped, skipped + taken) ?? [], sample + skipped - from);
        filled = Math.max(filled, sample + skipped + taken - from);
        return sample + frame.length < from + count;
      });
    if (filled < count) throw tooShort(source, `${from + count} samples`, `${from + filled}`);
    return channels;
  }

  let sampleCount = total;
  if (total === 0 || source.size <= CHECKED_BYTES) {
    sampleCount = 0;
    await walk(0, (frame, sample) => {
      sampleCount = sample + frame.length;
      return true;
    });
    if (sampleCount < total) throw tooShort(source, `${total} samples`, `${sampleCount}`);
  } else if (total > ((source.size - firstFrame) / LEAST_FRAME_BYTES) * info.maxBlock) {
    throw tooShort(source, `${total} samples`, `${source.size} bytes`);
  }
  return {
    ...info,
    sampleCount,
    read: (from, count) => {
      const key = `${from}+${count}`;
      if (last?.key === key) return last.samples;
      const samples = decode(from, count);
      last = { key, samples };
      samples.catch(() => {
        if (last?.samples === samples) last = null;
      });
      return samples;
    },
  };
}

/** Sync, codes, number, checksums and one byte of a subframe. */
const LEAST_FRAME_BYTES = 10;
const LAST_BLOCK = 0x80;

/** Walks the metadata blocks: STREAMINFO comes first and is all that is needed. */
async function readMetadata(
  source: ByteSource,
  start: number,
): Promise<{ readonly info: StreamInfo; readonly total: number; readonly firstFrame: number }> {
  const head = await source.read(start, start + 42);
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const isStream = head.length === 42 && view.getUint32(0) === 0x664c6143 && (view.getUint32(4) & 0x7fffffff) === 34;
  if (!isStream) throw corrupt(source, 'no FLAC stream');
  const packed = view.getUint32(18);
  const info = {
    maxBlock: view.getUint16(10),
    channels: ((packed >> 9) & 7) + 1,
    bitsPerSample: ((packed >> 4) & 31) + 1,
  };
  if (info.bitsPerSample > 24 || info.maxBlock < 16)
    throw corrupt(source, `${info.bitsPerSample} bits, blocks of ${info.maxBlock}`);
  let byte = start + 4;
  for (;;) {
    const block = await source.read(byte, byte + 4);
    if (block.length < 4) throw tooShort(source, 'a metadata block', `the end at byte ${source.size}`);
    byte += 4 + (((block[1] ?? 0) << 16) | ((block[2] ?? 0) << 8) | (block[3] ?? 0));
    if ((block[0] ?? 0) & LAST_BLOCK)
      return { info, total: (packed & 15) * 2 ** 32 + view.getUint32(22), firstFrame: byte };
  }
}

function decoded(source: ByteSource, bytes: Uint8Array, at: number, info: StreamInfo, base: number): Frame {
  try {
    return readFrame(bytes, at, info);
  } catch (thrown) {
    if (thrown instanceof FlacEnd)
      throw tooShort(source, `a whole frame from byte ${base + at} on`, `the end at byte ${source.size}`);
    if (thrown instanceof FlacDamage) throw corrupt(source, `${thrown.message}, near byte ${base + at}`);
    throw thrown;
  }
}

/** The index of the last point at or before a sample. */
function before(points: readonly Point[], sample: number): number {
  let low = 0;
  for (let high = points.length - 1; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if ((points[middle]?.sample ?? 0) <= sample) low = middle;
    else high = middle - 1;
  }
  return low;
}

function corrupt({ name: where }: ByteSource, found: string): EcgError {
  const detail = { expected: 'a FLAC stream of at most 24 bits', found, where };
  return new EcgError('CORRUPT_FILE', `${where} is a damaged FLAC file, or none.`, detail);
}

function tooShort({ name: where }: ByteSource, expected: string, found: string): EcgError {
  const detail = { expected, found, where };
  return new EcgError('TRUNCATED_FILE', `${where} is cut off: it holds less than it promises.`, detail);
}
