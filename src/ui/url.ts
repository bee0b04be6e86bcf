import { useEffect } from 'react';
import { EcgError } from '../ecg';
import { asked } from './address';
import { type Demo, demoFiles, listDemos } from './demos';
import { useOffline, usePageStore } from './hooks';
import { fetchRest } from './rest';

/** Starts the page as its address asks, then fetches what is still missing. */
export function useUrl() {
  const store = usePageStore();
  const offline = useOffline();
  useEffect(() => {
    const { model, backend, demo } = asked(window.location.search);
    const { start, offer, openDemo, fail } = store.getState();
    const started = start(model, backend);
    const shown = listDemos()
      .then(async (demos) => {
        offer(demos);
        if (demo !== null) await openDemo(await demoFiles(find(demos, demo)));
      })
      .catch(fail);
    void Promise.all([started, shown]).then(() => fetchRest(store, offline));
  }, [store, offline]);
}

function find(demos: readonly Demo[], wanted: string): Demo {
  const demo = demos.find(({ id }) => id === wanted);
  if (!demo) throw new EcgError('MISSING_PART', `There is no demo ECG "${wanted}".`);
  return demo;
}
