import { useState } from 'react';
import { useHistory, useWords } from './hooks';

/** Asks once more, for it cannot be taken back. */
export function WipeButton() {
  const words = useWords().history;
  const wipe = useHistory((history) => history.wipe);
  const [sure, setSure] = useState(false);
  return (
    <button
      type="button"
      className="button danger"
      data-testid="history-wipe"
      onClick={() => (sure ? void wipe() : setSure(true))}
      onBlur={() => setSure(false)}
    >
      {sure ? words.sure : words.wipe}
    </button>
  );
}
