import { createRoot } from 'react-dom/client';
import type { Client } from '../client';
import { App } from './App';
import { PageContext } from './hooks';
import { warmFonts } from './paper-plugin';
import { createPage } from './store';
import './styles/index.css';

/** Puts the page into an element, with a client to do its work. */
export function mountPage(element: HTMLElement, client: Client) {
  createRoot(element).render(
    <PageContext value={createPage(client)}>
      <App />
    </PageContext>,
  );
  setTimeout(warmFonts);
}
