import { useEffect } from 'react';
import { asked } from './address';
import type { Begun } from './begin';
import { useOffline, usePageStore } from './hooks';
import { fetchRest } from './rest';

/** Starts the page as its address asks, with what of it is on its way, then fetches what is still missing. */
export function useUrl({ demos, files }: Begun) {
  const store = usePageStore();
  const offline = useOffline();
  useEffect(() => {
    const { model, backend } = asked(window.location.search);
    const { start, offer, openDemo, fail } = store.getState();
    const started = start(model, backend);
    const listed = demos.then(offer).catch(fail);
    const shown = files?.then(openDemo).catch(fail);
    void Promise.all([started, listed, shown]).then(() => fetchRest(store, offline));
  }, [store, offline, demos, files]);
}
