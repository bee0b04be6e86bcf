import { useState } from 'react';
import { useStore } from 'zustand';
import { useOffline, usePage, useWords } from './hooks';

/** Whether the page works with the network cut. A newer version is offered only while nothing is open. */
export function OfflineNote() {
  const words = useWords().offline;
  const offline = useOffline();
  const { state, update } = useStore(offline.store);
  const reading = usePage(({ items }) => items.length > 0);
  const [refused, setRefused] = useState(false);
  return (
    <p className="offline" data-testid="offline" data-state={state} data-update={update}>
      <span title={words[state]}>{words[state]}</span>
      {update && !reading && (
        <button
          type="button"
          className="button"
          data-testid="update"
          title={words.updateTitle}
          onClick={() => void offline.takeOver().then(setRefused)}
        >
          {words.update}
        </button>
      )}
      {refused && <span role="alert">{words.otherTabs}</span>}
    </p>
  );
}
