import { createClient } from './client';
import { startOffline } from './offline';
import { importSealed } from './release/sealed';
import { watchThisPage } from './requests';
import { begin } from './ui/begin';
import 'uplot/dist/uPlot.min.css';
import './ui/styles/index.css';

/** The worker, its networks and the ECG of the address are on their way while the browser still reads the code that draws the page. */
watchThisPage();
const client = createClient();
const root = document.getElementById('root');
if (root) {
  const begun = begin(client);
  mountCode().then(
    async ({ firstWords, mountPage }) => mountPage(root, client, startOffline(), await firstWords(), begun),
    (thrown: unknown) => {
      root.textContent = thrown instanceof Error ? thrown.message : String(thrown);
    },
  );
}

/** The HTML names this script with its SHA-256, so that the browser has compared it; where it did not run, our own comparison says why. */
function mountCode() {
  const load = () => import('./ui/mount');
  return load().catch(() => importSealed('mount', load));
}
