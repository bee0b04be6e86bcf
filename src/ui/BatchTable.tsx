import { exportBatch } from './exports';
import { usePage } from './hooks';
import type { Item } from './state';

const STATES: Record<Item['state'], string> = {
  waiting: 'waiting',
  analysing: 'analysing…',
  done: 'done',
  error: 'failed',
};

/** All recordings of a drop; what could not be read is a red row that says why. */
export function BatchTable() {
  const items = usePage((page) => page.items);
  const currentId = usePage((page) => page.currentId);
  const show = usePage((page) => page.show);
  return (
    <nav className="batch" aria-label="Open recordings" data-several={items.length > 1}>
      <ol data-testid="batch-table">
        {items.map(({ id, state, reading }) => (
          <li key={id} data-testid="batch-row" data-state={state} data-file={reading.source.name}>
            <button
              type="button"
              aria-current={id === currentId}
              title={`${reading.source.name} (↑ ↓ switch between recordings)`}
              onClick={() => show(id)}
            >
              <span className="batch-name">{reading.source.name}</span>
              <span className="batch-state">{reading.error?.message ?? summary(reading.alerts.length, state)}</span>
            </button>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="button"
        data-testid="export-batch-jsonl"
        title="The analyses of everything listed here, one JSON a line"
        onClick={() => exportBatch(items)}
      >
        JSONL
      </button>
    </nav>
  );
}

function summary(alerts: number, state: Item['state']): string {
  return state === 'done' && alerts > 0 ? `${alerts} alert${alerts > 1 ? 's' : ''}` : STATES[state];
}
