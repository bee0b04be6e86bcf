import { type ByteSource, EcgError, type Recording } from '../../ecg';
import type { Reader, ReadOptions, SniffedFile } from '../reader';
import { extensionOf } from '../sources';
import { decodeText, encodingOf } from '../text';
import { findLayout } from './layout';
import { tableRecording } from './recording';
import { readTable } from './table';
import { inEnglish } from './watch';

/** What is looked at to find the layout: the whole of a short file, some lines of a long one. */
const LAYOUT_BYTES = 2 ** 18;
/** A table is held in memory; beyond this a binary format is the answer. */
const MAX_BYTES = 2 ** 27;

/** Tables of numbers: CSV, TSV, blanks; with or without headings, time column and preamble; samples in columns or in rows. */
export const csv: Reader = {
  claim: async (files) =>
    files.filter(looksLikeTable).map(({ source }) => ({
      parts: [source],
      open: (options) => openTable(source, options),
    })),
};

function looksLikeTable({ source, head, text }: SniffedFile): boolean {
  if (text === null || text.trim() === '') return false;
  return /^(csv|tsv)$/.test(extensionOf(source.name)) || findLayout(text, head.length === source.size) !== null;
}

/**
 * Opens a table of numbers. What the file says wins; what it does not say comes from `options`; the unit mV alone may be inferred, with a warning.
 *
 * @throws EcgError NEEDS_INPUT (rate or unit), CORRUPT_FILE, TOO_LARGE
 */
async function openTable(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const { name: where } = source;
  if (source.size > MAX_BYTES) {
    const detail = { expected: `at most ${MAX_BYTES} bytes`, found: `${source.size} bytes`, where };
    throw new EcgError(
      'TOO_LARGE',
      `${where} is too large for a table: long recordings need a format such as WFDB.`,
      detail,
    );
  }
  const head = await source.read(0, LAYOUT_BYTES);
  const encoding = encodingOf(head);
  const layout = encoding && findLayout(decodeText(head) ?? '', head.length === source.size);
  if (!layout) throw new EcgError('CORRUPT_FILE', `There is no table of numbers in ${where}.`, { where });
  const table = await readTable(source, encoding, layout, options);
  return tableRecording(source, { format: 'csv', table, notes: inEnglish(layout.notes) }, options);
}
