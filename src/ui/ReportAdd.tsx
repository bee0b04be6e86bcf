import { type FormEvent, useState } from 'react';
import { REPORT_SECTIONS, type ReportSection } from '../ecg';
import { addStatement } from '../report';
import { usePageStore } from './hooks';
import { SECTION_TITLES } from './report-words';

/** A statement of the reader's own. */
export function ReportAdd() {
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
        aria-label="Section"
        value={section}
        onChange={({ target }) => setSection(REPORT_SECTIONS.find((one) => one === target.value) ?? section)}
      >
        {REPORT_SECTIONS.map((one) => (
          <option key={one} value={one}>
            {SECTION_TITLES[one]}
          </option>
        ))}
      </select>
      <input
        aria-label="Statement"
        placeholder="Add a statement"
        value={text}
        data-testid="report-add"
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="button">
        Add
      </button>
    </form>
  );
}
