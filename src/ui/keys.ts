/** Every key of the page and what it does; the keys themselves are in shortcuts.ts. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['?', 'this sheet'],
  ['O', 'open ECG files'],
  ['↑ ↓', 'recording before or after'],
  ['← →', 'page before or after; with a mark selected, move it (Shift: ten samples)'],
  ['Shift+← →', 'a second back or on in a long recording'],
  ['B, Shift+B', 'next unusual beat, the one before'],
  ['1 to 7', 'layout'],
  ['S, Shift+S', 'faster or slower paper'],
  ['G, Shift+G', 'higher or lower gain'],
  ['D', 'display filter'],
  ['C', 'calipers'],
  ['+ − 0', 'larger, smaller, usual size'],
  ['W', 'waves on the trace'],
  ['M, Shift+M', 'next mark, mark before'],
  ['Ctrl+Z, Shift+Ctrl+Z', 'undo and redo'],
  ['R', 'read first: findings stay covered'],
  ['F', 'show the covered findings'],
  ['Esc', 'let go of mark, measurement and evidence'],
  ['E', 'export JSON'],
  ['P', 'print'],
];

export const KEYS_DIALOG_ID = 'keys-dialog';

export function showKeys() {
  const dialog = document.getElementById(KEYS_DIALOG_ID);
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}
