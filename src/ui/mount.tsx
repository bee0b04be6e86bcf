import { createRoot } from 'react-dom/client';
import type { Client } from '../client';
import type { Offline } from '../offline';
import type { Words } from '../words';
import { App } from './App';
import type { Begun } from './begin';
import { createHistoryPage } from './history-page';
import { HistoryContext, OfflineContext, PageContext } from './hooks';
import { warmFonts } from './paper-plugin';
import { createPage } from './store';

export { firstWords } from './language';

/** Puts the page into an element, with a client to do its work, what keeps it working offline, the words it begins with, and what was begun before. */
export function mountPage(element: HTMLElement, client: Client, offline: Offline, words: Words, begun: Begun) {
  const page = createPage(client, words);
  const history = createHistoryPage(page);
  void history.getState().look();
  createRoot(element).render(
    <PageContext value={page}>
      <OfflineContext value={offline}>
        <HistoryContext value={history}>
          <App begun={begun} />
        </HistoryContext>
      </OfflineContext>
    </PageContext>,
  );
  setTimeout(warmFonts);
}
