import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Offline } from '../offline';
import type { Page } from './state';
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
