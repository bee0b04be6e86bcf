import { type MarkEdit, withMark } from '../ecg';

/** The reader's marks of one recording, with what undo and redo go back to and forth. */
export interface MarkHistory {
  readonly past: readonly (readonly MarkEdit[])[];
  readonly now: readonly MarkEdit[];
  readonly future: readonly (readonly MarkEdit[])[];
}

export const NO_MARKS: MarkHistory = { past: [], now: [], future: [] };

export const marked = ({ past, now }: MarkHistory, edit: MarkEdit): MarkHistory => ({
  past: [...past, now],
  now: withMark(now, edit),
  future: [],
});

/** The same history where there is nothing to undo. */
export function undone(history: MarkHistory): MarkHistory {
  const { past, now, future } = history;
  const before = past.at(-1);
  return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : history;
}

/** The same history where there is nothing to redo. */
export function redone(history: MarkHistory): MarkHistory {
  const { past, now, future } = history;
  const [next, ...later] = future;
  return next ? { past: [...past, now], now: next, future: later } : history;
}
