import type { Words } from '../words';

/** Every key of the page and what it does; the keys themselves are in shortcuts.ts. */
export const keysOf = (words: Words['keys']): readonly (readonly [keys: string, does: string])[] => [
  ['?', words.sheet],
  ['O', words.open],
  ['↑ ↓', words.recording],
  ['← →', words.page],
  ['Shift+← →', words.second],
  ['B, Shift+B', words.beat],
  [words.oneToSeven, words.layout],
  ['S, Shift+S', words.speed],
  ['G, Shift+G', words.gain],
  ['D', words.filter],
  ['C', words.calipers],
  ['+ − 0', words.size],
  ['W', words.waves],
  ['M, Shift+M', words.mark],
  ['Ctrl+Z, Shift+Ctrl+Z', words.undo],
  ['R', words.readFirst],
  ['F', words.uncover],
  ['Esc', words.letGo],
  ['E', words.json],
  ['P', words.print],
];

export const KEYS_DIALOG_ID = 'keys-dialog';

export function showKeys() {
  const dialog = document.getElementById(KEYS_DIALOG_ID);
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}
