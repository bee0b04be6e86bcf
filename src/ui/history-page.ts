import { createStore } from 'zustand/vanilla';
import { EcgError, type ErrorRecord, errorRecord } from '../ecg';
import {
  createHistory,
  type History,
  type HistoryState,
  historyState,
  type KeptEcg,
  type KeptRow,
  openHistory,
  wipeHistory,
} from '../storage';
import { download } from './download';
import { historyZip } from './history-zip';
import { keptEcg, keyOf, restore } from './kept-ecg';
import { currentItem, type Item } from './state';
import type { PageStore } from './store';

/** Without a key being pressed for so long an encrypted history locks itself, ms. */
const LOCK_AFTER_MS = 15 * 60_000;
/** An edit is kept when the reader has been quiet for so long, ms. */
const KEEP_AFTER_MS = 600;

export interface HistoryPage {
  readonly state: HistoryState;
  readonly encrypted: boolean;
  readonly rows: readonly KeptRow[];
  readonly failure: ErrorRecord | null;
  /** Whether the ECG that is open lies in the history as it is now. */
  readonly kept: boolean;
  /** Asks the browser whether there is a history; creates none. */
  look(): Promise<void>;
  switchOn(passphrase: string | null): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  lock(): void;
  /** Deletes everything and switches off. */
  wipe(): Promise<void>;
  /** Opens a kept ECG with everything that was done to it. True where it worked. */
  reopen(key: string): Promise<boolean>;
  /** Puts a kept ECG beside the open one. True where it worked. */
  compare(key: string): Promise<boolean>;
  annotate(key: string, note: string): Promise<void>;
  remove(key: string): Promise<void>;
  exportAll(): Promise<void>;
}

export type HistoryStore = ReturnType<typeof createHistoryPage>;

/** The history of what was read, for a page: off until the reader switches it on; then every opened ECG is kept with its edits. */
export function createHistoryPage(page: PageStore) {
  return createStore<HistoryPage>()((set, get) => {
    let history: History | null = null;
    /** What is done to the history is done one after the other: an edit on its way into it would undo a note that is written meanwhile. */
    let turn: Promise<unknown> = Promise.resolve();
    /** What was still to be kept there is not. */
    const wiped = new WeakSet<History>();
    /** The ECG as the reader left it, until it is kept. */
    let pending: Item | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let idle: ReturnType<typeof setTimeout> | undefined;
    /** While an ECG of the history comes back, it is not kept in a state that is half restored. */
    let restoring = false;
    let last: Item | null = null;

    const list = async (open: History) => {
      const rows = await open.list();
      if (open === history) set({ rows });
    };
    const attempt = async (work: () => Promise<void>) => {
      try {
        set({ failure: null });
        await work();
        return true;
      } catch (error) {
        set({ failure: errorRecord(error) });
        return false;
      }
    };
    const inTurn = (work: () => Promise<void>) => {
      const done = turn.then(() => attempt(work));
      turn = done;
      return done;
    };
    /** With the history that is open now, even if it is locked before its turn comes; with none, or a wiped one, nothing is done. */
    const onHistory = (work: (open: History) => Promise<void>) => {
      const open = history;
      return inTurn(async () => {
        if (!open || wiped.has(open)) return;
        await work(open).catch((error: unknown) => {
          if (!wiped.has(open)) throw error;
        });
      });
    };

    async function take(key: string): Promise<KeptEcg | null> {
      flush();
      const taken: KeptEcg[] = [];
      await onHistory(async (open) => void taken.push(await open.take(key)));
      return taken[0] ?? null;
    }

    async function keep(item: Item) {
      const kept = await onHistory(async (open) => {
        await open.keep(keyOf(item), await keptEcg(page.getState().words, item));
        await list(open);
      });
      set({ kept: kept && history !== null && currentItem(page.getState()) === item });
      const { failure } = get();
      if (!kept && failure) page.getState().fail(new EcgError(failure.code, failure.message, failure.detail));
    }

    /** Keeps at once what waits for the reader to be quiet. */
    function flush() {
      clearTimeout(timer);
      if (pending) void keep(pending);
      pending = null;
    }

    const follow = () => {
      const item = currentItem(page.getState());
      if (item === last) return;
      // What was entered a moment ago is not lost because the next ECG is opened.
      if (item?.id !== last?.id && pending && isTouched(pending)) flush();
      last = item;
      set({ kept: false });
      clearTimeout(timer);
      pending = null;
      if (!history || restoring || item?.state !== 'done' || !item.reading.recording || item.folded) return;
      pending = item;
      timer = setTimeout(flush, KEEP_AFTER_MS);
    };
    page.subscribe(follow);

    const stayOpen = () => {
      clearTimeout(idle);
      if (get().encrypted && history) idle = setTimeout(() => get().lock(), LOCK_AFTER_MS);
    };

    async function use(opened: History, encrypted: boolean) {
      history = opened;
      set({ state: 'open', encrypted });
      for (const event of ['keydown', 'pointerdown']) window.addEventListener(event, stayOpen);
      stayOpen();
      await list(opened);
      last = null;
      follow();
    }

    /** No history is open from now on; gives the one that was. */
    const leave = () => {
      const left = history;
      history = null;
      pending = null;
      clearTimeout(timer);
      clearTimeout(idle);
      for (const event of ['keydown', 'pointerdown']) window.removeEventListener(event, stayOpen);
      return left;
    };
    const enter = async (work: () => Promise<void>) => {
      await inTurn(async () => {
        if (!history) await work();
      });
    };

    return {
      state: 'off',
      encrypted: false,
      rows: [],
      failure: null,
      kept: false,
      look: () =>
        enter(async () => {
          const state = await historyState();
          if (state === 'open') await use(await openHistory(null), false);
          else set({ state, encrypted: state === 'locked' });
        }),
      switchOn: (passphrase) => enter(async () => use(await createHistory(passphrase), passphrase !== null)),
      unlock: (passphrase) => enter(async () => use(await openHistory(passphrase), true)),
      lock() {
        flush();
        const left = leave();
        void inTurn(async () => left?.close());
        set({ state: 'locked', rows: [], kept: false });
      },
      wipe: async () => {
        const left = leave();
        if (left) wiped.add(left);
        left?.close();
        await attempt(async () => {
          await wipeHistory();
          set({ state: 'off', encrypted: false, rows: [], kept: false });
        });
      },
      reopen: async (key) => {
        const kept = await take(key);
        if (!kept) return get().failure === null;
        return attempt(async () => {
          restoring = true;
          const isThere = await restore(page, filesOf(kept), kept.edits).finally(() => {
            restoring = false;
          });
          last = isThere ? currentItem(page.getState()) : null;
          set({ kept: isThere });
          follow();
        });
      },
      compare: async (key) => {
        const kept = await take(key);
        if (!kept) return get().failure === null;
        return attempt(async () => {
          const { patient, marks, startTime } = kept.edits;
          const name = kept.head.file;
          await page.getState().compareWith(filesOf(kept), { name, patient, marks, startTime });
        });
      },
      annotate: async (key, note) => {
        await onHistory(async (open) => {
          await open.annotate(key, note);
          await list(open);
        });
      },
      remove: async (key) => {
        if (pending && keyOf(pending) === key) pending = null;
        await onHistory(async (open) => {
          await open.remove(key);
          await list(open);
        });
      },
      exportAll: async () => {
        await attempt(async () => {
          if (history) download('ecg-history.zip', 'application/zip', [await historyZip(history, get().rows)]);
        });
      },
    };
  });
}

const filesOf = ({ files }: KeptEcg) => files.map(({ name, bytes }) => new File([bytes], name));

/** Whether the reader has done something to it. */
const isTouched = ({ edit, marks, report, enteredStartTime, other }: Item) =>
  Object.keys(edit).length > 0 ||
  marks.past.length > 0 ||
  report.past.length > 0 ||
  enteredStartTime !== null ||
  other !== null;
