import { type ByteSource, EcgError } from '../../ecg';
import { checkAbort, type ReadOptions } from '../reader';
import type { Encoding } from '../text';
import { parseClock, parseNumber, splitCells } from './cells';
import { type Layout, MAX_COLUMNS } from './layout';
import { linesOf } from './lines';

/** A table as columns of numbers, whichever way it lay in the file. */
export interface Table {
  /** What heads each column, empty where nothing does. */
  readonly headings: readonly string[];
  /** Units from a row of their own, empty where there is none. */
  readonly units: readonly string[];
  /** NaN where a cell is empty. Clocks are in seconds. */
  readonly columns: readonly Float64Array[];
  /** True for columns whose cells are clocks. */
  readonly clocks: readonly boolean[];
  /** Rows that were cut off at the end of the file and left out. */
  readonly cutRows: number;
}

/**
 * Reads a table of numbers to its end, in memory that grows with what is read.
 *
 * @throws EcgError CORRUPT_FILE where a cell is no number or a row is too long, ABORTED
 */
export async function readTable(
  source: ByteSource,
  encoding: Encoding,
  layout: Layout,
  options: ReadOptions,
): Promise<Table> {
  return layout.samplesInRows
    ? readRows(source, encoding, layout, options)
    : readColumns(source, encoding, layout, options);
}

async function readColumns(
  source: ByteSource,
  encoding: Encoding,
  layout: Layout,
  options: ReadOptions,
): Promise<Table> {
  let columns: GrowingColumn[] = [];
  let clocks: boolean[] = [];
  let line = 0;
  let cutRows = 0;
  for await (const { lines, complete } of linesOf(source, encoding)) {
    checkAbort(options);
    const skipped = Math.max(0, layout.headLines - line);
    for (const [index, row] of splitCells(lines.slice(skipped), layout.dialect).entries()) {
      if (row.length === 1 && row[0] === '') continue;
      if (columns.length === 0) {
        columns = row.map(() => new GrowingColumn());
        clocks = row.map((cell) => parseNumber(cell, layout.dialect) === null);
      }
      if (!complete && row.length < columns.length) {
        cutRows++;
        continue;
      }
      const where = `${source.name}, line ${line + skipped + index + 1}`;
      if (row.slice(columns.length).some((cell) => cell !== '')) throw tooLong(where, columns.length, row.length);
      for (const [at, column] of columns.entries())
        column.push(cellValue(row[at] ?? '', clocks[at] ?? false, layout, where));
    }
    line += lines.length;
  }
  const width = columns.length;
  return {
    headings: columns.map((_, index) => layout.headings?.[index] ?? ''),
    units: columns.map((_, index) => layout.units?.[index] ?? ''),
    columns: columns.map((column) => column.values()),
    clocks: clocks.slice(0, width),
    cutRows,
  };
}

/** Each line is one lead: its name, if it has one, then its samples. */
async function readRows(source: ByteSource, encoding: Encoding, layout: Layout, options: ReadOptions): Promise<Table> {
  const headings: string[] = [];
  const columns: Float64Array[] = [];
  const clocks: boolean[] = [];
  let line = 0;
  for await (const { lines } of linesOf(source, encoding)) {
    checkAbort(options);
    const skipped = Math.max(0, layout.headLines - line);
    for (const [index, row] of splitCells(lines.slice(skipped), layout.dialect).entries()) {
      if (row.length === 1 && row[0] === '') continue;
      const where = `${source.name}, line ${line + skipped + index + 1}`;
      if (columns.length === MAX_COLUMNS) throw tooLong(where, MAX_COLUMNS, row.length);
      const named = parseNumber(row[0] ?? '', layout.dialect) === null && parseClock(row[0] ?? '') === null;
      const cells = named ? row.slice(1) : row;
      const clock = parseNumber(cells[0] ?? '', layout.dialect) === null;
      headings.push(named ? (row[0] ?? '') : '');
      clocks.push(clock);
      columns.push(Float64Array.from(cells, (cell) => cellValue(cell, clock, layout, where)));
    }
    line += lines.length;
  }
  const length = Math.max(0, ...columns.map((column) => column.length));
  if (columns.some((column) => column.length !== length)) {
    const found = columns.map((column) => column.length).join(', ');
    const message = `${source.name} is not a full table: its rows are of different lengths.`;
    throw new EcgError('CORRUPT_FILE', message, { expected: `${length} samples a row`, found, where: source.name });
  }
  return { headings, units: headings.map(() => ''), columns, clocks, cutRows: 0 };
}

function cellValue(cell: string, clock: boolean, { dialect }: Layout, where: string): number {
  const value = clock ? parseClock(cell) : parseNumber(cell, dialect);
  if (value !== null) return value;
  const expected = clock ? 'a time of day' : 'a number';
  throw new EcgError('CORRUPT_FILE', `There is something other than ${expected} in ${where}.`, {
    expected,
    found: cell.slice(0, 40),
    where,
  });
}

function tooLong(where: string, expected: number, found: number): EcgError {
  const detail = { expected: `${expected} columns`, found: `${found}`, where };
  return new EcgError('CORRUPT_FILE', `There are more numbers than columns in ${where}.`, detail);
}

/** A column that grows as rows come, at most to twice what it holds. */
class GrowingColumn {
  private buffer = new Float64Array(256);
  private length = 0;

  push(value: number): void {
    if (this.length === this.buffer.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = value;
  }

  values(): Float64Array {
    return this.buffer.subarray(0, this.length);
  }
}
