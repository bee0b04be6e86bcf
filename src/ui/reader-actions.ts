import type { Client } from '../client';
import type { Explanation, OperatingPoint, OwnPrevalence, Reading, ReportEdits } from '../ecg';
import { advanced, type History, redone, undone } from './history';
import { readsFirst, rememberReadsFirst } from './read-first';
import { currentItem, type Item, type Page, type PageState } from './state';

/** Where the network looked for a statement: being worked out, or shown on the trace. */
export interface Looked {
  readonly id: string;
  readonly code: string;
  /** How much is done, 0 to 1. */
  readonly share: number;
  readonly explanation: Explanation | null;
}

/** What the reader does with the findings and the report. */
export interface ReaderActions {
  /** Findings stay covered on every ECG until asked for; off uncovers all. */
  toggleReadFirst(): void;
  /** Shows or covers the findings of the open ECG. */
  uncover(): void;
  /** Shows on the trace where the network looked; the same statement again stops and clears it. */
  look(code: string): Promise<void>;
  setPoint(point: OperatingPoint): Promise<void>;
  /** How common statements are among the reader's own patients; nothing: as learned. */
  setPrevalence(prevalence: OwnPrevalence): Promise<void>;
  editReport(change: (edits: ReportEdits) => ReportEdits): void;
  undoReport(): void;
  redoReport(): void;
  readonly whatIf: Client['whatIf'];
}

interface Store {
  readonly get: () => Page;
  readonly change: (patch: Partial<PageState>) => void;
  readonly fail: (error: unknown) => void;
}

/** What the page begins with. */
export const readerState = () => ({ readFirst: readsFirst(), uncovered: [], looked: null });

export function readerActions(client: Client, { get, change, fail }: Store): ReaderActions {
  let looking: AbortController | null = null;
  const withItem = (id: string, patch: Partial<Item>) =>
    get().items.map((item) => (item.id === id ? { ...item, ...patch } : item));

  function changeReport(next: (history: History<ReportEdits>) => History<ReportEdits>) {
    const item = currentItem(get());
    if (item) change({ items: withItem(item.id, { report: next(item.report) }) });
  }

  /** The open ECG's reading after a change that the worker follows. */
  async function followed(ask: (id: string) => Promise<Reading | null>) {
    const item = currentItem(get());
    if (item?.state !== 'done') return;
    change({ following: get().following + 1, failed: false });
    try {
      const reading = await ask(item.id);
      change({
        following: get().following - 1,
        ...(reading && { items: withItem(item.id, { reading, folded: null }) }),
      });
    } catch (error) {
      change({ following: get().following - 1 });
      if (get().items.some(({ id }) => id === item.id)) fail(error);
    }
  }

  return {
    toggleReadFirst() {
      const readFirst = !get().readFirst;
      rememberReadsFirst(readFirst);
      change({ readFirst, uncovered: [] });
    },
    uncover() {
      const { currentId, uncovered } = get();
      if (currentId === null) return;
      const others = uncovered.filter((id) => id !== currentId);
      change({ uncovered: others.length < uncovered.length ? others : [...others, currentId] });
    },
    async look(code) {
      const { looked, ecg } = get();
      const item = currentItem(get());
      looking?.abort();
      if (item?.state !== 'done' || (looked?.id === item.id && looked.code === code)) return change({ looked: null });
      const own = new AbortController();
      looking = own;
      const show = (share: number, explanation: Explanation | null) =>
        change({ looked: { id: item.id, code, share, explanation } });
      const isAsked = () => looking === own && get().looked?.id === item.id;
      show(0, null);
      try {
        const atS = ecg ? ecg.startS + ecg.durationS / 2 : 0;
        const onProgress = (share: number) => isAsked() && show(share, null);
        const explanation = await client.explain(item.id, code, atS, { signal: own.signal, onProgress });
        if (isAsked()) show(1, explanation);
      } catch (error) {
        if (!isAsked()) return;
        change({ looked: null });
        fail(error);
      }
    },
    setPoint: (point) => followed((id) => client.setPoint(id, point)),
    setPrevalence: (prevalence) => followed((id) => client.setPrevalence(id, prevalence)),
    editReport: (edit) => changeReport((history) => advanced(history, edit(history.now))),
    undoReport: () => changeReport(undone),
    redoReport: () => changeReport(redone),
    whatIf: client.whatIf,
  };
}
