import type { Annotation, Annotations, ByteSource } from '../../ecg';
import { annotationsOf } from '../annotation-list';
import type { EdfHeader } from './header';
import { isAnnotations } from './onsets';

/** Data records whose texts are read: hours, without a day's file being read to its end. */
export const MOST_RECORDS = 20_000;
/** Records that are asked for at once. */
const AT_ONCE = 64;

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
  for (let block = 0; block < read; block += AT_ONCE) {
    const texts = await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, read - block) }, (_, i) =>
        signals.map(async ({ offset, samplesPerRecord }) => {
          const start = header.headerBytes + (block + i) * header.recordBytes + offset;
          return textsOf(await source.read(start, start + samplesPerRecord * header.sampleBytes), delayS);
        }),
      ).flat(),
    );
    for (const some of texts) found.push(...some);
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
