import { useEffect } from 'react';
import { EcgError } from '../ecg';
import { loaded } from '../requests';
import { prepareWords } from '../words';
import { type Demo, demoFiles, listDemos } from './demos';
import { prepareExports } from './exports';
import { usePageStore } from './hooks';

const DEFAULT_MODEL = 'efficientecg';

/** Starts the page as its address asks: `?model=`, `?backend=`, `?demo=`. */
export function useUrl() {
  const store = usePageStore();
  useEffect(() => {
    const parameters = new URLSearchParams(window.location.search);
    const { start, offer, openDemo, fail } = store.getState();
    const ready = start(parameters.get('model') ?? DEFAULT_MODEL, parameters.get('backend')).then(prepare);
    const wanted = parameters.get('demo');
    void listDemos()
      .then(async (demos) => {
        offer(demos);
        if (wanted === null) return;
        await openDemo(await demoFiles(find(demos, wanted)));
        await ready;
        loaded();
      })
      .catch(fail);
  }, [store]);
}

/** What may be wanted later is fetched now, so that nothing is while a file is open. */
async function prepare() {
  await Promise.allSettled([prepareExports(), prepareWords()]);
}

function find(demos: readonly Demo[], wanted: string): Demo {
  const demo = demos.find(({ id }) => id === wanted);
  if (!demo) throw new EcgError('MISSING_PART', `There is no demo ECG "${wanted}".`);
  return demo;
}
