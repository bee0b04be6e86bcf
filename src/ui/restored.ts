import { useEffect, useState } from 'react';
import { usePage } from './hooks';

/** What the tab's own history entry says of itself: a browser gives it back to a tab that it loads again, and to no one else. */
interface Entry {
  readonly ecgOpen?: boolean;
}

/** Whether an ECG was open when this tab was loaded again, by hand or by the browser. Nothing of the ECG is remembered. */
export function useRestored(): boolean {
  const isOpen = usePage(({ items }) => items.length > 0);
  const [was] = useState(() => (window.history.state as Entry | null)?.ecgOpen === true);
  useEffect(() => {
    const entry: Entry = { ecgOpen: isOpen };
    window.history.replaceState(entry, '');
  }, [isOpen]);
  return was && !isOpen;
}
