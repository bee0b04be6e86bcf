import { useState } from 'react';
import { useStore } from 'zustand';
import { useOffline, usePage } from './hooks';

const TEXTS = {
  off: 'Needs the network',
  fetching: 'Getting ready for offline…',
  ready: 'Works offline',
  stopped: 'Needs the network until the next visit',
} as const;

/** Whether the page works with the network cut. A newer version is offered only while nothing is open. */
export function OfflineNote() {
  const offline = useOffline();
  const { state, update } = useStore(offline.store);
  const reading = usePage(({ items }) => items.length > 0);
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <p className="offline" data-testid="offline" data-state={state} data-update={update}>
      {TEXTS[state]}
      {update && !reading && (
        <button
          type="button"
          className="button"
          data-testid="update"
          title="Loads the page again in its new version"
          onClick={() => void offline.takeOver().then(setRefusal)}
        >
          Use the new version
        </button>
      )}
      {refusal && <span role="alert">{refusal}</span>}
    </p>
  );
}
