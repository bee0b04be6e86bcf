import { createClient } from './client';
import { startOffline } from './offline';
import { importSealed } from './release/sealed';
import { watchThisPage } from './requests';
import { asked, knownBackend } from './ui/address';
import 'uplot/dist/uPlot.min.css';
import './ui/styles/index.css';

/** The worker and its networks are on their way while the browser still reads the code that draws the page. */
watchThisPage();
const client = createClient();
const root = document.getElementById('root');
if (root) {
  prepare();
  importSealed('mount', () => import('./ui/mount')).then(
    async ({ firstWords, mountPage }) => mountPage(root, client, startOffline(), await firstWords()),
    (thrown: unknown) => {
      root.textContent = thrown instanceof Error ? thrown.message : String(thrown);
    },
  );
}

/** What goes wrong here the page meets again, and says, when it starts what its address asks for. */
function prepare(): void {
  const { model, backend } = asked(window.location.search);
  try {
    client.load(model, knownBackend(backend)).catch(() => {});
  } catch {}
}
