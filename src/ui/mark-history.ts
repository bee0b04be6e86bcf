import { type MarkEdit, withMark } from '../ecg';
import { advanced, begun, type History } from './history';

/** The reader's marks of one recording. */
export type MarkHistory = History<readonly MarkEdit[]>;

export const NO_MARKS: MarkHistory = begun([]);

export const marked = (history: MarkHistory, edit: MarkEdit): MarkHistory =>
  advanced(history, withMark(history.now, edit));

export { redone, undone } from './history';
