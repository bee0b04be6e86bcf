import { useState } from 'react';
import type { KeptRow } from '../storage';
import { useHistory, useWords } from './hooks';
import { WipeButton } from './WipeButton';

interface HistoryListProps {
  readonly onOpened: () => void;
}

/** What was kept, the latest first, searched by every word in it. */
export function HistoryList({ onOpened }: HistoryListProps) {
  const words = useWords().history;
  const rows = useHistory((history) => history.rows);
  const encrypted = useHistory((history) => history.encrypted);
  const lock = useHistory((history) => history.lock);
  const exportAll = useHistory((history) => history.exportAll);
  const [wanted, setWanted] = useState('');
  const found = rows.filter((row) => matches(row, wanted));
  return (
    <>
      <div className="button-row">
        <input
          type="search"
          aria-label={words.searchLabel}
          placeholder={words.search}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
        <button type="button" className="button" disabled={rows.length === 0} onClick={() => void exportAll()}>
          {words.exportAll}
        </button>
        {encrypted && (
          <button type="button" className="button" data-testid="history-lock" onClick={lock}>
            {words.lock}
          </button>
        )}
        <WipeButton />
      </div>
      <p className="source">{words.ecgs(rows.length, encrypted)}</p>
      <ul className="history-list">
        {found.map((row) => (
          <Row key={row.key} row={row} onOpened={onOpened} />
        ))}
      </ul>
    </>
  );
}

function Row({ row: { key, head }, onOpened }: HistoryListProps & { readonly row: KeptRow }) {
  const words = useWords();
  const say = words.history;
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
          <b>{[head.patientName, head.patientId].filter(Boolean).join(' · ') || say.noName}</b>
          <span className="source">
            {[
              head.startTime ? words.dateTime(head.startTime) : say.timeUnknown,
              head.file,
              say.kept(words.date(head.savedAt)),
            ].join(' · ')}
          </span>
          <span>{head.conclusion}</span>
          <input
            aria-label={say.noteOn(head.file)}
            placeholder={say.note}
            defaultValue={head.note}
            onBlur={({ target }) => target.value !== head.note && void annotate(key, target.value)}
          />
        </>
      ) : (
        <span>{say.damaged}</span>
      )}
      <div className="button-row">
        {head && (
          <button type="button" className="button" data-testid="history-open" onClick={() => void open()}>
            {say.open}
          </button>
        )}
        <button type="button" className="button" data-testid="history-delete" onClick={() => void remove(key)}>
          {say.remove}
        </button>
      </div>
    </li>
  );
}

function matches({ head }: KeptRow, wanted: string): boolean {
  const text = head ? Object.values(head).join(' ').toLowerCase() : '';
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
