import { type RefObject, useEffect } from 'react';
import { usePageStore } from './hooks';

/**
 * Pans the paper in a box that scrolls, by mouse and by wheel: first the box scrolls, and where it ends the recording goes on.
 *
 * @param pxPerS CSS pixels in a second of paper
 */
export function usePan(box: RefObject<HTMLElement | null>, pxPerS: number): void {
  const store = usePageStore();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    /** To the right where positive, CSS pixels. */
    const panBy = (px: number) => {
      const most = element.scrollWidth - element.clientWidth;
      const scrolled = Math.max(0, Math.min(element.scrollLeft + px, most));
      const rest = element.scrollLeft + px - scrolled;
      element.scrollLeft = scrolled;
      const { startS, goTo } = store.getState();
      if (rest !== 0) goTo(startS + rest / pxPerS);
    };
    const onWheel = (event: WheelEvent) => {
      const across = event.deltaX !== 0 ? event.deltaX : event.shiftKey ? event.deltaY : 0;
      if (event.ctrlKey || across === 0) return;
      event.preventDefault();
      panBy(across);
    };
    let lastX: number | null = null;
    const onDown = (event: PointerEvent) => {
      const isPaper = event.target instanceof Element && event.target.closest('.sheet') !== null;
      if (event.pointerType !== 'mouse' || event.button !== 0 || !isPaper) return;
      lastX = event.clientX;
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      if (lastX === null) return;
      panBy(lastX - event.clientX);
      lastX = event.clientX;
    };
    const onUp = () => {
      lastX = null;
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
    };
  }, [box, pxPerS, store]);
}
