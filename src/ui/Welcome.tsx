import { Gallery } from './Gallery';
import { chooseFiles, chooseFolder } from './shortcuts';

/** The page before anything is open: what it is, the promise, and something to try. */
export function Welcome() {
  return (
    <main className="welcome">
      <section className="welcome-drop">
        <h1>Drop an ECG here</h1>
        <p>
          EfficientECG draws it on paper as it was recorded, and a neural network reads it: rhythm, conduction and the
          diagnostic superclasses, each with its probability.
        </p>
        <div className="button-row">
          <button type="button" className="button primary large" onClick={chooseFiles}>
            Open ECG files…
          </button>
          <button type="button" className="button large" onClick={chooseFolder}>
            Open a folder…
          </button>
        </div>
        <p className="formats">WFDB (.hea with .dat or .mat) and CSV or TSV tables; several at once if you like.</p>
        <p className="promise">
          <b>It never leaves this computer.</b> Files are read and analysed in this page; nothing is uploaded or stored.
        </p>
      </section>
      <section aria-labelledby="demos-title">
        <h2 id="demos-title">Or look at a simulated ECG</h2>
        <Gallery />
      </section>
      <footer className="run">
        <p>Press ? for all keys.</p>
      </footer>
    </main>
  );
}
