import { type FormEvent, useState } from 'react';
import { REPORT_SECTIONS, type ReportSection } from '../ecg';
import { addStatement } from '../report';
import { usePageStore, useWords } from './hooks';

/** A statement of the reader's own. */
export function ReportAdd() {
  const words = useWords().report;
  const { editReport } = usePageStore().getState();
  const [section, setSection] = useState<ReportSection>('rhythm');
  const [text, setText] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    editReport((edits) => addStatement(edits, section, text));
    setText('');
  };
  return (
    <form className="report-add" onSubmit={add}>
      <select
        aria-label={words.section}
        value={section}
        onChange={({ target }) => setSection(REPORT_SECTIONS.find((one) => one === target.value) ?? section)}
      >
        {REPORT_SECTIONS.map((one) => (
          <option key={one} value={one}>
            {words.sections[one]}
          </option>
        ))}
      </select>
      <input
        aria-label={words.statement}
        placeholder={words.addStatement}
        value={text}
        data-testid="report-add"
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="button">
        {words.add}
      </button>
    </form>
  );
}
