import type { PageState } from './state';

const KEY = 'read-first';

/** Whether findings stay covered, as the reader left it in this session; where nothing can be kept, they do not. */
export function readsFirst(): boolean {
  try {
    return globalThis.sessionStorage?.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

/** A browser that keeps nothing begins uncovered again, which the reader sees. */
export function rememberReadsFirst(on: boolean): void {
  try {
    globalThis.sessionStorage?.setItem(KEY, on ? 'on' : 'off');
  } catch {
    return;
  }
}

/** Whether the open ECG's findings are covered. */
export const isCovered = ({ readFirst, uncovered, currentId }: PageState) =>
  readFirst && currentId !== null && !uncovered.includes(currentId);
