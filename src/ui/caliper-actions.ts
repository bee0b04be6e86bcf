import type { Caliper } from '../paper';
import type { Page, PageState } from './state';

/** What the reader measures by hand; kept with each ECG while it is open. */
export interface CaliperState {
  readonly calipersOn: boolean;
  /** Whether the points go to the delineated marks; holding Shift does so for one drag. */
  readonly snaps: boolean;
  /** By the recording's id. */
  readonly calipers: Readonly<Record<string, Caliper>>;
}

export interface CaliperActions {
  toggleCalipers(): void;
  toggleSnaps(): void;
  /** Marches the open ECG's interval out along its lead, or no more. */
  toggleMarches(): void;
  /** Puts the open ECG's caliper somewhere; null takes it away. */
  setCaliper(caliper: Caliper | null): void;
}

export const NO_CALIPERS: CaliperState = { calipersOn: false, snaps: false, calipers: {} };

interface Store {
  readonly get: () => Page;
  readonly change: (patch: Partial<PageState>) => void;
}

export function caliperActions({ get, change }: Store): CaliperActions {
  const setCaliper = (caliper: Caliper | null) => {
    const { currentId, calipers } = get();
    if (!currentId) return;
    const { [currentId]: _, ...others } = calipers;
    change({ calipers: caliper ? { ...others, [currentId]: caliper } : others });
  };
  return {
    toggleCalipers: () => change({ calipersOn: !get().calipersOn }),
    toggleSnaps: () => change({ snaps: !get().snaps }),
    toggleMarches() {
      const caliper = currentCaliper(get());
      if (caliper) setCaliper({ ...caliper, marches: !caliper.marches });
    },
    setCaliper,
  };
}

export const currentCaliper = ({ calipers, currentId }: PageState): Caliper | null =>
  (currentId !== null && calipers[currentId]) || null;
