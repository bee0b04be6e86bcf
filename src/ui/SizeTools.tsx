import { usePage, usePageStore, useWords } from './hooks';
import { ScreenSizeButton } from './ScreenSizeButton';

/** How large the paper is on the screen: true to life once the screen was measured, and magnified. */
export function SizeTools() {
  const words = useWords();
  const { setTrueSize, setZoom } = usePageStore().getState();
  const { screenPxPerMm, trueSize, zoom } = usePage(({ paperSize }) => paperSize);
  return (
    <>
      <p>
        <span>{words.paper.zoom}</span>
        <button
          type="button"
          className="button"
          data-testid="zoom"
          title={words.paper.zoomTitle}
          onClick={() => setZoom(1)}
        >
          {words.magnified(100 * zoom)}
        </button>
      </p>
      {screenPxPerMm !== null && (
        <label>
          {words.paper.trueSize}
          <input
            type="checkbox"
            data-testid="true-size"
            checked={trueSize}
            onChange={({ target }) => setTrueSize(target.checked)}
          />
        </label>
      )}
      <ScreenSizeButton />
    </>
  );
}
