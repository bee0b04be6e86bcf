import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Offline } from '../offline';
import type { Words } from '../words';
import type { HistoryPage, HistoryStore } from './history-page';
import { type Item, isRunning, type Page } from './state';
import type { PageStore } from './store';

export const PageContext = createContext<PageStore | null>(null);

export const OfflineContext = createContext<Offline | null>(null);

export function useOffline(): Offline {
  const offline = useContext(OfflineContext);
  if (!offline) throw new Error('No page around this component.');
  return offline;
}

export function usePageStore(): PageStore {
  const store = useContext(PageContext);
  if (!store) throw new Error('No page around this component.');
  return store;
}

/** A part of the page's state; the component follows it. */
export function usePage<Part>(select: (page: Page) => Part): Part {
  return useStore(usePageStore(), select);
}

/** What the page says, in its language. */
export const useWords = (): Words => usePage(({ words }) => words);

/** A running batch changes its rows many times a second; its table follows so often, ms. */
const CALM_MS = 200;

/** The rows of the page, at most every {@link CALM_MS} while a batch runs, at once when none does. */
export function useCalmItems(): readonly Item[] {
  const store = usePageStore();
  const { subscribe, now } = useMemo(() => calmItems(store), [store]);
  return useSyncExternalStore(subscribe, now);
}

function calmItems(store: PageStore) {
  let shown = store.getState().items;
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    now: () => shown,
    subscribe(tell: () => void) {
      const follow = () => {
        if (timer !== null) clearTimeout(timer);
        timer = null;
        shown = store.getState().items;
        tell();
      };
      follow();
      const leave = store.subscribe(({ items }) => {
        if (items === shown) return;
        const isSameList = items.length === shown.length && items[0]?.id === shown[0]?.id;
        if (!isSameList || !isRunning(items)) follow();
        else timer ??= setTimeout(follow, CALM_MS);
      });
      return () => {
        if (timer !== null) clearTimeout(timer);
        timer = null;
        leave();
      };
    },
  };
}

export const HistoryContext = createContext<HistoryStore | null>(null);

/** A part of the history's state; the component follows it. */
export function useHistory<Part>(select: (history: HistoryPage) => Part): Part {
  const store = useContext(HistoryContext);
  if (!store) throw new Error('No page around this component.');
  return useStore(store, select);
}
