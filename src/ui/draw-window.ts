import type { Client } from '../client';
import { PAGE_S } from '../paper';
import { isFiltering, NO_FILTER } from './display-filter';
import { currentItem, type Page, type PageState } from './state';

/** The page's state, as far as drawing needs it. */
interface Store {
  readonly get: () => Page;
  readonly change: (patch: Partial<PageState>) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * What is drawn follows the current recording, its start and the display filter. One stretch is read at a time, and while the reader
 * pans each one is shown as it comes: the last one is the one that was asked for.
 */
export function createDraw(client: Client, { get, change, fail }: Store): () => Promise<void> {
  let reading: Promise<void> | null = null;
  let isStale = false;

  async function read() {
    const { currentId, startS, filter } = get();
    const item = currentItem(get());
    if (!item?.reading.recording) return change({ ecg: null, shown: null });
    try {
      const [ecg, through] = await Promise.all([
        client.window(item.id, startS, PAGE_S),
        isFiltering(filter) ? client.window(item.id, startS, PAGE_S, filter) : null,
      ]);
      const shown = through ? { ecg: through, filter } : { ecg, filter: NO_FILTER };
      if (get().currentId === currentId) change({ ecg, shown });
    } catch (error) {
      if (get().items.some(({ id }) => id === item.id)) fail(error);
    }
  }

  async function readAll() {
    do {
      isStale = false;
      await read();
    } while (isStale);
    reading = null;
  }

  return () => {
    isStale = true;
    reading ??= readAll();
    return reading;
  };
}
