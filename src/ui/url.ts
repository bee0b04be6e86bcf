import { useEffect } from 'react';
import { EcgError } from '../ecg';
import { demoFiles, listDemos } from './demos';
import { usePageStore } from './hooks';

const DEFAULT_MODEL = 'efficientecg';

/** Starts the page as its address asks: `?model=`, `?backend=`, `?demo=`. */
export function useUrl() {
  const store = usePageStore();
  useEffect(() => {
    const parameters = new URLSearchParams(window.location.search);
    const { start, open, fail } = store.getState();
    void start(parameters.get('model') ?? DEFAULT_MODEL, parameters.get('backend'));
    const wanted = parameters.get('demo');
    if (wanted !== null) openDemo(wanted).then(open, fail);
  }, [store]);
}

async function openDemo(wanted: string) {
  const demo = (await listDemos()).find(({ id }) => id === wanted);
  if (!demo) throw new EcgError('MISSING_PART', `There is no demo ECG "${wanted}".`);
  return demoFiles(demo);
}
