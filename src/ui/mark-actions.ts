import type { Client } from '../client';
import { applyMarks, type MarkEdit, type MarkName } from '../ecg';
import type { Interval } from '../paper';
import { type MarkHistory, marked, redone, undone } from './mark-history';
import { currentItem, type Item, type Page, type PageState } from './state';

/** What the reader does to the waves. */
export interface MarkActions {
  selectMark(mark: MarkName | null): void;
  /** Puts a mark where the reader wants it: drawn at once, measured by the worker. */
  setMark(edit: MarkEdit): Promise<void>;
  /** All marks of a recording that was edited before, as one step. */
  restoreMarks(edits: readonly MarkEdit[]): Promise<void>;
  undoMark(): Promise<void>;
  redoMark(): Promise<void>;
  /** Shows on the trace what a measurement was taken from; null, or the same again, shows nothing. */
  showInterval(shown: ShownInterval | null): void;
}

/** A measurement, by its name in the analysis JSON, and where it lies. */
export interface ShownInterval {
  readonly name: string;
  readonly interval: Interval;
}

/** The page's state, as far as the marks need it. */
interface Store {
  readonly get: () => Page;
  readonly change: (patch: Partial<PageState>) => void;
  readonly fail: (error: unknown) => void;
}

export function markActions(client: Client, { get, change, fail }: Store): MarkActions {
  const itemOf = (id: string) => get().items.find((item) => item.id === id);
  const withItem = (id: string, patch: Partial<Item>) =>
    get().items.map((item) => (item.id === id ? { ...item, ...patch } : item));

  async function follow({ id }: Item, marks: MarkHistory, patch: Partial<Item> = {}) {
    change({ following: get().following + 1, failed: false, items: withItem(id, { ...patch, marks }) });
    try {
      const reading = await client.setMarks(id, marks.now);
      change({ following: get().following - 1, ...(reading && { items: withItem(id, { reading, folded: null }) }) });
    } catch (error) {
      change({ following: get().following - 1 });
      if (itemOf(id)) fail(error);
    }
  }

  async function step(to: (history: MarkHistory) => MarkHistory) {
    const item = currentItem(get());
    if (item?.state !== 'done') return;
    const marks = to(item.marks);
    if (marks !== item.marks) await follow(item, marks);
  }

  return {
    selectMark: (selectedMark) => change({ selectedMark }),
    async setMark(edit) {
      const item = currentItem(get());
      if (item?.state !== 'done') return;
      const { reading } = item;
      const waves = applyMarks(reading.waves, [edit]);
      await follow(item, marked(item.marks, edit), { reading: { ...reading, waves } });
    },
    restoreMarks: (edits) => step((marks) => edits.reduce(marked, marks)),
    undoMark: () => step(undone),
    redoMark: () => step(redone),
    showInterval: (shown) => change({ shownInterval: shown?.name === get().shownInterval?.name ? null : shown }),
  };
}
