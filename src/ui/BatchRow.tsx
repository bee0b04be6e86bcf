import { memo } from 'react';
import { COLUMNS } from './batch-rows';
import type { Item } from './state';

interface BatchRowProps {
  readonly item: Item;
  readonly current: boolean;
  readonly show: (id: string) => void;
}

/** One recording of a batch: what a reader sorts by, or why there is nothing. */
export const BatchRow = memo(function BatchRow({ item, current, show }: BatchRowProps) {
  const { id, state, reading } = item;
  return (
    <li data-testid="batch-row" data-state={state} data-file={reading.source.name}>
      <button
        type="button"
        aria-current={current}
        title={`${reading.source.name} (↑ ↓ switch between recordings)`}
        onClick={() => show(id)}
      >
        {COLUMNS.map(({ id: column, text }) => (
          <span key={column} data-column={column}>
            {text(item)}
          </span>
        ))}
      </button>
    </li>
  );
});
