import { usePage, usePageStore } from './hooks';
import type { Item } from './state';

/** That marks were edited, by whom, and the way back; nothing where none was. */
export function MarkTools({ item }: { readonly item: Item }) {
  const { undoMark, redoMark } = usePageStore().getState();
  const busy = usePage(({ following }) => following > 0);
  const { past, now, future } = item.marks;
  if (past.length + future.length === 0) return null;
  return (
    <div className="mark-tools" aria-busy={busy}>
      <span className="badge" data-testid="marks-edited" data-count={now.length}>
        {now.length === 0
          ? 'Marks as delineated'
          : `${now.length} mark${now.length === 1 ? '' : 's'} edited by the reader`}
      </span>
      <button
        type="button"
        className="button"
        data-testid="undo"
        disabled={past.length === 0}
        title="Undo (Ctrl+Z)"
        onClick={() => void undoMark()}
      >
        Undo
      </button>
      <button
        type="button"
        className="button"
        data-testid="redo"
        disabled={future.length === 0}
        title="Redo (Ctrl+Shift+Z)"
        onClick={() => void redoMark()}
      >
        Redo
      </button>
    </div>
  );
}
