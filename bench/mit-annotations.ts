/** Codes of the start and end of ventricular flutter, and of a change of rhythm (WFDB, annot(5)). */
export const [FLUTTER_ON, FLUTTER_OFF, RHYTHM] = [32, 33, 28];
const [SKIP, NUMBER, SUBTYPE, CHANNEL, TEXT] = [59, 60, 61, 62, 63];

/**
 * The AAMI class of each beat code (ANSI/AAMI EC57, as de Chazal et al. 2004 list it): normal and bundle branch blocks, supraventricular,
 * ventricular, fusion, paced and unclassifiable.
 */
export const AAMI: ReadonlyMap<number, 'N' | 'S' | 'V' | 'F' | 'Q'> = new Map([
  ...[1, 2, 3, 11, 34].map((code) => [code, 'N'] as const),
  ...[4, 7, 8, 9].map((code) => [code, 'S'] as const),
  ...[5, 10, 41].map((code) => [code, 'V'] as const),
  [6, 'F'],
  ...[12, 13, 38, 25, 30, 35].map((code) => [code, 'Q'] as const),
]);

export interface Annotation {
  readonly code: number;
  readonly sample: number;
  /** The text beside it, such as `(AFIB` at a change of rhythm; empty where there is none. */
  readonly text: string;
}

/** The annotations of an `.atr` file in MIT format (annot(5)). */
export function readAnnotations(file: Buffer): readonly Annotation[] {
  const found: Annotation[] = [];
  let sample = 0;
  for (let at = 0; at + 1 < file.length; ) {
    const word = file.readUInt16LE(at);
    at += 2;
    const [code, value] = [word >> 10, word & 0x3ff];
    if (word === 0) break;
    if (code === SKIP) {
      sample += (file.readInt16LE(at) << 16) + file.readUInt16LE(at + 2);
      at += 4;
    } else if (code === TEXT) {
      const last = found.at(-1);
      const text = file.toString('latin1', at, at + value).replace(/\0.*$/, '');
      if (last) found[found.length - 1] = { ...last, text };
      at += value + (value % 2);
    } else if (![NUMBER, SUBTYPE, CHANNEL].includes(code)) {
      sample += value;
      found.push({ code, sample, text: '' });
    }
  }
  return found;
}
