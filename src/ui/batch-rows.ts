import { errorText, sentence, statementText, type Words } from '../words';
import type { Item } from './state';

/** One column of the batch table: what a row says and what it is sorted by. */
export interface Column {
  readonly id: keyof Words['batch']['columns'];
  readonly text: (item: Item, words: Words) => string;
  /** Numbers before texts; null comes last whichever way is sorted. */
  readonly key: (item: Item, words: Words) => number | string | null;
}

const rounded = (value: number | null | undefined) => (value == null ? '' : String(Math.round(value)));
const ageOf = ({ reading }: Item) => reading.patient.ageYears;
const rateOf = ({ reading }: Item) => reading.measurements?.heartRateBpm ?? null;
const qtcOf = ({ reading }: Item) => reading.measurements?.qtcMs.fridericia ?? null;

export const COLUMNS: readonly Column[] = [
  {
    id: 'file',

    text: ({ reading }) => reading.source.name,
    key: ({ reading }) => reading.source.name,
  },
  { id: 'findings', text: saysOf, key: (item, words) => saysOf(item, words) || null },
  { id: 'age', text: (item) => rounded(ageOf(item)), key: ageOf },
  {
    id: 'sex',

    text: ({ reading: { patient } }, { sexes }) => (patient.sex === 'unknown' ? '' : sexes[patient.sex]),
    key: ({ reading: { patient } }) => (patient.sex === 'unknown' ? null : patient.sex),
  },
  {
    id: 'quality',

    text: ({ reading: { quality } }, { batch }) =>
      quality ? (quality.acceptable ? batch.acceptable : batch.poor) : '',
    key: ({ reading: { quality } }) => (quality ? (quality.acceptable ? quality.score : quality.score - 1) : null),
  },
  { id: 'rate', text: (item) => rounded(rateOf(item)), key: rateOf },
  { id: 'qtc', text: (item) => rounded(qtcOf(item)), key: qtcOf },
];

/**
 * What a row says, column by column; the same array for the same item and language. A row is given this and not its item: React keeps the props
 * that a row had before, and with them a whole reading for every row of a batch.
 */
export function textsOf(words: Words, item: Item): readonly string[] {
  const known = texts.get(item);
  if (known?.words === words) return known.written;
  const written = COLUMNS.map(({ text }) => text(item, words));
  texts.set(item, { words, written });
  return written;
}

const texts = new WeakMap<Item, { readonly words: Words; readonly written: readonly string[] }>();

/** What was found in a few words, alerts first; why there is nothing; or where the row is. */
function saysOf({ state, reading: { error, alerts, findings } }: Item, words: Words): string {
  if (error) return errorText(words, error);
  if (state !== 'done') return words.batch.states[state];
  const present = findings.filter(({ status, code }) => status === 'present' && code !== 'NORM');
  const said = [
    ...alerts.map(({ message, saying }) => sentence(words, message, saying)),
    ...present.map((one) => statementText(words, one)),
  ];
  const normal = findings.some(({ status, code }) => status === 'present' && code === 'NORM');
  return said.join(' · ') || (normal ? words.batch.normalEcg : words.batch.states.done);
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
  words: Words,
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
        saysOf(item, words).toLowerCase().includes(wanted)),
  );
  const key = COLUMNS.find(({ id }) => id === sort?.column)?.key;
  if (!sort || !key) return kept;
  const keyed = kept.map((item) => ({ item, by: key(item, words) }));
  return keyed.sort((a, b) => compare(a.by, b.by, sort.down, words.locale)).map(({ item }) => item);
}

function compare(a: number | string | null, b: number | string | null, down: boolean, locale: string): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), locale);
  return down ? -order : order;
}
