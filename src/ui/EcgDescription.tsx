import { NO_REPORT_EDITS } from '../ecg';
import { reportOf, reportText } from '../report';
import { useWords } from './hooks';
import type { Item } from './state';

export const DESCRIPTION_ID = 'ecg-description';

/** The trace in words, for who cannot see it: what was measured, and no finding, which may still be covered. */
export function EcgDescription({ item }: { readonly item: Item }) {
  const words = useWords();
  const report = reportOf(item.reading, NO_REPORT_EDITS, words);
  const statements = report.statements.filter(({ origin }) => origin === 'measured');
  return (
    <p id={DESCRIPTION_ID} className="visually-hidden" data-testid="ecg-description">
      {reportText({ ...report, statements })}
    </p>
  );
}
