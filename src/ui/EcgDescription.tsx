import { reportOf, reportText } from '../report';
import type { Item } from './state';

export const DESCRIPTION_ID = 'ecg-description';

/** The trace in words, for who cannot see it: what was measured, and no finding, which may still be covered. */
export function EcgDescription({ item }: { readonly item: Item }) {
  const report = reportOf(item.reading);
  const statements = report.statements.filter(({ origin }) => origin === 'measured');
  return (
    <p id={DESCRIPTION_ID} className="visually-hidden" data-testid="ecg-description">
      {reportText({ ...report, statements })}
    </p>
  );
}
