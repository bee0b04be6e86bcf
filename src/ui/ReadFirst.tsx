import { usePage, usePageStore } from './hooks';
import { isCovered } from './read-first';

/** Read the ECG before the network's reading is seen: for teaching, and against following it blindly. */
export function ReadFirst() {
  const { toggleReadFirst, uncover } = usePageStore().getState();
  const readFirst = usePage((page) => page.readFirst);
  const covered = usePage(isCovered);
  return (
    <section className="read-first" aria-label="Read first" data-testid="read-first" data-covered={covered}>
      <label title="Findings stay covered on every ECG until you ask for them (R)">
        <input type="checkbox" checked={readFirst} onChange={toggleReadFirst} data-testid="read-first-toggle" />
        Read first
      </label>
      {covered && <p>Findings are covered. Alerts are not.</p>}
      {readFirst && (
        <button
          type="button"
          className="button"
          title="Show or cover the findings of this ECG (F)"
          data-testid="uncover"
          onClick={uncover}
        >
          {covered ? 'Show findings' : 'Cover findings'}
        </button>
      )}
    </section>
  );
}
