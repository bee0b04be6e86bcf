import { currentCaliper } from './caliper-actions';
import { usePage, usePageStore, useWords } from './hooks';

/** The calipers' switch, and while they are out what they can do. */
export function CaliperTools() {
  const words = useWords().calipers;
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
        title={words.title}
        onClick={toggleCalipers}
      >
        {words.name}
      </button>
      {on && (
        <>
          <button
            type="button"
            className="button"
            aria-pressed={snaps}
            data-testid="caliper-snap"
            title={words.snapTitle}
            onClick={toggleSnaps}
          >
            {words.snap}
          </button>
          {caliper && (
            <>
              <button
                type="button"
                className="button"
                aria-pressed={caliper.marches}
                data-testid="caliper-march"
                title={words.marchTitle}
                onClick={toggleMarches}
              >
                {words.march}
              </button>
              <button type="button" className="button" data-testid="caliper-clear" onClick={() => setCaliper(null)}>
                {words.clear}
              </button>
            </>
          )}
        </>
      )}
    </>
  );
}
