import type { ReactNode } from 'react';
import { progressOf } from './batch';
import { exportBatchCsv, exportBatchJsonl } from './exports';
import { clock } from './format';
import { usePage, usePageStore, useWords } from './hooks';
import type { Item } from './state';

/** How far a batch is, and what stops it or takes it out. */
export function BatchBar({ items, children }: { readonly items: readonly Item[]; readonly children: ReactNode }) {
  const say = useWords().batch;
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
    say.of(done, all),
    ...(failed > 0 ? [say.failed(failed)] : []),
    ...(paused ? [say.paused] : stopped ? [say.cancelled] : leftS !== null ? [say.left(clock(Math.ceil(leftS)))] : []),
  ].join(' · ');
  return (
    <div className="batch-bar">
      <div
        className="batch-progress"
        role="progressbar"
        data-testid="batch-progress"
        aria-label={say.progress}
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
            {paused ? say.resume : say.pause}
          </button>
          <button type="button" className="button" data-testid="batch-cancel" onClick={cancel}>
            {say.cancel}
          </button>
        </>
      )}
      {!running && stopped && (
        <button type="button" className="button" data-testid="batch-resume" onClick={resume}>
          {say.rest}
        </button>
      )}
      {children}
      <BatchExports />
    </div>
  );
}

/** The analyses of everything that is listed. */
function BatchExports() {
  const words = useWords().batch;
  const store = usePageStore();
  const fail = usePage((page) => page.fail);
  const identity = usePage(({ deidentify }) => (deidentify ? 'removed' : 'kept'));
  return (
    <>
      <button
        type="button"
        className="button"
        data-testid="export-batch-csv"
        title={words.tableTitle}
        onClick={() => exportBatchCsv(store.getState().items, identity)}
      >
        {words.table}
      </button>
      <button
        type="button"
        className="button"
        data-testid="export-batch-jsonl"
        title={words.jsonlTitle}
        onClick={() => void exportBatchJsonl(store.getState().items, identity).catch(fail)}
      >
        JSONL
      </button>
    </>
  );
}
