import Papa from 'papaparse';

/** How a table's lines split into cells and how its numbers are written. */
export interface Dialect {
  /** `' '` stands for any run of blanks and tabs; empty for one number a line. */
  readonly delimiter: '\t' | ';' | '|' | ',' | ' ' | '';
  readonly decimalComma: boolean;
}

/** The cells of some lines, without quotes and outer blanks. */
export function splitCells(lines: readonly string[], { delimiter }: Dialect): string[][] {
  const plain = delimiter === ' ' ? lines.map((line) => line.trim().replace(/[ \t]+/g, '\t')) : lines;
  const { data } = Papa.parse<string[]>(plain.join('\n'), {
    // No text has a NUL in it: with that as delimiter a line stays one cell.
    delimiter: delimiter === '' ? '\0' : delimiter === ' ' ? '\t' : delimiter,
    newline: '\n',
  });
  return data.map((row) => row.map(clean));
}

/**
 * The number in a cell, NaN where it says that there is none, or null where it says something else.
 */
export function parseNumber(cell: string, { decimalComma }: Dialect): number | null {
  const text = decimalComma ? cell.replace(',', '.') : cell;
  if (NUMBER.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }
  return MISSING.test(text) ? Number.NaN : null;
}

/**
 * Seconds of a clock (`0:00.003`, `10:00:00,5`, `2020-01-31T10:00:00.004`, and PhysioNet's `[10:00:00.004 31/01/2020]`), from the start of its
 * day or from 1970 if it has a date; or null.
 */
export function parseClock(cell: string): number | null {
  const fields = CLOCK.exec(cell);
  if (!fields) return null;
  const [, first, hours = '0', minutes = '0', seconds = '0', day, month, year] = fields;
  const date = first ?? (year ? `${year}-${month}-${day}` : null);
  const midnight = date ? Date.parse(`${date}T00:00:00Z`) / 1000 : 0;
  const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
  return Number.isFinite(midnight + time) ? midnight + time : null;
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const MISSING = /^(|nan|null|none|na|n\/a|-|--|#n\/a)$/i;
const CLOCK =
  /^\[?(?:(\d{4}-\d\d-\d\d)[T ])?(?:(\d{1,2}):)?(\d{1,2}):(\d\d(?:[.,]\d+)?)(?:Z|(?<=^\[.*) (\d\d)\/(\d\d)\/(\d{4}))?\]?$/;

/** PhysioNet's `rdsamp` writes its headings in single quotes. */
function clean(cell: string): string {
  const text = cell.trim();
  return /^'.*'$/.test(text) ? text.slice(1, -1).trim() : text;
}
