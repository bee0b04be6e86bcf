import type { Annotation, Annotations, ByteSource } from '../../ecg';
import { annotationsOf } from '../annotation-list';
import type { EdfHeader } from './header';
import { isAnnotations } from './onsets';

/** Data records whose texts are read: hours, without a day's file being read to its end. */
export const MOST_RECORDS = 20_000;
/** Bytes that are asked for at once: many small reads of a dropped file take longer than all that lies between. */
const AT_ONCE = 2 ** 21;

/**
 * The texts that EDF+ and BDF+ keep in their annotation signals (Kemp and Olivan, 2003): `+onset`, perhaps byte 21 and a duration, then
 * byte 20 and a text, any number of times; a record's own time has no text.
 *
 * @param records data records in the file, @param delayS the onset of the first sample
 * @throws EcgError UNREADABLE_FILE
 */
export async function textsIn(
  source: ByteSource,
  header: EdfHeader,
  records: number,
  delayS: number,
): Promise<Annotations> {
  const signals = header.signals.filter(isAnnotations);
  const found: Annotation[] = [];
  const read = Math.min(records, MOST_RECORDS);
  const together = Math.max(1, Math.floor(AT_ONCE / header.recordBytes));
  for (let first = 0; first < read; first += together) {
    const start = header.headerBytes + first * header.recordBytes;
    const count = Math.min(together, read - first);
    const block = together > 1 ? await source.read(start, start + count * header.recordBytes) : null;
    for (let record = 0; record < count; record++) {
      for (const { offset, samplesPerRecord } of signals) {
        const from = record * header.recordBytes + offset;
        const to = from + samplesPerRecord * header.sampleBytes;
        found.push(...textsOf(block?.subarray(from, to) ?? (await source.read(start + from, start + to)), delayS));
      }
    }
  }
  return annotationsOf(found);
}

function textsOf(bytes: Uint8Array, delayS: number): Annotation[] {
  return new TextDecoder()
    .decode(bytes)
    .split('\0')
    .flatMap((list) => {
      const [time = '', ...texts] = list.split('\x14');
      const onset = /^[+-]\d+(?:\.\d*)?/.exec(time)?.[0];
      if (onset === undefined) return [];
      const timeS = Number((Number(onset) - delayS).toFixed(6));
      return texts.filter(Boolean).map((text) => ({ timeS, symbol: '"', text, source: 'edf' }));
    });
}
