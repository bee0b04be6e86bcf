/** One annotation of a WFDB file, as it is stored. */
export interface MitAnnotation {
  /** 1 to 49 (annot(5)); what it stands for is in `symbolOf`. */
  readonly code: number;
  /** In sample intervals of the file's time resolution, from the start of the record. */
  readonly sample: number;
  readonly subtype: number;
  /** The text beside it, such as `(AFIB` at a change of rhythm; empty where there is none. */
  readonly text: string;
}

export interface MitFile {
  readonly annotations: readonly MitAnnotation[];
  /** Hz where the file states its own, else null: the record's frame rate. */
  readonly resolutionHz: number | null;
  /** Codes whose symbols the file defines itself. */
  readonly symbols: ReadonlyMap<number, string>;
  /** How the words ended: with the zero word as the last one, at the end of the bytes, or in what is no annotation file. */
  readonly end: 'whole' | 'cut' | 'none';
}

/** Words that are no annotation of their own (annot(5)): a long interval, and what belongs to the annotation before. */
const [SKIP, NUMBER, SUBTYPE, CHANNEL, TEXT] = [59, 60, 61, 62, 63];
const [HIGHEST_CODE, NOTE] = [49, 22];

/** Symbols of the codes 0 to 41 as WFDB prints them (ecgcodes(3)); a blank where a code has no meaning. */
const SYMBOLS = ' NLRaVFJASEj/Q~ | sT*D"=pB^t+u?![]en@xf()r';

/**
 * Reads the MIT annotation format after annot(5) (G. B. Moody, WFDB Applications Guide): words of 16 bits with a code and an interval,
 * text after code 63, a zero word at the end. Proved with the annotation files of the shared samples against wfdb-python.
 *
 * @param bytes a whole file, or its beginning; never throws, `end` tells what came of it
 */
export function readAnnotations(bytes: Uint8Array): MitFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: MitAnnotation[] = [];
  const amend = (patch: Partial<MitAnnotation>) => {
    const last = found.at(-1);
    if (last) found[found.length - 1] = { ...last, ...patch };
  };
  let sample = 0;
  let end: MitFile['end'] = 'cut';
  for (let at = 0; at + 1 < bytes.length; ) {
    const word = view.getUint16(at, true);
    const [code, value] = [word >> 10, word & 0x3ff];
    at += 2;
    if (word === 0) {
      end = at === bytes.length ? 'whole' : 'none';
      break;
    }
    if (code === SKIP) {
      if (at + 4 <= bytes.length) sample += view.getInt16(at, true) * 2 ** 16 + view.getUint16(at + 2, true);
      at += 4;
    } else if (code === TEXT) {
      amend({ text: textOf(bytes.subarray(at, at + value)) });
      at += value + (value % 2);
    } else if (code === SUBTYPE) {
      amend({ subtype: (value << 24) >> 24 });
    } else if (code <= HIGHEST_CODE) {
      sample += value;
      // Code 0 is no annotation; it carries the time on where an interval is too long for one word.
      if (code > 0) found.push({ code, sample, subtype: 0, text: '' });
    } else if (code !== NUMBER && code !== CHANNEL) {
      end = 'none';
      break;
    }
  }
  return { ...withoutDefinitions(found), end };
}

/** The symbol that stands for a code: as the file defines it, else as WFDB does, else its number in brackets. */
export function symbolOf(code: number, symbols: MitFile['symbols']): string {
  return symbols.get(code) ?? (SYMBOLS[code]?.trim() || `[${code}]`);
}

/**
 * Notes at sample 0 speak of the file, not of the heart: the command that made it and, behind `##`, how to read the rest,
 * the time resolution and symbols of the user's own. wfdb-python leaves them out as well.
 */
function withoutDefinitions(all: readonly MitAnnotation[]): Omit<MitFile, 'end'> {
  const symbols = new Map<number, string>();
  let resolutionHz: number | null = null;
  let defining = false;
  const annotations = all.filter(({ code, sample, text }) => {
    if (code !== NOTE || sample !== 0) return true;
    const rate = /^## time resolution:\s*(\d+(?:\.\d+)?)/.exec(text)?.[1];
    if (rate && Number(rate) > 0) resolutionHz = Number(rate);
    const [, own, symbol] = (defining && /^(\d+)\s+(\S+)/.exec(text)) || [];
    if (own && symbol) symbols.set(Number(own), symbol);
    if (text.startsWith('## annotation type definitions')) defining = true;
    if (text.startsWith('## end of definitions')) defining = false;
    return false;
  });
  return { annotations, resolutionHz, symbols };
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
