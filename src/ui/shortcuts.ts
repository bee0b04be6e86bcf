import { useEffect } from 'react';
import { LAYOUTS, pageCount } from '../paper';
import { exportJson } from './exports';
import { usePageStore } from './hooks';
import { currentItem, type Page } from './state';

/** For the help line; the keys themselves are below. */
export const KEYS_HELP = 'Keys: O open · 1, 2 layout · W waves · ← → page · ↑ ↓ recording · E export JSON · P print';

export const FILE_INPUT_ID = 'file-input';

export const chooseFiles = () => document.getElementById(FILE_INPUT_ID)?.click();

/** Single keys, where nobody is typing and no dialog is open. */
export function useShortcuts() {
  const store = usePageStore();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      if (act(event.key, store.getState())) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
}

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, dialog, summary') !== null;
}

/** True where the key was ours. */
function act(key: string, page: Page): boolean {
  const item = currentItem(page);
  const layout = LAYOUTS[Number(key) - 1];
  const pages = pageCount(item?.reading.recording?.durationS ?? 0);
  if (key.toLowerCase() === 'o') chooseFiles();
  else if (!item) return false;
  else if (layout) page.setLayout(layout.id);
  else if (key === 'ArrowLeft' && pages > 1) page.turn(-1);
  else if (key === 'ArrowRight' && pages > 1) page.turn(1);
  else if (key === 'ArrowUp' && page.items.length > 1) page.next(-1);
  else if (key === 'ArrowDown' && page.items.length > 1) page.next(1);
  else if (key.toLowerCase() === 'w') page.toggleWaves();
  else if (key.toLowerCase() === 'e') exportJson(item);
  else if (key.toLowerCase() === 'p') window.print();
  else return false;
  return true;
}
