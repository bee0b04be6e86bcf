import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import { PAGE_S, rrColumns } from '../paper';
import { clock } from './format';
import { usePage, usePageStore, useWords } from './hooks';

interface OverviewProps {
  /** R peaks, seconds. */
  readonly beats: readonly number[];
  readonly durationS: number;
}

/** The drawing is so many units wide; the page stretches it. */
const COLUMNS = 1000;
const HEIGHT = 40;
/** RR intervals from the lower to the upper edge, seconds: 30 to 300 bpm. */
const SHORTEST_S = 0.2;
const LONGEST_S = 2;

/** A long recording from end to end by its RR intervals; the frame is what the sheet shows, and can be dragged. */
export function Overview({ beats, durationS }: OverviewProps) {
  const { goTo, turn } = usePageStore().getState();
  const words = useWords().paper;
  const startS = usePage((page) => page.startS);
  const path = useMemo(() => pathOf(beats, durationS), [beats, durationS]);
  const follow = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    goTo(((clientX - left) / width) * durationS - PAGE_S / 2);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') turn(-1);
    else if (event.key === 'ArrowRight') turn(1);
    else if (event.key === 'Home') goTo(0);
    else if (event.key === 'End') goTo(durationS);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const width = Math.max(4, (PAGE_S / durationS) * COLUMNS);
  return (
    <div
      className="overview"
      role="slider"
      tabIndex={0}
      aria-label={words.overview}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationS)}
      aria-valuenow={Math.round(startS)}
      aria-valuetext={words.position(clock(startS), clock(durationS))}
      title={words.overviewTitle}
      data-testid="overview"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && follow(event)}
      onKeyDown={onKey}
    >
      <svg viewBox={`0 0 ${COLUMNS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} />
        <rect x={Math.min((startS / durationS) * COLUMNS, COLUMNS - width)} width={width} height={HEIGHT} />
      </svg>
    </div>
  );
}

/** An upright stroke for each column, from its shortest RR interval to its longest. */
function pathOf(beats: readonly number[], durationS: number): string {
  const y = (rr: number) =>
    HEIGHT * (1 - (Math.min(LONGEST_S, Math.max(SHORTEST_S, rr)) - SHORTEST_S) / (LONGEST_S - SHORTEST_S));
  return rrColumns(beats, durationS, COLUMNS)
    .map((rr, x) => (rr ? `M${x + 0.5} ${(y(rr.shortestS) + 1).toFixed(1)}V${(y(rr.longestS) - 1).toFixed(1)}` : ''))
    .join('');
}
