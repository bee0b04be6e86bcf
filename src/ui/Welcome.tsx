import { Gallery } from './Gallery';
import { useWords } from './hooks';
import { chooseFiles, chooseFolder } from './shortcuts';

/** The page before anything is open: what it is, the promise, and something to try. */
export function Welcome({ restored }: { readonly restored: boolean }) {
  const words = useWords().welcome;
  return (
    <main className="welcome">
      <section className="welcome-drop">
        {restored && (
          <p role="status" className="restored" data-testid="restored">
            {words.restored}
          </p>
        )}
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <div className="button-row">
          <button type="button" className="button primary large" onClick={chooseFiles}>
            {words.openFiles}
          </button>
          <button type="button" className="button large" onClick={chooseFolder}>
            {words.openFolder}
          </button>
        </div>
        <p className="formats">{words.formats}</p>
        <p className="promise">
          <b>{words.promise}</b> {words.promiseWhy}
        </p>
      </section>
      <section aria-labelledby="demos-title">
        <h2 id="demos-title">{words.demos}</h2>
        <Gallery />
      </section>
      <footer className="run">
        <p>{words.keys}</p>
      </footer>
    </main>
  );
}
