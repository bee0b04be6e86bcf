import type { Annotations, ByteSource } from '../../ecg';
import { annotationsOf } from '../annotation-list';
import { extensionOf } from '../sources';
import { readAnnotations, symbolOf } from './annotations';

/** Annotators whose files are known by their names (PhysioNet's databases and WFDB's detectors). */
const ANNOTATORS = new Set(
  'atr ari ann qrs qrsc gqrs gqrsh gqrsl sqrs wqrs xws ecg pu pu0 pu1 pwave q1c q2c qt1 qt2 man st st- sta stb stc apn al ae16 cm i ii iii avr avl avf v1 v2 v3 v4 v5 v6'.split(
    ' ',
  ),
);

/** No annotation file of a day is larger. */
const MAX_BYTES = 2 ** 23;

/** True when a file holds WFDB annotations: by its annotator's name, or by its beginning; and by its content to the end. */
export async function isAnnotation(source: ByteSource, head: Uint8Array): Promise<boolean> {
  if (source.size === 0 || source.size > MAX_BYTES) return false;
  if (!ANNOTATORS.has(extensionOf(source.name))) {
    const { end, annotations } = readAnnotations(head);
    if (end === 'none' || annotations.length === 0) return false;
  }
  const { end, annotations } = readAnnotations(await source.read());
  return end === 'whole' && annotations.length > 0;
}

/**
 * What stands in the annotation files of a record, in the order of time.
 *
 * @param frameRateHz the record's, for files that state no time resolution of their own
 * @throws EcgError UNREADABLE_FILE
 */
export async function annotationsIn(files: readonly ByteSource[], frameRateHz: number): Promise<Annotations> {
  const all = await Promise.all(
    files.map(async (file) => {
      const { annotations, resolutionHz, symbols } = readAnnotations(await file.read());
      return annotations.map(({ code, sample, text }) => ({
        timeS: sample / (resolutionHz ?? frameRateHz),
        symbol: symbolOf(code, symbols),
        text,
        source: extensionOf(file.name),
      }));
    }),
  );
  return annotationsOf(all.flat());
}
