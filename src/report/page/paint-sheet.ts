import { type Drawing, draw, gridLines, type Label, type Sheet } from '../../paper';
import type { Document } from './document';
import type { Pen, Polyline, TextStyle } from './pen';

/** Columns in a millimetre of paper that a printer can tell apart. */
const COLUMNS_PER_MM = 24;

const LABELS: Readonly<Record<Label['kind'], TextStyle>> = {
  lead: { sizeMm: 3.3, bold: true },
  missing: { sizeMm: 3, ink: 'quiet' },
  note: { sizeMm: 2.8 },
  beat: { sizeMm: 2.8 },
  annotation: { sizeMm: 2.8 },
};

/** The sheet at its true size, its upper left corner at (left, top) mm. */
export function paintSheet(
  pen: Omit<Pen, 'widthOf'>,
  { sheet, ecg, print }: Pick<Document, 'sheet' | 'ecg' | 'print'>,
  left: number,
  top: number,
): void {
  const { widthMm, printY, cautionY } = sheet;
  paintPaper(pen, sheet, left, top);
  const drawing = draw(sheet, ecg, COLUMNS_PER_MM);
  pen.stroke(traces(sheet, drawing, left, top), 'trace');
  for (const { text, x, y, kind } of [...sheet.labels, ...drawing.notes]) {
    pen.text(text, left + x, top + y, LABELS[kind]);
  }
  const edge: TextStyle = { sizeMm: 2.8 };
  pen.text(print.caution, left + 5, top + cautionY, { ...edge, bold: true, ink: 'caution' });
  pen.text(print.left, left + 5, top + printY, edge);
  pen.text(print.right, left + widthMm - 5, top + printY, { ...edge, align: 'end' });
}

/** The paper and its grid. */
export function paintPaper(
  pen: Pick<Pen, 'paper' | 'stroke'>,
  { widthMm, heightMm }: Pick<Sheet, 'widthMm' | 'heightMm'>,
  left: number,
  top: number,
): void {
  pen.paper(left, top, widthMm, heightMm);
  const across = gridLines(widthMm);
  const down = gridLines(heightMm);
  for (const ink of ['fine', 'bold'] as const) {
    const upright = across[ink].map((x) => segment(left + x, top, left + x, top + heightMm));
    const level = down[ink].map((y) => segment(left, top + y, left + widthMm, top + y));
    pen.stroke([...upright, ...level], ink);
  }
}

function traces(sheet: Sheet, drawing: Drawing, left: number, top: number): readonly Polyline[] {
  const pulses = sheet.pulses.map((points) => ({
    x: points.map(([x]) => left + x),
    y: points.map(([, y]) => top + y),
  }));
  const strokes = sheet.separators.flatMap(({ x, top: from, bottom }) => [
    segment(left + x, top + from, left + x, top + from + 1.5),
    segment(left + x, top + bottom - 1.5, left + x, top + bottom),
  ]);
  const lines = drawing.lines.map(({ x, y }) => ({ x: x.map((at) => left + at), y: y.map((at) => top + at) }));
  return [...pulses, ...strokes, ...lines];
}

const segment = (x0: number, y0: number, x1: number, y1: number): Polyline => ({ x: [x0, x1], y: [y0, y1] });
