import { createStore } from 'zustand/vanilla';
import { workerUrl } from './release/trusted';

/** What is kept of the page in the browser, so that it works with the network cut. */
export interface OfflineState {
  /** `off`: this browser or address cannot. `stopped`: a file was opened or a part did not arrive; tried again with the next visit. */
  readonly state: 'off' | 'fetching' | 'ready' | 'stopped';
  /** A newer build lies ready. */
  readonly update: boolean;
}

export interface Offline {
  /** Begins to keep the page, unless it was told to be quiet before. */
  begin(): void;
  readonly store: ReturnType<typeof createOfflineStore>;
  /** Before a reader's file is opened: whatever is still being fetched is stopped. Resolves once it is. */
  quiet(): Promise<void>;
  /** Takes the newer build and loads the page again; resolves to true where other tabs are in the way. */
  takeOver(): Promise<boolean>;
}

const createOfflineStore = () => createStore<OfflineState>()(() => ({ state: 'off', update: false }));

/** So long a file of the reader's waits for a worker, which may be dead, to be quiet. */
const PATIENCE_MS = 2000;
/** And so long who wants the newer build waits for its worker, which has to start first. */
const LONG_PATIENCE_MS = 20_000;

/** What registers the service worker when it is told to; without one (an insecure address, a private window) the page works as well, with the network alone. */
export function startOffline(): Offline {
  const store = createOfflineStore();
  let registration: ServiceWorkerRegistration | null = null;
  let starting: Promise<void> | null = null;
  let silent = false;

  async function start() {
    registration = await navigator.serviceWorker.register(workerUrl('service-worker.js'), { updateViaCache: 'none' });
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration?.installing ?? null));
    show();
  }

  function follow(worker: ServiceWorker | null) {
    if (silent) worker?.postMessage('quiet');
    worker?.addEventListener('statechange', show);
  }

  function show() {
    if (!registration) return;
    const { active, waiting, installing } = registration;
    store.setState({
      state: active ? 'ready' : installing || waiting ? 'fetching' : 'stopped',
      update: waiting !== null && active !== null,
    });
  }

  const able = import.meta.env.PROD && 'serviceWorker' in navigator;
  if (able) {
    // What was kept by an earlier visit is in use already.
    const kept = navigator.serviceWorker.controller !== null;
    store.setState({ state: kept ? 'ready' : 'fetching' });
  }

  return {
    store,
    begin() {
      if (able && !silent) starting = start().catch(() => store.setState({ state: 'off' }));
    },
    async quiet() {
      silent = true;
      // One that is just being registered begins to fetch at once.
      if (starting) await Promise.race([starting, patience(PATIENCE_MS)]);
      if (registration?.installing) await told(registration.installing, 'quiet', PATIENCE_MS);
      if (able && !registration && store.getState().state === 'fetching') store.setState({ state: 'stopped' });
    },
    async takeOver() {
      const waiting = registration?.waiting;
      if (!waiting) return false;
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      return (await told(waiting, 'take over', LONG_PATIENCE_MS)) === 'other tabs';
    },
  };
}

/** The worker's reply, or null after a while. */
function told(worker: ServiceWorker, message: string, patienceMs: number): Promise<unknown> {
  const reply = new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [port2]);
  });
  return Promise.race([reply, patience(patienceMs)]);
}

const patience = (ms: number) => new Promise<null>((resolve) => setTimeout(resolve, ms, null));
