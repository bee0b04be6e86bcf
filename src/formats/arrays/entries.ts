import {
  type ByteSource,
  EcgError,
  type Format,
  furtherLead,
  type Recording,
  standardLead,
  type Warning,
} from '../../ecg';
import { list } from '../channels';
import { MAX_COLUMNS } from '../csv/layout';
import { tableRecording } from '../csv/recording';
import type { ReadOptions } from '../reader';

/** What a name stands for: a word or number beside the signal, words, one series, or several. */
export type Value = string | readonly string[] | Float64Array | readonly Float64Array[];

/** A file of named arrays, whichever way it writes them; the name is empty where it gives none. */
export type Entries = readonly (readonly [name: string, value: Value])[];

/** Fewer numbers are a list of something else. */
const SHORTEST = 10;
/** Names that say no more than that here are the samples. */
const SIGNALS =
  /^(|arr_0|x|data|ecg|ekg|(p_|d_)?signals?|samples?|values?|leads?|channels?|waveforms?|tracings?|recording|voltages?|amplitudes?)$/i;
const TIME = /^(time|t|timestamps?|elapsed|seconds|milliseconds)([ _]?(s|ms|us))?$/i;
const UNITS = /^(units?|lead_?units?|(sig|signal)_?units?)$/i;

/**
 * A recording of named arrays: samples from a matrix (its longer side is time) or from one array a lead, names from the words that are as
 * many as the leads, time from an array of that name, all else from words and numbers beside. The table's reader does the rest.
 *
 * @throws EcgError NEEDS_INPUT (rate or unit), UNSUPPORTED_FORMAT where no array can be a signal, CORRUPT_FILE
 */
export function entriesRecording(
  source: ByteSource,
  format: Format,
  entries: Entries,
  options: ReadOptions,
  warnings: readonly Warning[] = [],
): Recording {
  const { headings, columns, unused } = signalsIn(entries);
  if (columns.length === 0) {
    const detail = { found: list(entries.map(([name]) => name)) || 'nothing', where: source.name };
    throw new EcgError('UNSUPPORTED_FORMAT', `There is no array in ${source.name} that could be an ECG.`, detail);
  }
  const length = Math.max(...columns.map((column) => column.length));
  const time = entries.find(
    (entry): entry is [string, Float64Array] =>
      TIME.test(entry[0]) && entry[1] instanceof Float64Array && entry[1].length === length,
  );
  const units = words(entries, columns.length, (name) => UNITS.test(name));
  return tableRecording(
    source,
    {
      format,
      table: {
        headings: [...(time ? [time[0]] : []), ...headings],
        units: [...(time ? [''] : []), ...(units ?? columns.map(() => ''))],
        columns: [...(time ? [time[1]] : []), ...columns.map((column) => padded(column, length))],
        clocks: [],
        cutRows: 0,
      },
      notes: entries.flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : [])),
      warnings: [...warnings, ...lengthWarnings(columns, headings), ...unusedWarnings(unused)],
    },
    options,
  );
}

interface Found {
  readonly headings: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Arrays that were left aside. */
  readonly unused: readonly string[];
}

function signalsIn(entries: Entries): Found {
  const matrices = entries.flatMap(([name, value]) => {
    const columns = isMatrix(value) ? upright(value) : null;
    return columns ? [{ name, columns }] : [];
  });
  const size = ({ columns }: { readonly columns: readonly Float64Array[] }) =>
    columns.length * (columns[0]?.length ?? 0);
  const matrix = matrices.find(({ name }) => SIGNALS.test(name)) ?? matrices.toSorted((a, b) => size(b) - size(a))[0];
  if (matrix) {
    const { columns } = matrix;
    const headings = words(entries, columns.length, (name) => !UNITS.test(name)) ?? columns.map(() => '');
    return { headings, columns, unused: matrices.filter((one) => one !== matrix).map(({ name }) => name) };
  }
  const series = entries.flatMap(([name, value]) =>
    value instanceof Float64Array && value.length >= SHORTEST && !TIME.test(name) ? [{ name, value }] : [],
  );
  const length = Math.max(0, ...series.map(({ value }) => value.length));
  const used = series.filter(({ name, value }) => value.length === length || isLead(name));
  return {
    headings: used.map(({ name }) => (SIGNALS.test(name) ? '' : name)),
    columns: used.map(({ value }) => value),
    unused: series.filter((one) => !used.includes(one)).map(({ name }) => name),
  };
}

/** Leads side by side: the longer side is time. Null where neither side is short enough for leads, or rows differ in length. */
function upright(rows: readonly Float64Array[]): readonly Float64Array[] | null {
  const [first] = rows;
  if (!first || first.length === 0) return null;
  if (rows.length <= MAX_COLUMNS && rows.length <= first.length) return first.length < SHORTEST ? null : rows;
  if (first.length > MAX_COLUMNS || rows.length < SHORTEST || rows.some((row) => row.length !== first.length))
    return null;
  return Array.from(first, (_, column) => Float64Array.from(rows, (row) => row[column] ?? Number.NaN));
}

/** The first list of as many words as there are leads. */
function words(entries: Entries, count: number, fits: (name: string) => boolean): readonly string[] | null {
  const found = entries.find(([name, value]) => isWords(value) && value.length === count && fits(name));
  return found && isWords(found[1]) ? found[1] : null;
}

function isMatrix(value: Value): value is readonly Float64Array[] {
  return Array.isArray(value) && value[0] instanceof Float64Array;
}

function isWords(value: Value): value is readonly string[] {
  return Array.isArray(value) && typeof value[0] === 'string';
}

/** Whether a name is a lead's, however it is spelled. */
export function isLead(name: string): boolean {
  return standardLead(name) !== null || furtherLead(name) !== null;
}

function padded(column: Float64Array, length: number): Float64Array {
  if (column.length === length) return column;
  const long = new Float64Array(length).fill(Number.NaN);
  long.set(column);
  return long;
}

function lengthWarnings(columns: readonly Float64Array[], headings: readonly string[]): readonly Warning[] {
  const length = Math.max(...columns.map((column) => column.length));
  const short = columns.flatMap((column, i) => (column.length < length ? [headings[i] || `signal ${i + 1}`] : []));
  if (short.length === 0) return [];
  return [
    {
      code: 'SAMPLES_MISSING',
      message: `Shorter than the other leads, and missing from their end on: ${list(short)}.`,
    },
  ];
}

function unusedWarnings(unused: readonly string[]): readonly Warning[] {
  if (unused.length === 0) return [];
  return [{ code: 'PART_SHOWN', message: `The file holds further arrays that are not shown: ${list(unused)}.` }];
}
