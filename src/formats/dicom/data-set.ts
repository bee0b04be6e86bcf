import { type ByteSource, EcgError } from '../../ecg';
import { pager } from '../pager';
import type { Syntax } from './syntax';

/** One element: its place in the source, its bytes where they are few, its items where it is a sequence. */
export interface Element {
  readonly start: number;
  readonly length: number;
  /** Null for more than `KEPT_BYTES`: samples stay in the file. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly items: readonly DataSet[];
}

/** Elements by tag, `0x54000100` for (5400,0100). */
export type DataSet = ReadonlyMap<number, Element>;

const KEPT_BYTES = 2 ** 15;
/** Real ECGs have some thousands; more is a file made to stall its reader. */
const MAX_ELEMENTS = 200_000;
const MAX_DEPTH = 12;
const UNDEFINED = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const PIXEL_DATA = 0x7fe00010;
const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

/** Sequences that this reader looks into: implicit VR does not say which elements are some. */
const SEQUENCES = new Set([
  0x54000100, 0x003a0200, 0x003a0208, 0x003a0209, 0x003a0211, 0x0040b020, 0x0040a043, 0x0040a168, 0x004008ea,
]);

/**
 * Reads the elements of a DICOM data set (PS3.5 section 7) without its bulk: no value is longer than the file, and what is left when a
 * file ends within an element is kept.
 *
 * @returns the elements, and where reading stopped
 * @throws EcgError CORRUPT_FILE for nesting or numbers of elements that no ECG has, UNREADABLE_FILE
 */
export async function readDataSet(
  source: ByteSource,
  start: number,
  syntax: Syntax,
  until: (tag: number) => boolean = () => false,
): Promise<{ readonly elements: DataSet; readonly end: number }> {
  const read = pager(source);
  let count = 0;

  async function elementsFrom(
    from: number,
    limit: number,
    current: Syntax,
    depth: number,
  ): Promise<{ readonly elements: DataSet; readonly end: number }> {
    if (depth > MAX_DEPTH) throw tooMuch('nesting', `more than ${MAX_DEPTH} levels`);
    const elements = new Map<number, Element>();
    let at = from;
    while (at + 8 <= limit) {
      count += 1;
      if (count > MAX_ELEMENTS) throw tooMuch('elements', `more than ${MAX_ELEMENTS}`);
      const head = await headOf(at, current);
      if (depth === 0 && until(head.tag)) return { elements, end: at };
      if (head.tag === ITEM_END || head.tag === SEQUENCE_END || head.tag === PIXEL_DATA) {
        return { elements, end: at + 8 };
      }
      const sequence = head.vr === 'SQ' || (head.vr !== 'OB' && head.vr !== 'OW' && head.length === UNDEFINED);
      if (sequence || ((head.vr === '' || head.vr === 'UN') && SEQUENCES.has(head.tag))) {
        // What has an unknown VR is written in implicit VR (PS3.5, 6.2.2).
        const inner = head.vr === 'UN' ? { ...current, explicit: false } : current;
        const end = head.length === UNDEFINED ? limit : Math.min(limit, head.value + head.length);
        const { items, next } = await itemsFrom(head.value, end, inner, depth);
        at = head.length === UNDEFINED ? next : end;
        elements.set(head.tag, { start: head.value, length: at - head.value, bytes: null, items });
        continue;
      }
      if (head.value > limit) break;
      const length = Math.min(head.length, limit - head.value);
      const bytes = length <= KEPT_BYTES ? (await read(head.value, length)).slice() : null;
      elements.set(head.tag, { start: head.value, length, bytes, items: [] });
      at = head.value + length;
    }
    return { elements, end: at };
  }

  async function itemsFrom(from: number, limit: number, current: Syntax, depth: number) {
    const items: DataSet[] = [];
    let at = from;
    while (at + 8 <= limit) {
      const view = viewOf(await read(at, 8));
      const tag = tagAt(view, 0, current.littleEndian);
      const length = view.getUint32(4, current.littleEndian);
      at += 8;
      if (tag !== ITEM) break;
      const end = length === UNDEFINED ? limit : Math.min(limit, at + length);
      const item = await elementsFrom(at, end, current, depth + 1);
      items.push(item.elements);
      at = length === UNDEFINED ? item.end : end;
    }
    return { items, next: at };
  }

  async function headOf(at: number, { explicit, littleEndian }: Syntax) {
    const view = viewOf(await read(at, 12));
    const tag = tagAt(view, 0, littleEndian);
    if (!explicit || tag >>> 16 === 0xfffe) {
      return { tag, vr: '', length: view.getUint32(4, littleEndian), value: at + 8 };
    }
    const vr = String.fromCharCode(view.getUint8(4), view.getUint8(5));
    if (!LONG_VRS.has(vr)) return { tag, vr, length: view.getUint16(6, littleEndian), value: at + 8 };
    const length = view.byteLength >= 12 ? view.getUint32(8, littleEndian) : 0;
    return { tag, vr, length, value: at + 12 };
  }

  function tooMuch(what: string, found: string): EcgError {
    const message = `The ${what} of ${source.name} are those of no ECG.`;
    return new EcgError('CORRUPT_FILE', message, { found, where: source.name });
  }

  return elementsFrom(start, source.size, syntax, 0);
}

function tagAt(view: DataView, at: number, littleEndian: boolean): number {
  return view.getUint16(at, littleEndian) * 2 ** 16 + view.getUint16(at + 2, littleEndian);
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
