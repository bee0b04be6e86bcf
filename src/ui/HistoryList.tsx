import { useState } from 'react';
import type { KeptRow } from '../storage';
import { dateText, dateTimeText } from './format';
import { useHistory } from './hooks';
import { WipeButton } from './WipeButton';

interface HistoryListProps {
  readonly onOpened: () => void;
}

/** What was kept, the latest first, searched by every word in it. */
export function HistoryList({ onOpened }: HistoryListProps) {
  const rows = useHistory((history) => history.rows);
  const encrypted = useHistory((history) => history.encrypted);
  const lock = useHistory((history) => history.lock);
  const exportAll = useHistory((history) => history.exportAll);
  const [words, setWords] = useState('');
  const found = rows.filter((row) => matches(row, words));
  return (
    <>
      <div className="button-row">
        <input
          type="search"
          aria-label="Search the history"
          placeholder="Search"
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        <button type="button" className="button" disabled={rows.length === 0} onClick={() => void exportAll()}>
          Export all
        </button>
        {encrypted && (
          <button type="button" className="button" data-testid="history-lock" onClick={lock}>
            Lock
          </button>
        )}
        <WipeButton />
      </div>
      <p className="source">
        {rows.length === 1 ? '1 ECG' : `${rows.length} ECGs`}, {encrypted ? 'encrypted' : 'not encrypted'}
      </p>
      <ul className="history-list">
        {found.map((row) => (
          <Row key={row.key} row={row} onOpened={onOpened} />
        ))}
      </ul>
    </>
  );
}

function Row({ row: { key, head }, onOpened }: HistoryListProps & { readonly row: KeptRow }) {
  const reopen = useHistory((history) => history.reopen);
  const annotate = useHistory((history) => history.annotate);
  const remove = useHistory((history) => history.remove);
  const open = async () => {
    if (await reopen(key)) onOpened();
  };
  return (
    <li data-testid="history-row" data-damaged={head === null}>
      {head ? (
        <>
          <b>{[head.patientName, head.patientId].filter(Boolean).join(' · ') || 'No name'}</b>
          <span className="source">
            {head.startTime ? dateTimeText(head.startTime) : 'time unknown'} · {head.file} · kept{' '}
            {dateText(head.savedAt)}
          </span>
          <span>{head.conclusion}</span>
          <input
            aria-label={`Note on ${head.file}`}
            placeholder="Note"
            defaultValue={head.note}
            onBlur={({ target }) => target.value !== head.note && void annotate(key, target.value)}
          />
        </>
      ) : (
        <span>This record is damaged and cannot be opened.</span>
      )}
      <div className="button-row">
        {head && (
          <button type="button" className="button" data-testid="history-open" onClick={() => void open()}>
            Open
          </button>
        )}
        <button type="button" className="button" data-testid="history-delete" onClick={() => void remove(key)}>
          Delete
        </button>
      </div>
    </li>
  );
}

function matches({ head }: KeptRow, words: string): boolean {
  const text = head ? Object.values(head).join(' ').toLowerCase() : '';
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
