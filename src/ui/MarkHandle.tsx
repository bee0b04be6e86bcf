import { type PointerEvent, useEffect, useRef } from 'react';
import { type Handle, type PaperScale, toMm } from '../paper';
import { useWords } from './hooks';

interface MarkHandleProps {
  readonly handle: Handle;
  /** Where it stands while it is dragged, seconds. */
  readonly timeS: number;
  readonly scale: PaperScale;
  readonly pxPerMm: number;
  readonly selected: boolean;
  readonly onGrasp: (event: PointerEvent<SVGElement>) => void;
  readonly onDrag: (event: PointerEvent<SVGElement>) => void;
  readonly onDrop: () => void;
  readonly onCancel: () => void;
}

/** CSS pixels: what can be grasped reaches outwards, so that the two ends of a narrow QRS are two. */
const OUTWARDS = 9;
const INWARDS = 3;
const GRIP = 8;

/** One mark that can be dragged, or moved with the arrow keys once it is selected. */
export function MarkHandle({
  handle,
  timeS,
  scale,
  pxPerMm,
  selected,
  onGrasp,
  onDrag,
  onDrop,
  onCancel,
}: MarkHandleProps) {
  const words = useWords().waves;
  const ref = useRef<SVGGElement>(null);
  useEffect(() => {
    if (!selected) return;
    ref.current?.focus({ preventScroll: true });
    ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);

  const { band, boundary, lead, kind, edited } = handle;
  const x = pxPerMm * (band.trace.x + toMm(timeS - band.trace.startS, scale));
  const [top, height] = [band.y * pxPerMm, band.heightMm * pxPerMm];
  const left = x - (boundary === 'onset' ? OUTWARDS : INWARDS);
  return (
    <g
      ref={ref}
      className="mark"
      role="slider"
      tabIndex={0}
      aria-label={words.mark(words.names[kind], words.boundaries[boundary], lead)}
      aria-valuenow={Math.round(timeS * 1000)}
      aria-valuetext={edited ? words.atEdited(timeS) : words.at(timeS)}
      aria-orientation="horizontal"
      data-testid="mark"
      data-lead={lead}
      data-kind={kind}
      data-boundary={boundary}
      data-time-s={timeS}
      data-selected={selected}
      data-edited={edited}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        onGrasp(event);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        event.stopPropagation();
        onDrag(event);
      }}
      onPointerUp={onDrop}
      onPointerCancel={onCancel}
    >
      <rect className="mark-reach" x={left} y={top} width={OUTWARDS + INWARDS} height={height + GRIP} />
      <line className="mark-line" x1={x} x2={x} y1={top} y2={top + height} />
      <path
        className="mark-grip"
        d={`M${x} ${top + height - GRIP}l${GRIP / 2} ${GRIP / 2}v${GRIP}h${-GRIP}v${-GRIP}z`}
      />
    </g>
  );
}
