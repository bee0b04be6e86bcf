import { usePage, usePageStore, useWords } from './hooks';
import type { Item } from './state';

/** That marks were edited, by whom, and the way back; nothing where none was. */
export function MarkTools({ item }: { readonly item: Item }) {
  const words = useWords().waves;
  const { undoMark, redoMark } = usePageStore().getState();
  const busy = usePage(({ following }) => following > 0);
  const { past, now, future } = item.marks;
  if (past.length + future.length === 0) return null;
  return (
    <div className="mark-tools" aria-busy={busy}>
      <span className="badge" data-testid="marks-edited" data-count={now.length}>
        {now.length === 0 ? words.asDelineated : words.editedMarks(now.length)}
      </span>
      <button
        type="button"
        className="button"
        data-testid="undo"
        disabled={past.length === 0}
        title={words.undoTitle}
        onClick={() => void undoMark()}
      >
        {words.undo}
      </button>
      <button
        type="button"
        className="button"
        data-testid="redo"
        disabled={future.length === 0}
        title={words.redoTitle}
        onClick={() => void redoMark()}
      >
        {words.redo}
      </button>
    </div>
  );
}
