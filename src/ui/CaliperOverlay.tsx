import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Ecg, Reading } from '../ecg';
import {
  type Caliper,
  type CaliperPoint,
  caliperTraces,
  type Drawing,
  heightOf,
  placeOn,
  pointAt,
  type Sheet,
  snapTime,
  type Trace,
  traceAt,
} from '../paper';
import { type CaliperPart, CaliperShape } from './CaliperShape';
import { currentCaliper } from './caliper-actions';
import { usePage, usePageStore, useWords } from './hooks';

interface CaliperOverlayProps {
  readonly sheet: Sheet;
  readonly ecg: Ecg;
  readonly drawing: Drawing;
  readonly waves: Reading['waves'];
  readonly beats: Reading['beats'];
  /** The ECG's own, for QTc; null where it was not measured. */
  readonly rrMs: number | null;
  readonly pxPerMm: number;
}

/** What is being dragged on which trace, and the caliper as it was grasped there. */
interface Drag {
  readonly trace: Trace;
  readonly part: CaliperPart;
  readonly grasped: CaliperPoint;
  readonly before: Caliper;
}

/** An arrow key moves a point up or down by so much, mV. */
const STEP_MV = 0.05;
/** With Shift ten times as far. */
const FAR = 10;

/** Above the trace while the calipers are out: a drag measures, and what was measured can be dragged. */
export function CaliperOverlay({ sheet, ecg, drawing, waves, beats, rrMs, pxPerMm }: CaliperOverlayProps) {
  const words = useWords().calipers;
  const { setCaliper } = usePageStore().getState();
  const caliper = usePage(currentCaliper);
  const snaps = usePage((page) => page.snaps);
  const [drag, setDrag] = useState<Drag | null>(null);
  const { scale, widthMm, heightMm } = sheet;

  const isOut = useRef(false);
  useEffect(() => {
    if (!caliper && !isOut.current) setCaliper(firstCaliper(sheet, ecg, beats));
    isOut.current = true;
  }, [caliper, setCaliper, sheet, ecg, beats]);

  const placeOf = ({ currentTarget, clientX, clientY }: PointerEvent<SVGElement>) => {
    const box = (currentTarget.ownerSVGElement ?? currentTarget).getBoundingClientRect();
    return { x: (clientX - box.left) / pxPerMm, y: (clientY - box.top) / pxPerMm };
  };
  const snapped = (trace: Trace, point: CaliperPoint): CaliperPoint => {
    const lead = ecg.leads[trace.lead]?.lead;
    const timeS = snapTime(point.timeS, lead ? waves[lead] : undefined);
    const line = drawing.lines[sheet.traces.indexOf(trace)];
    if (timeS === point.timeS || !line) return point;
    const { x } = placeOn(trace, scale, { timeS, mv: 0 });
    const y = heightOf(line, x);
    return Number.isNaN(y) ? { ...point, timeS } : { timeS, mv: pointAt(trace, scale, x, y).mv };
  };
  const pointOf = (trace: Trace, event: PointerEvent<SVGElement>) => {
    const { x, y } = placeOf(event);
    const point = pointAt(trace, scale, x, y);
    return snaps || event.shiftKey ? snapped(trace, point) : point;
  };

  const start = (event: PointerEvent<SVGElement>) => {
    const { x, y } = placeOf(event);
    const trace = traceAt(sheet, x, y);
    const lead = trace && ecg.leads[trace.lead]?.name;
    if (!trace || lead === undefined || lead === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const point = pointOf(trace, event);
    const before = { lead, from: point, to: point, marches: caliper?.marches ?? false };
    setDrag({ trace, part: 'to', grasped: point, before });
  };
  const grasp = (trace: Trace, part: CaliperPart, event: PointerEvent<SVGElement>) => {
    if (!caliper) return;
    const { x, y } = placeOf(event);
    setDrag({ trace, part, grasped: pointAt(trace, scale, x, y), before: caliper });
  };
  const move = (event: PointerEvent<SVGElement>) => {
    if (!drag) return;
    const { trace, part, grasped, before } = drag;
    if (part !== 'both') {
      setCaliper({ ...before, [part]: pointOf(trace, event) });
      return;
    }
    const { x, y } = placeOf(event);
    const now = pointAt(trace, scale, x, y);
    setCaliper(shifted(before, 'both', now.timeS - grasped.timeS, now.mv - grasped.mv));
  };
  const onKey = (part: CaliperPart, event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!caliper || (!step && event.key !== 'Delete')) return;
    event.preventDefault();
    event.stopPropagation();
    if (!step) return setCaliper(null);
    const rate = ecg.leads.find(({ name }) => name === caliper.lead)?.samplingRateHz ?? 500;
    const far = event.shiftKey ? FAR : 1;
    setCaliper(shifted(caliper, part, (step[0] * far) / rate, step[1] * STEP_MV));
  };

  return (
    <svg
      className="caliper-overlay"
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      width={widthMm * pxPerMm}
      height={heightMm * pxPerMm}
      role="application"
      aria-label={words.name}
      data-testid="caliper-overlay"
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={() => setDrag(null)}
      onPointerCancel={() => setDrag(null)}
    >
      {caliper &&
        caliperTraces(sheet, ecg.leads, caliper).map((trace, n, all) => (
          <CaliperShape
            key={`${trace.x} ${trace.baseline}`}
            caliper={caliper}
            trace={trace}
            sheet={sheet}
            inMv={ecg.leads[trace.lead]?.unit === 'mV'}
            rrMs={rrMs}
            pxPerMm={pxPerMm}
            speaks={n === all.length - 1}
            onGrasp={(part, event) => grasp(trace, part, event)}
            onKey={onKey}
          />
        ))}
    </svg>
  );
}

const STEPS: Readonly<Record<string, readonly [samples: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function shifted(caliper: Caliper, part: CaliperPart, byS: number, byMv: number): Caliper {
  const moved = ({ timeS, mv }: CaliperPoint) => ({ timeS: timeS + byS, mv: mv + byMv });
  return {
    ...caliper,
    ...(part !== 'to' && { from: moved(caliper.from) }),
    ...(part !== 'from' && { to: moved(caliper.to) }),
  };
}

/** To begin with: from one beat of the last trace to the next, or half a second of it. */
function firstCaliper({ traces }: Sheet, { leads }: Ecg, beats: Reading['beats']): Caliper | null {
  const trace = traces.at(-1);
  const lead = trace && leads[trace.lead]?.name;
  if (!trace || lead === undefined) return null;
  const middleS = (trace.startS + trace.endS) / 2;
  const [from = middleS - 0.25, to = middleS + 0.25] = beats.filter(
    (timeS) => timeS > trace.startS && timeS < trace.endS,
  );
  return { lead, from: { timeS: from, mv: 0 }, to: { timeS: to, mv: 0 }, marches: false };
}
