import { usePage, usePageStore } from './hooks';
import { ScreenSizeButton } from './ScreenSizeButton';

/** How large the paper is on the screen: true to life once the screen was measured, and magnified. */
export function SizeTools() {
  const { setTrueSize, setZoom } = usePageStore().getState();
  const { screenPxPerMm, trueSize, zoom } = usePage(({ paperSize }) => paperSize);
  return (
    <>
      <p>
        <span>Zoom</span>
        <button
          type="button"
          className="button"
          data-testid="zoom"
          title="Back to 100 % (0). + and −, Ctrl and wheel or two fingers zoom."
          onClick={() => setZoom(1)}
        >
          {Math.round(zoom * 100)} %
        </button>
      </p>
      {screenPxPerMm !== null && (
        <label>
          True size
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
