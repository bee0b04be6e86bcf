import { useEffect } from 'react';
import type { Reading } from '../ecg';
import { layoutsFor, nextBeat, PAGE_S, pageCount } from '../paper';
import { exportJson } from './exports';
import { usePageStore } from './hooks';
import { showKeys } from './keys';
import { moveSelected, selectNext } from './mark-keys';
import { currentItem, type Page } from './state';

export const FILE_INPUT_ID = 'file-input';

export const FOLDER_INPUT_ID = 'folder-input';

export const chooseFiles = () => document.getElementById(FILE_INPUT_ID)?.click();

export const chooseFolder = () => document.getElementById(FOLDER_INPUT_ID)?.click();

/** Single keys, where nobody is typing and no dialog or menu is open. */
export function useShortcuts() {
  const store = usePageStore();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || isTaken(event.target) || document.querySelector(':popover-open')) return;
      const { key, shiftKey } = event;
      const done =
        event.ctrlKey || event.metaKey ? undo(key, shiftKey, store.getState()) : act(key, shiftKey, store.getState());
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
}

/** Also while a dialog is open without a focus in it. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true;
  return target instanceof Element && target.closest('input, select, textarea, dialog, summary') !== null;
}

/** True where the key was ours. */
function undo(key: string, shift: boolean, page: Page): boolean {
  if (key.toLowerCase() !== 'z' || !currentItem(page)) return false;
  void (shift ? page.redoMark() : page.undoMark());
  return true;
}

/** With a mark selected the arrow keys move it, by one sample, with Shift by ten. */
function actOnMark(key: string, shift: boolean, page: Page): boolean {
  if (key === 'ArrowLeft') return moveSelected(page, shift ? -10 : -1);
  if (key === 'ArrowRight') return moveSelected(page, shift ? 10 : 1);
  if (key.toLowerCase() === 'm') return selectNext(page, shift ? -1 : 1);
  if (key !== 'Escape') return false;
  if (page.comparing) page.showComparison(false);
  page.selectMark(null);
  page.showInterval(null);
  if (page.looked) void page.look(page.looked.code);
  return true;
}

/** By a page, with Shift by a second. */
function pan(page: Page, shift: boolean, step: number) {
  if (shift) page.goTo(page.startS + step);
  else page.turn(step);
}

/** The beat stands in the middle of the sheet. */
function goToBeat(page: Page, { beatList }: Reading, step: number) {
  const middle = PAGE_S / 2;
  // Past rounding, so that the beat in the middle is not found again.
  const timeS = nextBeat(beatList, page.startS + middle + step * 0.01, step);
  if (timeS !== null) page.goTo(timeS - middle);
}

/** Three steps double the size. */
const ZOOM_STEP = 2 ** (1 / 3);

/** True where the key was ours. */
function act(key: string, shift: boolean, page: Page): boolean {
  if (actOnMark(key, shift, page)) return true;
  const item = currentItem(page);
  const layout = layoutsFor(page.ecg?.leads ?? [])[Number(key) - 1];
  const pages = pageCount(item?.reading.recording?.durationS ?? 0);
  if (key === '?') showKeys();
  else if (key.toLowerCase() === 'o') chooseFiles();
  else if (!item) return false;
  else if (layout) page.arrange({ layout: layout.id });
  else if (key === 'ArrowLeft' && pages > 1) pan(page, shift, -1);
  else if (key === 'ArrowRight' && pages > 1) pan(page, shift, 1);
  else if (key.toLowerCase() === 'b' && pages > 1) goToBeat(page, item.reading, shift ? -1 : 1);
  else if (key === 'ArrowUp' && page.items.length > 1) page.next(-1);
  else if (key === 'ArrowDown' && page.items.length > 1) page.next(1);
  else if (key.toLowerCase() === 's') page.stepSpeed(shift ? -1 : 1);
  else if (key.toLowerCase() === 'g') page.stepGain(shift ? -1 : 1);
  else if (key.toLowerCase() === 'd') page.toggleFilter();
  else if (key.toLowerCase() === 'c') page.toggleCalipers();
  else if (key === '+' || key === '=') page.setZoom(page.paperSize.zoom * ZOOM_STEP);
  else if (key === '-') page.setZoom(page.paperSize.zoom / ZOOM_STEP);
  else if (key === '0') page.setZoom(1);
  else if (key.toLowerCase() === 'w') page.toggleWaves();
  else if (key.toLowerCase() === 'r') page.toggleReadFirst();
  else if (key.toLowerCase() === 'f' && page.readFirst) page.uncover();
  else if (key.toLowerCase() === 'e') exportJson(item, page.deidentify ? 'removed' : 'kept');
  else if (key.toLowerCase() === 'p') window.print();
  else return false;
  return true;
}
