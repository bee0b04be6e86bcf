import type { Offline } from '../offline';
import { loaded, requestLog } from '../requests';
import { prepareExports } from './exports';
import { prepareWords } from './language';
import { isRunning, type Page } from './state';
import type { PageStore } from './store';

/** Lets the page draw what it has just been given, ms. */
const PAUSE_MS = 500;

/**
 * Fetches what the first ECG does not need once that is read: what draws exports, the other languages, what a backend would be fallen back to, and the copy that
 * works offline. Not when a file of the reader's is open: then nothing more is fetched until the next visit, or until it is asked for.
 */
export async function fetchRest(store: PageStore, offline: Offline): Promise<void> {
  await settled(store);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  if (requestLog.getState().openedAt === null) {
    // What cannot be fetched now is fetched when it is needed, and says so then.
    await Promise.allSettled([prepareExports(), prepareWords(), store.getState().fetchRest()]);
    if (store.getState().items.length > 0) loaded();
  }
  offline.begin();
}

/** Resolves when nothing is being opened or analysed. */
function settled(store: PageStore): Promise<void> {
  const busy = ({ opening, items }: Page) => opening > 0 || isRunning(items);
  return new Promise((resolve) => {
    if (!busy(store.getState())) return resolve();
    const leave = store.subscribe((page) => {
      if (busy(page)) return;
      leave();
      resolve();
    });
  });
}
