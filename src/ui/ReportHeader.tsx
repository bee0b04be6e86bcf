import { useState } from 'react';
import type { Report } from '../ecg';
import { confirmReport, reopenReport } from '../report';
import { usePageStore, useWords } from './hooks';
import { type Item, shownReading } from './state';

interface ReportHeaderProps {
  readonly item: Item;
  readonly report: Report;
}

/** Whether somebody answers for the report, and what takes it there and back. */
export function ReportHeader({ item, report: { confirmation } }: ReportHeaderProps) {
  const { report: words, dateTime } = useWords();
  const { editReport, undoReport, redoReport } = usePageStore().getState();
  const [name, setName] = useState('');
  const { past, future } = item.report;
  const confirm = () =>
    editReport((edits) => confirmReport(shownReading(item), edits, name.trim() || null, new Date().toISOString()));
  return (
    <header>
      <h2>{words.title}</h2>
      <span className="report-status" role="status" data-testid="report-status" data-confirmed={confirmation !== null}>
        {confirmation ? words.confirmedBy(confirmation.by, dateTime(confirmation.at)) : words.unconfirmed}
      </span>
      <span className="report-buttons">
        <button
          type="button"
          aria-label={words.undo}
          title={words.undo}
          aria-disabled={past.length === 0}
          onClick={undoReport}
        >
          ↶
        </button>
        <button
          type="button"
          aria-label={words.redo}
          title={words.redo}
          aria-disabled={future.length === 0}
          onClick={redoReport}
        >
          ↷
        </button>
      </span>
      {confirmation ? (
        <button type="button" className="button" data-testid="report-reopen" onClick={() => editReport(reopenReport)}>
          {words.reopen}
        </button>
      ) : (
        <span>
          <input
            className="report-name"
            aria-label={words.yourName}
            placeholder={words.yourName}
            autoComplete="off"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />{' '}
          <button type="button" className="button" data-testid="report-confirm" onClick={confirm}>
            {words.confirmReport}
          </button>
        </span>
      )}
    </header>
  );
}
