import type { Annotation } from '../ecg';
import { LETTER_MM } from './bands';
import type { Label, Sheet } from './sheet';
import { toMm } from './units';

/** Height of a line, mm; each annotator has a line of its own, above the letters of the beats. */
const LINE_MM = 3;
/** A text on the trace is cut here; the whole is in the analysis. */
const LONGEST = 24;

/** Annotations of the file above the traces that show their moments: the text where there is one, else the symbol. */
export function annotationLabels({ traces, scale }: Sheet, annotations: readonly Annotation[]): readonly Label[] {
  const lines = [...new Set(annotations.map(({ source }) => source))];
  return traces.flatMap(({ startS, endS, x, baseline, rowMm }) =>
    annotations
      .filter(({ timeS }) => timeS >= startS && timeS < endS)
      .map(({ timeS, symbol, text, source }) => ({
        text: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text || symbol,
        x: x + toMm(timeS - startS, scale) - 1,
        y: baseline - Math.min(rowMm / 2, LETTER_MM) - LINE_MM * (1 + lines.indexOf(source)),
        kind: 'annotation' as const,
      })),
  );
}
