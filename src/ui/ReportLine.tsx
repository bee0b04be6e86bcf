import { useState } from 'react';
import type { ReportStatement, StatementState } from '../ecg';
import { changeStatement } from '../report';
import { usePageStore, useWords } from './hooks';

/** One statement: confirmed, rejected or rewritten where it stands. */
export function ReportLine({ statement }: { readonly statement: ReportStatement }) {
  const words = useWords().report;
  const { editReport } = usePageStore().getState();
  const [typed, setTyped] = useState<string | null>(null);
  const { id, text, drafted, state } = statement;
  const setState = (wanted: StatementState) =>
    editReport((edits) => changeStatement(edits, statement, { state: state === wanted ? 'proposed' : wanted }));
  const keep = () => {
    if (typed !== null && typed.trim() !== text)
      editReport((edits) => changeStatement(edits, statement, { text: typed }));
    setTyped(null);
  };
  return (
    <div className="report-statement" data-testid="report-statement" data-id={id} data-state={state}>
      {typed === null ? (
        <p>
          {text} {drafted !== null && drafted !== text && <span className="report-edited">{words.edited}</span>}
        </p>
      ) : (
        <textarea
          aria-label={words.textOf}
          rows={Math.max(1, Math.ceil(typed.length / 80))}
          value={typed}
          // biome-ignore lint/a11y/noAutofocus: the reader just asked to write here
          autoFocus
          onChange={({ target }) => setTyped(target.value)}
          onBlur={keep}
          onKeyDown={({ key, shiftKey, currentTarget }) => {
            if (key === 'Escape') setTyped(null);
            else if (key === 'Enter' && !shiftKey) currentTarget.blur();
          }}
        />
      )}
      <span className="report-buttons">
        <StateButton text="✓" name={words.confirm} wanted="confirmed" state={state} onPress={setState} />
        <StateButton text="✕" name={words.reject} wanted="rejected" state={state} onPress={setState} />
        <button type="button" aria-label={words.edit} title={words.editTitle} onClick={() => setTyped(text)}>
          ✎
        </button>
      </span>
    </div>
  );
}

interface StateButtonProps {
  readonly text: string;
  readonly name: string;
  readonly wanted: StatementState;
  readonly state: StatementState;
  readonly onPress: (wanted: StatementState) => void;
}

function StateButton({ text, name, wanted, state, onPress }: StateButtonProps) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      aria-pressed={state === wanted}
      data-state={wanted}
      onClick={() => onPress(wanted)}
    >
      {text}
    </button>
  );
}
