import { usePage, usePageStore, useWords } from './hooks';
import { isCovered } from './read-first';

/** Read the ECG before the network's reading is seen: for teaching, and against following it blindly. */
export function ReadFirst() {
  const words = useWords().findings;
  const { toggleReadFirst, uncover } = usePageStore().getState();
  const readFirst = usePage((page) => page.readFirst);
  const covered = usePage(isCovered);
  return (
    <section className="read-first" aria-label={words.readFirst} data-testid="read-first" data-covered={covered}>
      <label title={words.readFirstTitle}>
        <input type="checkbox" checked={readFirst} onChange={toggleReadFirst} data-testid="read-first-toggle" />
        {words.readFirst}
      </label>
      {covered && <p>{words.covered}</p>}
      {readFirst && (
        <button type="button" className="button" title={words.coverTitle} data-testid="uncover" onClick={uncover}>
          {covered ? words.show : words.cover}
        </button>
      )}
    </section>
  );
}
