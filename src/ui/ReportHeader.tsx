import { useState } from 'react';
import type { Report } from '../ecg';
import { confirmReport, reopenReport } from '../report';
import { dateTimeText } from './format';
import { usePageStore } from './hooks';
import { type Item, shownReading } from './state';

interface ReportHeaderProps {
  readonly item: Item;
  readonly report: Report;
}

/** Whether somebody answers for the report, and what takes it there and back. */
export function ReportHeader({ item, report: { confirmation } }: ReportHeaderProps) {
  const { editReport, undoReport, redoReport } = usePageStore().getState();
  const [name, setName] = useState('');
  const { past, future } = item.report;
  const confirm = () =>
    editReport((edits) => confirmReport(shownReading(item), edits, name.trim() || null, new Date().toISOString()));
  return (
    <header>
      <h2>Report</h2>
      <span className="report-status" role="status" data-testid="report-status" data-confirmed={confirmation !== null}>
        {confirmation ? `Confirmed${by(confirmation.by)}, ${dateTimeText(confirmation.at)} UTC` : 'UNCONFIRMED'}
      </span>
      {confirmation ? (
        <button type="button" className="button" data-testid="report-reopen" onClick={() => editReport(reopenReport)}>
          Reopen
        </button>
      ) : (
        <span>
          <input
            className="report-name"
            aria-label="Your name"
            placeholder="Your name"
            autoComplete="off"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />{' '}
          <button type="button" className="button" data-testid="report-confirm" onClick={confirm}>
            Confirm report
          </button>
        </span>
      )}
      <span className="report-buttons">
        <button type="button" aria-label="Undo" title="Undo" aria-disabled={past.length === 0} onClick={undoReport}>
          ↶
        </button>
        <button type="button" aria-label="Redo" title="Redo" aria-disabled={future.length === 0} onClick={redoReport}>
          ↷
        </button>
      </span>
    </header>
  );
}

const by = (name: string | null) => (name === null ? '' : ` by ${name}`);
