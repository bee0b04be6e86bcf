import type { Opened } from '../client';
import { editPatient, NO_REPORT_EDITS } from '../ecg';
import { begun } from './history';
import { NO_MARKS } from './mark-history';
import type { Item } from './state';

/** What arrived stands where the row of the same file was, else at the end. */
export function inPlace(
  items: readonly Item[],
  replaces: readonly string[],
  arrived: readonly Item[],
): readonly Item[] {
  const nameOf = ({ reading }: Item) => reading.source.name;
  const named = new Map<string, Item[]>();
  for (const one of arrived) named.set(nameOf(one), [...(named.get(nameOf(one)) ?? []), one]);
  const replaced = new Set(replaces);
  const rows = items.flatMap((item) => (replaced.has(item.id) ? (named.get(nameOf(item)) ?? []) : [item]));
  const placed = new Set(rows);
  return [...rows, ...arrived.filter((one) => !placed.has(one))];
}

/** What was entered for a row stays when it is read again with the reader's answer. */
export function withEdit(item: Item, items: readonly Item[], replaces: readonly string[]): Item {
  if (replaces.length === 0) return item;
  const before = items.find(
    ({ id, reading }) => reading.source.name === item.reading.source.name && replaces.includes(id),
  );
  return before ? { ...item, edit: before.edit } : item;
}

/** A recording that waits to be analysed, or a file that could not be read. */
export function toItem({ id, reading, edit, files: places }: Opened, files: readonly File[]): Item {
  const own = places.flatMap((place) => files[place] ?? []);
  return {
    id,
    state: reading.error ? 'error' : 'waiting',
    reading: { ...reading, patient: editPatient(reading.patient, edit) },
    files: own.length > 0 ? own : files,
    filePatient: reading.patient,
    edit,
    marks: NO_MARKS,
    report: begun(NO_REPORT_EDITS),
    enteredStartTime: null,
    folded: null,
    other: null,
    comparison: null,
    share: 0,
  };
}
