import { useState } from 'react';
import { diagnostics } from './diagnostics';
import { usePageStore, useWords } from './hooks';

/** What to send to whoever mends this program; shown before it is copied, so that everybody sees what is in it. */
export function Diagnostics() {
  const store = usePageStore();
  const words = useWords().card;
  const [text, setText] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const show = async () => {
    setCopied(false);
    setText(await diagnostics(store.getState()));
  };
  const copy = async () => {
    if (text === null) return;
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="diagnostics">
      {text === null ? (
        <button type="button" className="button" data-testid="diagnostics" onClick={() => void show()}>
          {words.diagnostics}
        </button>
      ) : (
        <>
          <p>{words.diagnosticsText}</p>
          <textarea readOnly rows={10} aria-label={words.diagnostics} data-testid="diagnostics-text" value={text} />
          <button type="button" className="button" data-testid="diagnostics-copy" onClick={() => void copy()}>
            {copied ? words.copied : words.copy}
          </button>
        </>
      )}
    </div>
  );
}
