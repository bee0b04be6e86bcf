import { type Dialect, parseClock, parseNumber, splitCells } from './cells';

/** What the first lines of a table say about all of it. */
export interface Layout {
  readonly dialect: Dialect;
  /** Lines before the first row of numbers. */
  readonly headLines: number;
  /** Headings of the columns, null where there are none. */
  readonly headings: readonly string[] | null;
  /** The row of units under the headings, null where there is none. */
  readonly units: readonly string[] | null;
  /** `key: value` or `key,value` lines above the headings. */
  readonly notes: readonly (readonly [key: string, value: string])[];
  /** True when each line is one lead, its samples side by side. */
  readonly samplesInRows: boolean;
}

/** No recorder writes more leads side by side; a line with more numbers holds one lead's samples. */
export const MAX_COLUMNS = 64;

const DELIMITERS = ['\t', ';', '|', ',', ' ', ''] as const;
/** Lines that are looked at: enough for a long preamble. */
const LOOKED_AT = 100;

/**
 * Finds how a text is laid out as a table of numbers, or null when it is none.
 *
 * @param head the beginning of the text; @param whole true when it is all of it
 */
export function findLayout(head: string, whole: boolean): Layout | null {
  const lines = head.split(/\r\n|\r|\n/);
  if (!whole && lines.length > 1) lines.pop();
  const looked = lines.slice(0, LOOKED_AT);
  let best: { layout: Layout; score: number } | null = null;
  for (const dialect of dialects(looked)) {
    const found = tableIn(looked, dialect);
    if (found && (!best || found.score > best.score)) best = found;
  }
  return best?.layout ?? null;
}

/** The delimiters that occur, strongest first, with either decimal sign where both are possible. */
function dialects(lines: readonly string[]): Dialect[] {
  const text = lines.join('\n');
  const commaDecimals = /\d,\d/.test(text);
  return DELIMITERS.filter((delimiter) => delimiter === '' || text.includes(delimiter)).flatMap((delimiter) => [
    { delimiter, decimalComma: false },
    ...(commaDecimals && delimiter !== ',' ? [{ delimiter, decimalComma: true }] : []),
  ]);
}

/** The longest run of rows with as many numbers each, and what stands above it. Side by side beats one number a line. */
function tableIn(lines: readonly string[], dialect: Dialect): { layout: Layout; score: number } | null {
  const rows = splitCells(lines, dialect);
  const start = rows.findIndex((row, index) => isData(row, dialect) && fits(row, rows[index + 1], dialect));
  const first = rows[start];
  if (!first) return null;
  // One number a line is no table parted by blanks: `II (mV)` above it is one heading.
  if (first.length === 1 && dialect.delimiter === ' ') return null;
  const aboveStart = rows.slice(0, start).some((row) => row.length === first.length);
  const numbered = !aboveStart && isNumbering(first, rows[start + 1]) ? start + 1 : start;
  const data = rows.slice(numbered).filter((row) => isData(row, dialect) && row.length === first.length).length;
  const above = rows.slice(0, numbered).map((row, index) => ({ row, line: lines[index] ?? '' }));
  const aligned = above.filter(({ row }) => row.length === first.length && first.length > 1).map(({ row }) => row);
  const single =
    first.length === 1
      ? above
          .map(({ row }) => row)
          .filter(([cell = '', more]) => more === undefined && /^[a-z]/i.test(cell) && !NOTE.test(cell))
      : [];
  const named = (first.length > 1 ? aligned : single).slice(-2);
  const hasUnits = named.length > 0 && (named.at(-1) ?? []).every((cell) => UNIT_CELL.test(cell));
  const headings = (hasUnits ? named.at(-2) : named.at(-1)) ?? null;
  const layout: Layout = {
    dialect,
    headLines: numbered,
    headings: numbered === start ? headings : null,
    units: hasUnits ? (named.at(-1) ?? null) : null,
    notes: above.flatMap(({ line }) => readNote(line)),
    samplesInRows: first.length > MAX_COLUMNS,
  };
  const ambiguous = dialect.delimiter === ',' && isSplitDecimal(rows.slice(start));
  const sideBySide = first.length > 1 && !ambiguous ? 2 : 1;
  return { layout, score: ambiguous ? 0.5 : (sideBySide * data) / Math.max(1, rows.length - numbered) };
}

/** A row of which every cell is a number, a gap or a clock, and some are there; or a name followed by a long row of them. */
function isData(row: readonly string[], dialect: Dialect): boolean {
  const cells = row.length > MAX_COLUMNS ? row.slice(1) : row;
  const values = cells.map((cell) => parseNumber(cell, dialect) ?? parseClock(cell));
  return values.every((value) => value !== null) && values.some((value) => !Number.isNaN(value));
}

/** The row after the first one of a table is as long; at the end of the text nothing follows. */
function fits(row: readonly string[], next: readonly string[] | undefined, dialect: Dialect): boolean {
  return (
    !next ||
    next.every((cell) => cell === '') ||
    (next.length === row.length && isData(next, dialect)) ||
    row.length > MAX_COLUMNS
  );
}

/** `0,1,2,…` above a table is what pandas writes when nobody named the columns. */
function isNumbering(row: readonly string[], next: readonly string[] | undefined): boolean {
  const counts =
    row.every((cell, index) => cell === String(index)) || row.every((cell, index) => cell === String(index + 1));
  return row.length > 2 && row.length <= MAX_COLUMNS && counts && next !== undefined;
}

/** One column with decimal commas looks like two: `-0,065` and `0,05` are no pairs of numbers. */
function isSplitDecimal(rows: readonly (readonly string[])[]): boolean {
  const pairs = rows.filter((row) => row.length === 2);
  return (
    pairs.length > 0 &&
    pairs.some(([left = '', right = '']) => left === '-0' || /^0\d/.test(right)) &&
    pairs.every(([, right = '']) => /^\d+$/.test(right))
  );
}

const NOTE = /^\s*["'#]*\s*([^:=,;\t]{2,60}?)\s*[:=,;\t]\s*["']?([^"']*?)["']?\s*$/;
const UNIT_CELL =
  /^(|[µμun]?v|mv|mmhg|nu|adu|%|bpm|m?s|sec(onds)?|ms(ec)?|hh:mm(:ss)?([.,]m+)?|samples?|\[?[µμumn]?[vs]\]?)$/i;

function readNote(line: string): [string, string][] {
  const fields = NOTE.exec(line);
  return fields ? [[fields[1] ?? '', fields[2] ?? '']] : [];
}
