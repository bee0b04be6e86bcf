import { currentCaliper } from './caliper-actions';
import { usePage, usePageStore } from './hooks';

/** The calipers' switch, and while they are out what they can do. */
export function CaliperTools() {
  const { toggleCalipers, toggleSnaps, toggleMarches, setCaliper } = usePageStore().getState();
  const on = usePage((page) => page.calipersOn);
  const snaps = usePage((page) => page.snaps);
  const caliper = usePage(currentCaliper);
  return (
    <>
      <button
        type="button"
        className="button"
        aria-pressed={on}
        data-testid="calipers"
        title="Measure by hand (C): drag on the trace; the arrow keys move a point"
        onClick={toggleCalipers}
      >
        Calipers
      </button>
      {on && (
        <>
          <button
            type="button"
            className="button"
            aria-pressed={snaps}
            data-testid="caliper-snap"
            title="Points go to the delineated marks; Shift does so for one drag"
            onClick={toggleSnaps}
          >
            Snap
          </button>
          {caliper && (
            <>
              <button
                type="button"
                className="button"
                aria-pressed={caliper.marches}
                data-testid="caliper-march"
                title="Repeat the interval along the lead"
                onClick={toggleMarches}
              >
                March out
              </button>
              <button type="button" className="button" data-testid="caliper-clear" onClick={() => setCaliper(null)}>
                Clear
              </button>
            </>
          )}
        </>
      )}
    </>
  );
}
