import { type ByteSource, type Channel, EcgError, type Recording, type Warning } from '../../ecg';
import { nameChannels, scaleWarnings } from '../channels';
import { placementWarnings } from '../placement';
import { answeredRate, type Reader, type ReadOptions, type SniffedFile } from '../reader';
import { extensionOf } from '../sources';
import { decodeText, encodingOf } from '../text';
import { findLayout } from './layout';
import { readNotes } from './notes';
import { findScales, splitHeading } from './scale';
import { readTable } from './table';
import { readTiming } from './time';

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
  const timing = readTiming(table, where);
  const signals = table.columns.flatMap((values, index) =>
    timing.columns.has(index)
      ? []
      : [{ ...splitHeading(table.headings[index] ?? '', table.units[index] ?? ''), values }],
  );
  const noted = readNotes(layout.notes);
  const length = signals[0]?.values.length ?? 0;
  if (length < 2)
    throw new EcgError('CORRUPT_FILE', `There is no signal in ${where}.`, { found: `${length} rows`, where });
  const rateHz = timing.rateHz ?? notedRate(layout.notes) ?? answeredRate(options);
  if (rateHz === undefined) {
    const message = `${where} does not say its sampling rate: please enter it.`;
    throw new EcgError('NEEDS_INPUT', message, { expected: 'sampling rate in Hz', where });
  }
  const { scales, warnings: unitWarnings } = findScales(
    signals,
    layout.notes,
    isOwnExport(table.headings),
    options,
    where,
  );
  const { names, warnings: nameWarnings } = nameChannels(
    signals.map(({ name }) => (signals.length === 1 && !name ? noted.lead : name)),
  );
  const channels = signals.map(
    (_, index): Channel => ({
      name: names[index]?.name ?? '',
      lead: names[index]?.lead ?? null,
      unit: scales[index]?.unit ?? 'mV',
      samplingRateHz: rateHz,
      sampleCount: length,
    }),
  );
  const samples = signals.map(({ values }, index) =>
    Float32Array.from(values, (value) => value * (scales[index]?.factor ?? 1)),
  );
  return {
    source: { name: where, format: 'csv', parts: [source] },
    channels,
    durationS: length / rateHz,
    startTime: timing.startTime ?? noted.startTime,
    device: noted.device,
    patient: noted.patient,
    deviceMeasurements: null,
    deviceStatements: noted.statements,
    warnings: [
      ...timing.warnings,
      ...unitWarnings,
      ...nameWarnings,
      ...scaleWarnings(channels),
      ...cutWarnings(table.cutRows),
      ...noted.warnings,
      ...placementWarnings(layout.notes.flat()),
    ],
    samples: async (channel, start, count) => {
      const all = samples[channel];
      if (!all) throw new EcgError('INTERNAL', `${where} has no signal ${channel + 1}.`);
      const from = Math.max(0, Math.floor(start));
      return all.slice(from, Math.max(from, Math.floor(start + count)));
    },
  };
}

/** `Sampling Rate (Hz): 500`, `Sample Rate,512 hertz`, `fs = 360` */
function notedRate(notes: readonly (readonly [key: string, value: string])[]): number | undefined {
  const value =
    notes.find(([key]) => /^(fs|sampl\w*[ _]?(rate|freq\w*)?|abtastrate|frequency|rate)\b/i.test(key))?.[1] ?? '';
  const fields = /^(\d+(?:[.,]\d+)?)\s*(k?hz|k?hertz|samples.*|sps)?$/i.exec(value);
  const rate = Number((fields?.[1] ?? '').replace(',', '.')) * (/^k/i.test(fields?.[2] ?? '') ? 1000 : 1);
  return fields && rate >= 1 && rate <= 1e6 ? rate : undefined;
}

/** The layout of `export-csv`: `time_s` and then bare names. */
function isOwnExport(headings: readonly string[]): boolean {
  return headings[0] === 'time_s';
}

function cutWarnings(rows: number): readonly Warning[] {
  if (rows === 0) return [];
  return [{ code: 'SAMPLES_MISSING', message: 'The last row of the table is cut off and was left out.' }];
}
