import { type ByteSource, EcgError } from '../../ecg';
import { checkAbort, type ReadOptions } from '../reader';
import type { EdfHeader } from './header';

/** Data records that follow one another without a gap. */
export interface Run {
  readonly firstRecord: number;
  readonly records: number;
  /** Seconds from the first sample of the recording. */
  readonly startS: number;
}

export interface Timeline {
  readonly runs: readonly Run[];
  /** Seconds from the header's starting time to the first sample. */
  readonly delayS: number;
  /** False when the file says that it has gaps, but not where. */
  readonly known: boolean;
}

/** Records whose times are asked for at once. */
const AT_ONCE = 64;
/** No recording is longer, gaps and all: two months. */
const MAX_SECONDS = 62 * 86400;

/** True for the signal in which EDF+ and BDF+ keep times and texts. */
export function isAnnotations({ label }: { readonly label: string }): boolean {
  return /^[EB]DF Annotations$/i.test(label);
}

/**
 * When each data record began. In a discontinuous file (EDF+D) every record tells it in its first annotation; in a continuous one the first is enough.
 *
 * @param records data records in the file
 * @throws EcgError CORRUPT_FILE when time goes backwards, TOO_LARGE, UNREADABLE_FILE, ABORTED
 */
export async function timeline(
  source: ByteSource,
  header: EdfHeader,
  records: number,
  options: ReadOptions,
): Promise<Timeline> {
  const annotations = header.signals.find(isAnnotations);
  const onset = async (record: number): Promise<number> => {
    if (!annotations) return Number.NaN;
    const start = header.headerBytes + record * header.recordBytes + annotations.offset;
    const bytes = await source.read(start, start + annotations.samplesPerRecord * header.sampleBytes);
    return firstOnset(bytes);
  };
  const first = await onset(0);
  const delayS = first >= 0 && first < MAX_SECONDS ? first : 0;
  const whole = { runs: [{ firstRecord: 0, records, startS: 0 }], delayS };
  if (!header.variant.endsWith('D')) return { ...whole, known: true };
  if (Number.isNaN(first) || header.recordSeconds === 0) return { ...whole, known: false };
  const runs: Run[] = [];
  let run: Run = { firstRecord: 0, records: 0, startS: 0 };
  for (let block = 0; block < records; block += AT_ONCE) {
    checkAbort(options);
    const count = Math.min(AT_ONCE, records - block);
    const onsets = await Promise.all(Array.from({ length: count }, (_, i) => onset(block + i)));
    for (const [i, at] of onsets.entries()) {
      if (Number.isNaN(at)) return { ...whole, known: false };
      const due = run.startS + run.records * header.recordSeconds;
      const gap = at - first - due;
      if (gap < -TOLERANCE_S || at - first > MAX_SECONDS) throw unordered(source.name, block + i, due, at - first);
      if (gap > TOLERANCE_S) {
        runs.push(run);
        run = { firstRecord: block + i, records: 0, startS: at - first };
      }
      run = { ...run, records: run.records + 1 };
    }
  }
  return { runs: [...runs, run], delayS, known: true };
}

/** Times are written with few decimals: less than this is no gap. */
const TOLERANCE_S = 0.002;

/** `+12.5` up to the byte 20 or 21 that ends it, or NaN. */
function firstOnset(bytes: Uint8Array): number {
  const text = String.fromCharCode(...bytes.subarray(0, 40));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the bytes 20 and 21 are the format's separators
  return Number(/^([+-]\d+(?:\.\d*)?)[\x14\x15]/.exec(text)?.[1] ?? Number.NaN);
}

function unordered(where: string, record: number, due: number, found: number): EcgError {
  const detail = { expected: `${due} s or later for data record ${record + 1}`, found: `${found} s`, where };
  return new EcgError('CORRUPT_FILE', `Time does not go forward in ${where}.`, detail);
}
