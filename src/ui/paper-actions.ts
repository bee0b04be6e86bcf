import type { Filters } from '../ecg';
import { type Arrangement, GAINS, type PaperScale, SPEEDS } from '../paper';
import { DIAGNOSTIC_FILTER, isFiltering, NO_FILTER } from './display-filter';
import type { Look } from './paper-looks';
import { LEAST_ZOOM, MOST_ZOOM } from './paper-size';
import { storeScreenSize } from './screen-size';
import type { Page, PageState } from './state';

/** What the reader does to the paper. */
export interface PaperActions {
  arrange(patch: Partial<Arrangement>): void;
  setScale(patch: Partial<PaperScale>): void;
  setLook(look: Look): void;
  /** Whether the usual beats are printed too, on a page of their own. */
  printBeats(beats: boolean): void;
  /** To the next speed that there is, faster (1) or slower (−1). */
  stepSpeed(step: number): void;
  /** To the next gains that there are: those of limb and chest leads, each from where it is. */
  stepGain(step: number): void;
  /** Takes the true size of this screen, device pixels in a millimetre, and uses it; null forgets it. */
  measureScreen(pxPerMm: number | null): void;
  setTrueSize(trueSize: boolean): void;
  setZoom(zoom: number): void;
  /** What the trace is shown through. */
  setFilter(filter: Filters): void;
  /** As recorded, or through the filter that was last chosen. */
  toggleFilter(): void;
}

/** The page's state, as far as the paper needs it. */
interface Store {
  readonly get: () => Page;
  readonly change: (patch: Partial<PageState>) => void;
  /** Reads what is shown again. */
  readonly draw: () => Promise<void>;
}

export function paperActions({ get, change, draw }: Store): PaperActions {
  const setScale = (patch: Partial<PaperScale>) => {
    const { paper } = get();
    change({ paper: { ...paper, scale: { ...paper.scale, ...patch } } });
  };
  let lastFilter = DIAGNOSTIC_FILTER;
  const setFilter = (filter: Filters) => {
    if (isFiltering(filter)) lastFilter = filter;
    change({ filter });
    void draw();
  };
  return {
    arrange(patch) {
      const { paper } = get();
      change({ paper: { ...paper, arrangement: { ...paper.arrangement, ...patch } } });
    },
    setScale,
    setLook: (look) => change({ paper: { ...get().paper, look } }),
    printBeats: (beats) => change({ paper: { ...get().paper, beats } }),
    stepSpeed: (step) => setScale({ mmPerS: beside(SPEEDS, get().paper.scale.mmPerS, step) }),
    stepGain(step) {
      const { mmPerMv, chestMmPerMv } = get().paper.scale;
      setScale({ mmPerMv: beside(GAINS, mmPerMv, step), chestMmPerMv: beside(GAINS, chestMmPerMv, step) });
    },
    setFilter,
    toggleFilter: () => setFilter(isFiltering(get().filter) ? NO_FILTER : lastFilter),
    measureScreen(screenPxPerMm) {
      storeScreenSize(screenPxPerMm);
      change({ paperSize: { ...get().paperSize, screenPxPerMm, trueSize: screenPxPerMm !== null } });
    },
    setTrueSize: (trueSize) => change({ paperSize: { ...get().paperSize, trueSize } }),
    setZoom: (zoom) =>
      change({ paperSize: { ...get().paperSize, zoom: Math.max(LEAST_ZOOM, Math.min(zoom, MOST_ZOOM)) } }),
  };
}

/** The value so many places further in a list; the first and the last stay. */
function beside(values: readonly number[], value: number, step: number): number {
  return values[Math.max(0, Math.min(values.indexOf(value) + step, values.length - 1))] ?? value;
}
