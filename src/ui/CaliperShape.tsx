import type { KeyboardEvent, PointerEvent } from 'react';
import {
  type Caliper,
  type CaliperReading,
  caliperReading,
  marchesOn,
  placeOn,
  type Sheet,
  type Trace,
} from '../paper';
import { useWords } from './hooks';

export type CaliperPart = 'from' | 'to' | 'both';

interface CaliperShapeProps {
  readonly caliper: Caliper;
  readonly trace: Trace;
  readonly sheet: Sheet;
  /** Whether the lead is a voltage: anything else has no scale. */
  readonly inMv: boolean;
  readonly rrMs: number | null;
  readonly pxPerMm: number;
  /** One of the traces that show it has the numbers and the keys. */
  readonly speaks: boolean;
  readonly onGrasp: (part: CaliperPart, event: PointerEvent<SVGElement>) => void;
  readonly onKey: (part: CaliperPart, event: KeyboardEvent) => void;
}

/** How far the upright lines reach over and below the baseline at most, mm. */
const REACH_MM = 13;

/** CSS pixels. */
const POINT = 5;
const GRASP = 14;
const TIP = { width: 230, height: 44, gap: 4 };

/** One caliper on one trace: two uprights, the bar between them, the march, and what it measures. */
export function CaliperShape(props: CaliperShapeProps) {
  const { caliper, trace, sheet, inMv, rrMs, pxPerMm, speaks, onGrasp, onKey } = props;
  const words = useWords().calipers;
  const { scale } = sheet;
  const [a, b] = [placeOn(trace, scale, caliper.from), placeOn(trace, scale, caliper.to)];
  const reach = Math.min(REACH_MM, trace.rowMm / 2);
  const [top, bottom] = [trace.baseline - reach, trace.baseline + reach];
  const reading = caliperReading(caliper, rrMs);
  const part = (which: CaliperPart, label: string, value: number) => ({
    role: 'slider',
    tabIndex: speaks ? 0 : -1,
    'aria-label': label,
    'aria-valuenow': Math.round(value * 1000),
    'aria-valuetext': words.at(value),
    'data-testid': `caliper-${which}`,
    onKeyDown: (event: KeyboardEvent) => onKey(which, event),
    onPointerDown: (event: PointerEvent<SVGElement>) => {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      onGrasp(which, event);
    },
  });
  const bar = `M${a.x} ${(a.y + b.y) / 2}H${b.x}`;
  return (
    <g className="caliper">
      {marchesOn(trace, scale, caliper).map((x) => (
        <path key={x} className="caliper-march" data-testid="caliper-tick" d={`M${x} ${top}V${bottom}`} />
      ))}
      <path className="caliper-line" d={`M${a.x} ${top}V${bottom}M${b.x} ${top}V${bottom}${bar}`} />
      <path className="caliper-level" d={`M${a.x} ${a.y}H${b.x}M${a.x} ${b.y}H${b.x}`} />
      <g className="caliper-part" {...part('both', words.whole, caliper.from.timeS)}>
        <path className="caliper-reach" strokeWidth={GRASP / pxPerMm} d={bar} />
      </g>
      <g className="caliper-part" {...part('from', words.first, caliper.from.timeS)}>
        <circle className="caliper-reach" cx={a.x} cy={a.y} r={GRASP / pxPerMm} />
        <circle className="caliper-point" cx={a.x} cy={a.y} r={POINT / pxPerMm} />
      </g>
      <g className="caliper-part" {...part('to', words.second, caliper.to.timeS)}>
        <circle className="caliper-reach" cx={b.x} cy={b.y} r={GRASP / pxPerMm} />
        <circle className="caliper-point" cx={b.x} cy={b.y} r={POINT / pxPerMm} />
      </g>
      {speaks && (
        <Tip reading={reading} rrMs={rrMs} inMv={inMv} x={Math.max(a.x, b.x)} y={top} {...{ sheet, pxPerMm }} />
      )}
    </g>
  );
}

interface TipProps extends Pick<CaliperShapeProps, 'inMv' | 'rrMs' | 'sheet' | 'pxPerMm'> {
  readonly reading: CaliperReading;
  /** Right of and above here, mm. */
  readonly x: number;
  readonly y: number;
}

function Tip({ reading: { ms, bpm, mv, qtc }, rrMs, inMv, sheet, pxPerMm, x, y }: TipProps) {
  const { calipers, bpm: beats, number } = useWords();
  const left = Math.min(x * pxPerMm + TIP.gap, sheet.widthMm * pxPerMm - TIP.width);
  const above = Math.max(0, y * pxPerMm);
  return (
    <g transform={`scale(${1 / pxPerMm})`}>
      <foreignObject className="caliper-tip" x={left} y={above} width={TIP.width} height={TIP.height}>
        <output data-testid="caliper-tip" data-ms={ms} data-mv={mv} data-bpm={bpm ?? ''}>
          <b>
            {number(ms)} ms{bpm !== null && ` · ${number(bpm)} ${beats}`}
            {inMv && ` · ${number(mv, 2)} mV`}
          </b>
          {qtc && rrMs !== null && <span>{calipers.asQt(rrMs, qtc.fridericiaMs, qtc.bazettMs)}</span>}
        </output>
      </foreignObject>
    </g>
  );
}
