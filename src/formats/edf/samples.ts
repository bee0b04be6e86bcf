import { type ByteSource, EcgError } from '../../ecg';
import type { EdfHeader, EdfSignal } from './header';
import type { Run } from './onsets';

/** Bytes that are read at a time for all signals together; longer data records are read signal by signal. */
const BLOCK_BYTES = 2 ** 20;

/** From a stored number to the unit, and to NaN nothing: these formats have no mark for a missing sample. */
export interface Scale {
  readonly gain: number;
  readonly offset: number;
}

/** Reads one signal's samples where they are asked for. Leads are asked one after the other, so the last block is kept. */
export function sampleReader(source: ByteSource, { headerBytes, recordBytes, sampleBytes }: EdfHeader) {
  let last: { readonly key: string; readonly bytes: Promise<Uint8Array> } | null = null;

  function block(start: number, end: number): Promise<Uint8Array> {
    const key = `${start}-${end}`;
    if (last?.key === key) return last.bytes;
    const bytes = source.read(start, end);
    last = { key, bytes };
    bytes.catch(() => {
      if (last?.bytes === bytes) last = null;
    });
    return bytes;
  }

  /** Stored numbers of records `from` up to `to` of one signal. */
  async function ofRecords({ samplesPerRecord, offset }: EdfSignal, from: number, to: number): Promise<Int32Array> {
    const values = new Int32Array((to - from) * samplesPerRecord);
    const step = Math.max(1, Math.floor(BLOCK_BYTES / recordBytes));
    for (let record = from; record < to; record += step) {
      const count = Math.min(step, to - record);
      const start = headerBytes + record * recordBytes;
      const narrow = recordBytes > BLOCK_BYTES;
      const bytes = narrow
        ? await source.read(start + offset, start + offset + samplesPerRecord * sampleBytes)
        : await block(start, start + count * recordBytes);
      const inBlock = narrow ? 0 : offset;
      if (bytes.length < (count - 1) * recordBytes + inBlock + samplesPerRecord * sampleBytes) throw shorter(source);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      for (let i = 0; i < count * samplesPerRecord; i++) {
        const at = Math.floor(i / samplesPerRecord) * recordBytes + inBlock + (i % samplesPerRecord) * sampleBytes;
        values[(record - from) * samplesPerRecord + i] =
          sampleBytes === 2 ? view.getInt16(at, true) : view.getUint16(at, true) | (view.getInt8(at + 2) << 16);
      }
    }
    return values;
  }

  /** Samples in the signal's unit, over runs and gaps; `start` and `count` lie within the recording. */
  return async (
    signal: EdfSignal,
    { gain, offset }: Scale,
    runs: readonly Run[],
    rateHz: number,
    start: number,
    count: number,
  ): Promise<Float32Array<ArrayBuffer>> => {
    const samples = new Float32Array(count).fill(Number.NaN);
    for (const run of runs) {
      const begin = Math.round(run.startS * rateHz);
      const from = Math.max(start, begin) - begin;
      const to = Math.min(start + count, begin + run.records * signal.samplesPerRecord) - begin;
      if (from >= to) continue;
      const firstRecord = Math.floor(from / signal.samplesPerRecord);
      const endRecord = Math.ceil(to / signal.samplesPerRecord);
      const values = await ofRecords(signal, run.firstRecord + firstRecord, run.firstRecord + endRecord);
      const skipped = firstRecord * signal.samplesPerRecord;
      for (let i = from; i < to; i++) samples[begin + i - start] = (values[i - skipped] ?? 0) * gain + offset;
    }
    return samples;
  };
}

function shorter({ name: where }: ByteSource): EcgError {
  return new EcgError('TRUNCATED_FILE', `${where} is shorter than it was when it was opened.`, { where });
}
