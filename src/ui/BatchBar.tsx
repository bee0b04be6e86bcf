import type { ReactNode } from 'react';
import { progressOf } from './batch';
import { exportBatchCsv, exportBatchJsonl } from './exports';
import { clock } from './format';
import { usePage, usePageStore } from './hooks';
import type { Item } from './state';

/** How far a batch is, and what stops it or takes it out. */
export function BatchBar({ items, children }: { readonly items: readonly Item[]; readonly children: ReactNode }) {
  const pace = usePage((page) => page.pace);
  const paused = usePage((page) => page.paused);
  const pause = usePage((page) => page.pause);
  const resume = usePage((page) => page.resume);
  const cancel = usePage((page) => page.cancel);
  const { done, failed, all, leftS } = progressOf({ items, pace });
  const stopped = items.some(({ state }) => state === 'cancelled');
  const running = items.some(({ state }) => state === 'waiting' || state === 'analysing');
  const share = all > 0 ? Math.floor((100 * done) / all) : 0;
  const words = [
    `${done} of ${all}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(paused ? ['paused'] : stopped ? ['cancelled'] : leftS !== null ? [`${clock(Math.ceil(leftS))} left`] : []),
  ].join(' · ');
  return (
    <div className="batch-bar">
      <div
        className="batch-progress"
        role="progressbar"
        data-testid="batch-progress"
        aria-label="Recordings analysed"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-valuetext={words}
      >
        <svg className="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect className="bar-track" y="1" width="100" height="4" />
          <rect className="bar-value" y="1" width={share} height="4" />
        </svg>
      </div>
      <span className="batch-words" data-testid="batch-words">
        {words}
      </span>
      {running && (
        <>
          <button type="button" className="button" data-testid="batch-pause" onClick={paused ? resume : pause}>
            {paused ? 'Resume' : 'Pause'}
          </button>
          <button type="button" className="button" data-testid="batch-cancel" onClick={cancel}>
            Cancel
          </button>
        </>
      )}
      {!running && stopped && (
        <button type="button" className="button" data-testid="batch-resume" onClick={resume}>
          Analyse the rest
        </button>
      )}
      {children}
      <BatchExports />
    </div>
  );
}

/** The analyses of everything that is listed. */
export function BatchExports() {
  const store = usePageStore();
  return (
    <>
      <button
        type="button"
        className="button"
        data-testid="export-batch-csv"
        title="A table of everything listed here, one row a recording"
        onClick={() => exportBatchCsv(store.getState().items)}
      >
        Table
      </button>
      <button
        type="button"
        className="button"
        data-testid="export-batch-jsonl"
        title="The analyses of everything listed here, one JSON a line"
        onClick={() => exportBatchJsonl(store.getState().items)}
      >
        JSONL
      </button>
    </>
  );
}
