import { usePage } from './hooks';
import { currentItem, phaseOf } from './state';

/** Stops the analysis of one long ECG, of which more than one stretch is looked at, and takes it up again. A batch has its own. */
export function StopButton() {
  const item = usePage(currentItem);
  const isAlone = usePage(({ items }) => items.length === 1);
  const isAnalysing = usePage((page) => phaseOf(page) === 'analysing');
  const say = usePage((page) => page.words.batch);
  const cancel = usePage((page) => page.cancel);
  const resume = usePage((page) => page.resume);
  if (!item || !isAlone) return null;
  if (isAnalysing && item.share > 0) {
    return (
      <button type="button" className="button" data-testid="cancel-analysis" onClick={cancel}>
        {say.cancel}
      </button>
    );
  }
  if (item.state !== 'cancelled') return null;
  return (
    <button type="button" className="button" data-testid="resume-analysis" onClick={resume}>
      {say.resume}
    </button>
  );
}
