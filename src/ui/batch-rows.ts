import { sexText } from './format';
import type { Item } from './state';

/** One column of the batch table: what a row says and what it is sorted by. */
export interface Column {
  readonly id: 'file' | 'age' | 'sex' | 'quality' | 'rate' | 'qtc' | 'findings';
  readonly title: string;
  readonly text: (item: Item) => string;
  /** Numbers before texts; null comes last whichever way is sorted. */
  readonly key: (item: Item) => number | string | null;
}

const STATES: Record<Item['state'], string> = {
  waiting: 'waiting',
  analysing: 'analysing…',
  done: 'nothing found',
  error: 'failed',
  cancelled: 'cancelled',
};

const rounded = (value: number | null | undefined) => (value == null ? '' : String(Math.round(value)));
const ageOf = ({ reading }: Item) => reading.patient.ageYears;
const rateOf = ({ reading }: Item) => reading.measurements?.heartRateBpm ?? null;
const qtcOf = ({ reading }: Item) => reading.measurements?.qtcMs.fridericia ?? null;

export const COLUMNS: readonly Column[] = [
  {
    id: 'file',
    title: 'File',
    text: ({ reading }) => reading.source.name,
    key: ({ reading }) => reading.source.name,
  },
  { id: 'age', title: 'Age', text: (item) => rounded(ageOf(item)), key: ageOf },
  {
    id: 'sex',
    title: 'Sex',
    text: ({ reading: { patient } }) => (patient.sex === 'unknown' ? '' : sexText(patient.sex)),
    key: ({ reading: { patient } }) => (patient.sex === 'unknown' ? null : patient.sex),
  },
  {
    id: 'quality',
    title: 'Quality',
    text: ({ reading: { quality } }) => (quality ? (quality.acceptable ? 'acceptable' : 'poor') : ''),
    key: ({ reading: { quality } }) => (quality ? (quality.acceptable ? quality.score : quality.score - 1) : null),
  },
  { id: 'rate', title: 'Rate /min', text: (item) => rounded(rateOf(item)), key: rateOf },
  { id: 'qtc', title: 'QTc F ms', text: (item) => rounded(qtcOf(item)), key: qtcOf },
  { id: 'findings', title: 'Alerts and findings', text: saysOf, key: (item) => saysOf(item) || null },
];

/**
 * What a row says, column by column; the same array for the same item. A row is given this and not its item: React keeps the props
 * that a row had before, and with them a whole reading for every row of a batch.
 */
export function textsOf(item: Item): readonly string[] {
  const known = texts.get(item);
  if (known) return known;
  const written = COLUMNS.map(({ text }) => text(item));
  texts.set(item, written);
  return written;
}

const texts = new WeakMap<Item, readonly string[]>();

/** What was found in a few words, alerts first; why there is nothing; or where the row is. */
function saysOf({ state, reading: { error, alerts, findings } }: Item): string {
  if (error) return error.message;
  if (state !== 'done') return STATES[state];
  const present = findings.filter(({ status, code }) => status === 'present' && code !== 'NORM');
  const words = [...alerts.map(({ message }) => message), ...present.map(({ label }) => label)];
  const normal = findings.some(({ status, code }) => status === 'present' && code === 'NORM');
  return words.join(' · ') || (normal ? 'normal ECG' : STATES.done);
}

export type RowFilter = 'all' | 'findings' | 'error' | 'waiting';

const FILTERS: Record<RowFilter, (item: Item) => boolean> = {
  all: () => true,
  findings: ({ reading: { alerts, findings } }) =>
    alerts.length > 0 || findings.some(({ status, code }) => status === 'present' && code !== 'NORM'),
  error: ({ state }) => state === 'error',
  waiting: ({ state }) => state === 'waiting' || state === 'analysing' || state === 'cancelled',
};

/** The rows that are asked for, in the order that is asked for. */
export function rowsOf(
  items: readonly Item[],
  text: string,
  filter: RowFilter,
  sort: { readonly column: Column['id']; readonly down: boolean } | null,
): readonly Item[] {
  const wanted = text.trim().toLowerCase();
  const kept = items.filter(
    (item) =>
      FILTERS[filter](item) &&
      (wanted === '' ||
        item.reading.source.name.toLowerCase().includes(wanted) ||
        saysOf(item).toLowerCase().includes(wanted)),
  );
  const key = COLUMNS.find(({ id }) => id === sort?.column)?.key;
  if (!sort || !key) return kept;
  const keyed = kept.map((item) => ({ item, by: key(item) }));
  return keyed.sort((a, b) => compare(a.by, b.by, sort.down)).map(({ item }) => item);
}

function compare(a: number | string | null, b: number | string | null, down: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
  return down ? -order : order;
}
