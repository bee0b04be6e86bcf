import type { KeyboardEvent } from 'react';
import { REPORT_SECTIONS, type ReportSection, type ReportStatement } from '../ecg';
import { reportOf } from '../report';
import { usePage, usePageStore, useWords } from './hooks';
import { ReportAdd } from './ReportAdd';
import { ReportHeader } from './ReportHeader';
import { ReportLine } from './ReportLine';
import { isCovered } from './read-first';
import { type Item, shownReading } from './state';

/** The written report: drafted from what was measured and stated, the reader's to change and to confirm. */
export function ReportPanel({ item }: { readonly item: Item }) {
  const all = useWords();
  const words = all.report;
  const { undoReport, redoReport } = usePageStore().getState();
  const covered = usePage(isCovered);
  if (item.state !== 'done' || covered) return null;
  const reading = shownReading(item);
  const report = reportOf(reading, item.report.now, all);

  /** Inside the report the keys undo what was done to it; the marks' own keys are for everywhere else. */
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof Element && event.target.matches('input, textarea');
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || isTyping) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) redoReport();
    else undoReport();
  };
  return (
    <section className="report" aria-label={words.title} data-testid="report" onKeyDown={onKeyDown}>
      <ReportHeader item={item} report={report} />
      {REPORT_SECTIONS.map((section) => (
        <Section
          key={section}
          section={section}
          statements={report.statements.filter((statement) => statement.section === section)}
        />
      ))}
      <ReportAdd />
    </section>
  );
}

interface SectionProps {
  readonly section: ReportSection;
  readonly statements: readonly ReportStatement[];
}

function Section({ section, statements }: SectionProps) {
  const { sections } = useWords().report;
  if (statements.length === 0) return null;
  return (
    <section className="report-section" data-section={section}>
      <h3>{sections[section]}</h3>
      <div>
        {statements.map((statement) => (
          <ReportLine key={statement.id} statement={statement} />
        ))}
      </div>
    </section>
  );
}
