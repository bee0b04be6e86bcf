import { type RefObject, useEffect, useRef } from 'react';
import { usePageStore } from './hooks';

/** What stays under the pointer or between the fingers while the paper grows. */
interface Anchor {
  /** From the box's left edge, CSS pixels. */
  readonly offsetPx: number;
  readonly mm: number;
}

/** How far a wheel turns for the paper to grow e-fold, CSS pixels; a mouse's notch is at most so many. */
const WHEEL_PX = 300;
const NOTCH_PX = 50;

/**
 * Zooms the paper in a box that scrolls: by Ctrl and wheel (a trackpad's pinch is the same), and by two fingers.
 *
 * @param pxPerMm as it is drawn now
 * @returns call it once the paper has been drawn anew: what was pointed at stays in its place
 */
export function useZoom(box: RefObject<HTMLElement | null>, pxPerMm: number): () => void {
  const store = usePageStore();
  const anchor = useRef<Anchor | null>(null);
  const drawn = useRef(pxPerMm);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const zoomBy = (factor: number, clientX: number) => {
      const { paperSize, setZoom } = store.getState();
      const offsetPx = clientX - element.getBoundingClientRect().left;
      anchor.current = { offsetPx, mm: (element.scrollLeft + offsetPx) / drawn.current };
      setZoom(paperSize.zoom * factor);
    };
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const turned = Math.max(-NOTCH_PX, Math.min(event.deltaY, NOTCH_PX));
      zoomBy(Math.exp(-turned / WHEEL_PX), event.clientX);
    };
    let apart = 0;
    const onTouch = (event: TouchEvent) => {
      const [one, two] = event.touches;
      if (!one || !two) {
        apart = 0;
        return;
      }
      event.preventDefault();
      const now = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
      if (apart > 0) zoomBy(now / apart, (one.clientX + two.clientX) / 2);
      apart = now;
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('touchmove', onTouch, { passive: false });
    element.addEventListener('touchend', onTouch, { passive: false });
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('touchmove', onTouch);
      element.removeEventListener('touchend', onTouch);
    };
  }, [box, store]);

  return () => {
    drawn.current = pxPerMm;
    if (!anchor.current || !box.current) return;
    box.current.scrollLeft = anchor.current.mm * pxPerMm - anchor.current.offsetPx;
    anchor.current = null;
  };
}
