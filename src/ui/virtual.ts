import { useLayoutEffect, useRef, useState } from 'react';

/** Height of one row, px; `top.css` says the same. */
const ROW_PX = 26;

/** Up to here every row stands in the document and the browser skips what is out of sight (`content-visibility`). */
const ALL_ROWS = 2000;

/** Rows beyond the edges of what is seen, so that scrolling finds them ready. */
const MARGIN = 30;

/** Which rows of a long list stand in the document, and the room that the others take, px. */
export function useVisible(count: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 0 });
  const measure = () => {
    const element = scroller.current;
    if (element && count > ALL_ROWS) setSeen({ top: element.scrollTop, height: element.clientHeight });
  };
  useLayoutEffect(measure, [count]);
  const whole = count <= ALL_ROWS;
  const first = whole ? 0 : Math.max(0, Math.min(count, Math.floor(seen.top / ROW_PX) - MARGIN));
  const last = whole ? count : Math.min(count, Math.ceil((seen.top + seen.height) / ROW_PX) + MARGIN);
  return { scroller, onScroll: measure, first, last, before: first * ROW_PX, after: (count - last) * ROW_PX };
}
