import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { applyMarks, type Ecg, isSameMark, type MarkEdit, type Reading } from '../ecg';
import {
  type Band,
  bandAt,
  clamp,
  type Handle,
  handlesOf,
  intervalAreas,
  limitsOf,
  type Sheet,
  timeAt,
} from '../paper';
import { usePage, usePageStore, useWords } from './hooks';
import { MarkHandle } from './MarkHandle';
import { snapped, stepOf } from './mark-keys';
import { WaveTip } from './WaveTip';

interface WaveOverlayProps {
  readonly sheet: Sheet;
  readonly ecg: Ecg;
  readonly bands: readonly Band[];
  readonly waves: Reading['waves'];
  readonly beats: Reading['beats'];
  readonly pxPerMm: number;
}

/** A mark that is being dragged, and where to. */
interface Drag {
  readonly handle: Handle;
  /** How far from the mark it was grasped, mm. */
  readonly graspedMm: number;
  /** Null until it is moved. */
  readonly edit: MarkEdit | null;
}

/** A hand that clicks moves less than this, mm. */
const STILL_MM = 0.3;

/** Above the trace: the wave that is pointed at with its numbers, the marks that can be dragged, and what a measurement was taken from. */
export function WaveOverlay({ sheet, ecg, bands, waves, beats, pxPerMm }: WaveOverlayProps) {
  const words = useWords().waves;
  const { selectMark, setMark } = usePageStore().getState();
  const selected = usePage((page) => page.selectedMark);
  const shown = usePage((page) => page.shownInterval);
  const [point, setPoint] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);

  const { scale, widthMm, heightMm } = sheet;
  const isSelected = ({ lead, kind, wave }: Band) =>
    selected !== null &&
    (['onset', 'offset'] as const).some((boundary) => isSameMark(selected, { lead, kind, boundary, peakS: wave.peak }));
  const active = drag?.handle.band ?? (point && bandAt(bands, point.x, point.y)) ?? bands.find(isSelected) ?? null;
  const areas = shown ? intervalAreas(sheet, ecg.leads, waves, beats, shown.interval) : [];
  const edit = drag?.edit ?? null;
  const dragged = edit ? applyMarks(waves, [edit]) : waves;

  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (shown) svg.current?.querySelector('.interval-area')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown]);

  const pointAt = ({ currentTarget, clientX, clientY }: PointerEvent<SVGElement>) => {
    const box = (currentTarget.ownerSVGElement ?? currentTarget).getBoundingClientRect();
    return { x: (clientX - box.left) / pxPerMm, y: (clientY - box.top) / pxPerMm };
  };
  const select = (event: PointerEvent<SVGElement>) => {
    const { x, y } = pointAt(event);
    const band = bandAt(bands, x, y);
    const near = band && handlesOf(band, scale).toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0];
    selectMark(near ?? null);
  };
  const moveTo = (handle: Handle, pointerX: number) => {
    if (!drag) return;
    const x = pointerX - drag.graspedMm;
    if (!drag.edit && Math.abs(x - handle.x) < STILL_MM) return;
    const own = waves[handle.lead];
    if (!own) return;
    const stepS = stepOf(ecg, handle.lead);
    const { lead, kind, peakS, boundary } = handle;
    const timeS = snapped(clamp(timeAt(handle.band, x, scale), limitsOf(own, handle, stepS)), stepS);
    setDrag({ ...drag, edit: { lead, kind, peakS, boundary, timeS } });
  };
  const drop = (handle: Handle) => {
    setDrag(null);
    selectMark(handle);
    if (edit) void setMark(edit);
  };

  return (
    <svg
      ref={svg}
      className="waves-overlay"
      viewBox={`0 0 ${widthMm * pxPerMm} ${heightMm * pxPerMm}`}
      width={widthMm * pxPerMm}
      height={heightMm * pxPerMm}
      role="application"
      aria-label={words.overlay}
      data-testid="wave-overlay"
      onPointerMove={(event) => drag === null && setPoint(event.pointerType === 'mouse' ? pointAt(event) : null)}
      onPointerLeave={() => setPoint(null)}
      onPointerDown={select}
    >
      {areas.map(({ x, y, widthMm: width, heightMm: height }) => (
        <rect
          key={`${x} ${y}`}
          className="interval-area"
          data-testid="interval-area"
          x={x * pxPerMm}
          y={y * pxPerMm}
          width={width * pxPerMm}
          height={height * pxPerMm}
        />
      ))}
      {active &&
        handlesOf(active, scale).map((handle) => (
          <MarkHandle
            key={`${handle.lead} ${handle.kind} ${handle.boundary} ${handle.peakS} ${active.y}`}
            handle={handle}
            timeS={edit && isSameMark(edit, handle) ? edit.timeS : handle.timeS}
            scale={scale}
            pxPerMm={pxPerMm}
            selected={selected !== null && isSameMark(selected, handle)}
            onGrasp={(event) => setDrag({ handle, graspedMm: pointAt(event).x - handle.x, edit: null })}
            onDrag={(event) => moveTo(handle, pointAt(event).x)}
            onDrop={() => drop(handle)}
            onCancel={() => setDrag(null)}
          />
        ))}
      {active && (
        <WaveTip
          band={withWave(active, dragged)}
          ecg={ecg}
          own={dragged[active.lead] ?? null}
          sheet={sheet}
          pxPerMm={pxPerMm}
        />
      )}
    </svg>
  );
}

/** The band with its wave as the marks have it now. */
function withWave(band: Band, waves: Reading['waves']): Band {
  const wave = waves[band.lead]?.[band.kind].find(({ peak }) => peak === band.wave.peak);
  return wave ? { ...band, wave } : band;
}
