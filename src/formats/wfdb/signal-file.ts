import { type ByteSource, EcgError } from '../../ecg';
import { bytesFor, type Packing, samplesIn } from './packing';

/** One signal's place in a frame of its file. */
export interface Slot {
  /** Samples of other signals before it in a frame. */
  readonly first: number;
  readonly count: number;
  /** Where difference formats start from. */
  readonly initialValue: number;
}

/** A signal file: frames of samples, each signal with its slot in the frame. */
export interface SignalFile {
  /** Whole frames that the file's bytes hold. */
  readonly frames: number;
  /**
   * Converter values of one signal, `start` and `count` in its own samples.
   *
   * @throws EcgError TRUNCATED_FILE when the bytes are not there any more, or UNREADABLE_FILE
   */
  read(slot: Slot, start: number, count: number): Promise<Int32Array>;
}

/** Samples that are decoded at a time: 10 s of 12 leads at 1 kHz in one go, 24 h in steady memory. */
const BLOCK = 2 ** 18;

/** Opens a signal file after signal(5); no byte is read before the first `read`. */
export function signalFile(source: ByteSource, packing: Packing, byteOffset: number, frameSamples: number): SignalFile {
  const available = Math.max(0, source.size - byteOffset);
  const frames = Math.floor(samplesIn(packing, available) / frameSamples);
  const blockFrames = Math.max(1, Math.floor(BLOCK / frameSamples));
  let last: { readonly start: number; readonly end: number; readonly samples: Promise<Int32Array> } | null = null;

  /** All signals' samples of some frames, interleaved. Leads are asked for one after the other, so the last answer is kept. */
  function interleaved(start: number, end: number): Promise<Int32Array> {
    if (last?.start === start && last.end === end) return last.samples;
    const samples = decode(source, packing, byteOffset, start * frameSamples, (end - start) * frameSamples);
    last = { start, end, samples };
    samples.catch(() => {
      if (last?.samples === samples) last = null;
    });
    return samples;
  }

  async function stored(slot: Slot, start: number, count: number): Promise<Int32Array> {
    const values = new Int32Array(count);
    const firstFrame = Math.floor(start / slot.count);
    const endFrame = Math.ceil((start + count) / slot.count);
    for (let frame = firstFrame; frame < endFrame; frame += blockFrames) {
      const blockEnd = Math.min(frame + blockFrames, endFrame);
      const block = await interleaved(frame, blockEnd);
      const from = Math.max(start, frame * slot.count);
      const to = Math.min(start + count, blockEnd * slot.count);
      for (let i = from; i < to; i++) {
        const inFrame = i % slot.count;
        values[i - start] = block[((i - inFrame) / slot.count - frame) * frameSamples + slot.first + inFrame] ?? 0;
      }
    }
    return values;
  }

  if (!packing.differences) return { frames, read: stored };
  return { frames, read: summed(stored, blockFrames) };
}

/** Running sums of a difference format. The sum at the start of each block is kept, so that no stretch is decoded twice for what follows it. */
function summed(stored: SignalFile['read'], blockFrames: number): SignalFile['read'] {
  const sums = new Map<Slot, Promise<number>[]>();

  async function advance(slot: Slot, block: number, before: Promise<number>): Promise<number> {
    const differences = await stored(slot, block * blockFrames * slot.count, blockFrames * slot.count);
    return differences.reduce((sum, difference) => sum + difference, await before);
  }

  return async (slot, start, count) => {
    const block = Math.floor(start / (blockFrames * slot.count));
    const known = sums.get(slot) ?? [Promise.resolve(slot.initialValue)];
    sums.set(slot, known);
    for (let next = known.length; next <= block; next++) {
      const before = known[next - 1] ?? Promise.resolve(slot.initialValue);
      known[next] = advance(slot, next - 1, before);
      await known[next]?.catch(() => {
        sums.delete(slot);
      });
    }
    let sum = (await known[block]) ?? slot.initialValue;
    const from = block * blockFrames * slot.count;
    const values = await stored(slot, from, start + count - from);
    for (let i = 0; i < values.length; i++) values[i] = sum += values[i] ?? 0;
    return values.subarray(start - from);
  };
}

async function decode(
  source: ByteSource,
  packing: Packing,
  byteOffset: number,
  start: number,
  count: number,
): Promise<Int32Array> {
  const skipped = start % packing.unitSamples;
  const from = byteOffset + bytesFor(packing, start - skipped);
  const to = byteOffset + bytesFor(packing, start + count);
  const bytes = await source.read(from, to);
  if (bytes.length < to - from) {
    const detail = { expected: `${to} bytes`, found: `${from + bytes.length} bytes`, where: source.name };
    throw new EcgError('TRUNCATED_FILE', `${source.name} is shorter than it was when it was opened.`, detail);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const samples = new Int32Array(count);
  for (let i = 0; i < count; i++) samples[i] = packing.at(view, skipped + i);
  return samples;
}
