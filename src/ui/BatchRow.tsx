import { memo } from 'react';
import { COLUMNS } from './batch-rows';
import { useWords } from './hooks';
import type { ItemState } from './state';

interface BatchRowProps {
  readonly id: string;
  readonly state: ItemState;
  readonly file: string;
  /** In the order of the columns. */
  readonly texts: readonly string[];
  readonly current: boolean;
  readonly show: (id: string) => void;
}

/** One recording of a batch: what a reader sorts by, or why there is nothing. */
export const BatchRow = memo(function BatchRow({ id, state, file, texts, current, show }: BatchRowProps) {
  const words = useWords().batch;
  return (
    <li data-testid="batch-row" data-state={state} data-file={file}>
      <button type="button" aria-current={current} title={words.switch(file)} onClick={() => show(id)}>
        {COLUMNS.map(({ id: column }, n) => (
          <span key={column} data-column={column}>
            {texts[n]}
          </span>
        ))}
      </button>
    </li>
  );
});
