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

/** A worker that does not answer is dead. */
const PATIENCE_MS = 2000;

/** What registers the service worker when it is told to; without one (an insecure address, a private window) the page works as well, with the network alone. */
export function startOffline(): Offline {
  const store = createOfflineStore();
  let registration: ServiceWorkerRegistration | null = null;
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
      if (able && !silent) start().catch(() => store.setState({ state: 'off' }));
    },
    async quiet() {
      silent = true;
      if (registration?.installing) await told(registration.installing, 'quiet');
      if (able && !registration && store.getState().state === 'fetching') store.setState({ state: 'stopped' });
    },
    async takeOver() {
      const waiting = registration?.waiting;
      if (!waiting) return false;
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      return (await told(waiting, 'take over')) === 'other tabs';
    },
  };
}

/** The worker's reply, or null after a while. */
function told(worker: ServiceWorker, message: string): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [port2]);
    setTimeout(() => resolve(null), PATIENCE_MS);
  });
}
