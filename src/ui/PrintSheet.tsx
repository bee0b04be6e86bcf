import type { Ecg } from '../ecg';
import { draw, gridLines, type Line, type Sheet } from '../paper';
import type { Printout } from './printout';

interface PrintSheetProps {
  readonly sheet: Sheet;
  readonly ecg: Ecg;
  readonly print: Printout;
}

/** Columns in a millimetre of paper that a printer can tell apart. */
const COLUMNS_PER_MM = 24;

/** The same sheet as vectors, at its true size. */
export function PrintSheet({ sheet, ecg, print }: PrintSheetProps) {
  const { widthMm, heightMm } = sheet;
  const drawing = draw(sheet, ecg, COLUMNS_PER_MM);
  const across = gridLines(widthMm);
  const down = gridLines(heightMm);
  return (
    <svg
      className="print-sheet"
      width={`${widthMm}mm`}
      height={`${heightMm}mm`}
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      role="img"
      aria-label="ECG"
    >
      <path className="print-fine" d={lines(across.fine, down.fine, sheet)} />
      <path className="print-bold" d={lines(across.bold, down.bold, sheet)} />
      <path className="print-trace" d={drawing.lines.map(linePath).join('')} />
      {sheet.pulses.map((pulse) => (
        <polyline key={pulse.join()} className="print-trace" points={pulse.join(' ')} />
      ))}
      {sheet.separators.map(({ x, top, bottom }) => (
        <path key={`${x} ${top}`} className="print-trace" d={`M${x} ${top}v1.5M${x} ${bottom - 1.5}V${bottom}`} />
      ))}
      {[...sheet.labels, ...drawing.notes].map(({ text, x, y, kind }) => (
        <text key={`${x} ${y} ${text}`} className={`print-${kind}`} x={x} y={y}>
          {text}
        </text>
      ))}
      <text className="print-caution" x={5} y={sheet.cautionY}>
        {print.caution}
      </text>
      <text className="print-edge" x={5} y={sheet.printY}>
        {print.left}
      </text>
      <text className="print-edge" x={widthMm - 5} y={sheet.printY} textAnchor="end">
        {print.right}
      </text>
    </svg>
  );
}

const lines = (xs: readonly number[], ys: readonly number[], { widthMm, heightMm }: Sheet) =>
  [...xs.map((x) => `M${x} 0V${heightMm}`), ...ys.map((y) => `M0 ${y}H${widthMm}`)].join('');

/** Thousandths of a millimetre are enough for any printer. */
function linePath({ x, y }: Line): string {
  let pen = 'M';
  let path = '';
  for (let i = 0; i < x.length; i++) {
    const at = y[i] ?? Number.NaN;
    if (Number.isNaN(at)) {
      pen = 'M';
    } else {
      path += `${pen}${(x[i] ?? 0).toFixed(3)} ${at.toFixed(3)}`;
      pen = 'L';
    }
  }
  return path;
}
