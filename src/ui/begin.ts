import type { Client } from '../client';
import { EcgError } from '../ecg';
import { fetchAhead } from '../release/ahead';
import { manifestFile } from '../release/sealed';
import { asked, knownBackend } from './address';
import { type Demo, demoFiles, listDemos } from './demos';

/** What the page's address asks for, on its way while the code that draws the page is still read. */
export interface Begun {
  readonly demos: Promise<readonly Demo[]>;
  /** Of the demo ECG that the address names; null where it names none. */
  readonly files: Promise<readonly File[]> | null;
}

/** Starts the networks and the demo ECG of the address. What goes wrong the page meets again, and says, when it asks for the same. */
export function begin(client: Client): Begun {
  const { model, backend, demo } = asked(window.location.search);
  try {
    client.load(model, knownBackend(backend), forWorker()).catch(() => {});
  } catch {}
  const demos = listDemos();
  const files = demo === null ? null : demos.then((all) => demoFiles(find(all, demo)));
  files?.then(client.begin).catch(() => {});
  demos.catch(() => {});
  return { demos, files };
}

async function forWorker() {
  const [manifest, files] = await Promise.all([manifestFile(), fetchAhead()]);
  return new Map([...manifest, ...files]);
}

function find(demos: readonly Demo[], wanted: string): Demo {
  const demo = demos.find(({ id }) => id === wanted);
  if (!demo) throw new EcgError('MISSING_PART', `There is no demo ECG "${wanted}".`);
  return demo;
}
