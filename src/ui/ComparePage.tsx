import { compareReadings } from '../report';
import { CompareBeats } from './CompareBeats';
import { CompareIdentity } from './CompareIdentity';
import { CompareSheet } from './CompareSheet';
import { CompareTables } from './CompareTables';
import type { Other } from './compare-actions';
import { usePage, usePageStore, useWords } from './hooks';
import { type Item, shownReading } from './state';

interface ComparePageProps {
  readonly item: Item;
  readonly other: Other;
}

/** Two ECGs of a patient: whose they are, what changed, the usual beats over one another, and both sheets at one scale. */
export function ComparePage({ item, other }: ComparePageProps) {
  const { showComparison, endComparison } = usePageStore().getState();
  const words = useWords().compare;
  const ecg = usePage((page) => page.ecg);
  const reading = shownReading(item);
  const comparison = compareReadings(reading, other.reading);
  const isSettled = other.confirmed || comparison.identity.differing.length === 0;
  return (
    <main className="comparison" data-testid="comparison-page" data-order={comparison.order}>
      <div className="comparison-head">
        <h1>{words.title}</h1>
        <div className="button-row">
          <button type="button" className="button primary" onClick={() => showComparison(false)}>
            {words.back}
          </button>
          <button type="button" className="button" data-testid="end-comparison" onClick={endComparison}>
            {words.end}
          </button>
        </div>
      </div>
      <CompareIdentity here={reading} other={other} comparison={comparison} />
      {isSettled && (
        <>
          <div className="comparison-sheets">
            {ecg && <CompareSheet which="here" reading={reading} ecg={ecg} />}
            <CompareSheet which="other" reading={other.reading} ecg={other.ecg} />
          </div>
          <div className="comparison-changes">
            <CompareTables comparison={comparison} here={reading} other={other.reading} />
            <CompareBeats here={reading} other={other.reading} />
          </div>
        </>
      )}
    </main>
  );
}
