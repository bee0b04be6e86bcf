import type { ByteSource } from '../ecg';

/** Bytes that are read at a time: a header of a thousand elements is a handful of reads, and 24 h of samples are never touched. */
const PAGE = 2 ** 16;

/** Reads small pieces of a source, one after the other, page by page. Shorter at the end than asked for, never longer. */
export function pager(source: ByteSource): (start: number, length: number) => Promise<Uint8Array<ArrayBuffer>> {
  let page = new Uint8Array(0);
  let at = 0;
  return async (start, length) => {
    const end = Math.min(start + length, source.size);
    if (start < at || end > at + page.length) {
      page = await source.read(start, Math.min(source.size, Math.max(end, start + PAGE)));
      at = start;
    }
    return page.subarray(start - at, Math.max(start, end) - at);
  };
}
