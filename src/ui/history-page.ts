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
    let timer: ReturnType<typeof setTimeout> | undefined;
    let idle: ReturnType<typeof setTimeout> | undefined;
    /** While an ECG of the history comes back, it is not kept in a state that is half restored. */
    let restoring = false;
    let last: Item | null = null;

    const list = async () => set({ rows: (await history?.list()) ?? [] });
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

    async function keep(item: Item) {
      const kept = await attempt(async () => {
        if (!history) return;
        await history.keep(keyOf(item), await keptEcg(page.getState().words, item, noteOf(get().rows, keyOf(item))));
        await list();
      });
      set({ kept: kept && history !== null && currentItem(page.getState()) === item });
      const { failure } = get();
      if (!kept && failure) page.getState().fail(new EcgError(failure.code, failure.message, failure.detail));
    }

    const follow = () => {
      const item = currentItem(page.getState());
      if (item === last) return;
      last = item;
      set({ kept: false });
      clearTimeout(timer);
      if (!history || restoring || item?.state !== 'done' || !item.reading.recording || item.folded) return;
      timer = setTimeout(() => void keep(item), KEEP_AFTER_MS);
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
      await list();
      last = null;
      follow();
    }

    const letGo = () => {
      history?.close();
      history = null;
      clearTimeout(timer);
      clearTimeout(idle);
      for (const event of ['keydown', 'pointerdown']) window.removeEventListener(event, stayOpen);
    };

    return {
      state: 'off',
      encrypted: false,
      rows: [],
      failure: null,
      kept: false,
      look: async () => {
        await attempt(async () => {
          const state = await historyState();
          if (state === 'open') await use(await openHistory(null), false);
          else set({ state, encrypted: state === 'locked' });
        });
      },
      switchOn: async (passphrase) => {
        await attempt(async () => use(await createHistory(passphrase), passphrase !== null));
      },
      unlock: async (passphrase) => {
        await attempt(async () => use(await openHistory(passphrase), true));
      },
      lock() {
        letGo();
        set({ state: 'locked', rows: [], kept: false });
      },
      wipe: async () => {
        letGo();
        await attempt(async () => {
          await wipeHistory();
          set({ state: 'off', encrypted: false, rows: [], kept: false });
        });
      },
      reopen: (key) =>
        attempt(async () => {
          const kept = await history?.take(key);
          if (!kept) return;
          restoring = true;
          try {
            await restore(page, filesOf(kept), kept.edits);
          } finally {
            restoring = false;
          }
          last = currentItem(page.getState());
          set({ kept: true });
        }),
      compare: (key) =>
        attempt(async () => {
          const kept = await history?.take(key);
          if (!kept) return;
          const { patient, marks, startTime } = kept.edits;
          const name = kept.head.file;
          await page.getState().compareWith(filesOf(kept), { name, patient, marks, startTime });
        }),
      annotate: async (key, note) => {
        await attempt(async () => {
          await history?.annotate(key, note);
          await list();
        });
      },
      remove: async (key) => {
        await attempt(async () => {
          await history?.remove(key);
          await list();
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

const noteOf = (rows: readonly KeptRow[], key: string) => rows.find((row) => row.key === key)?.head?.note ?? '';
