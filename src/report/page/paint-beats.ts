import type { BeatCell, BeatSheet } from '../../paper';
import { paintPaper } from './paint-sheet';
import type { Pen, Polyline } from './pen';

/** A mark is a bracket so high at the foot of its cell, mm. */
const BRACKET_MM = 1.5;

/** The usual beat of each lead at its true size, each delineated wave between the ends of a bracket; upper left corner at (left, top) mm. */
export function paintBeats(
  pen: Omit<Pen, 'widthOf'>,
  { widthMm, heightMm, cells }: BeatSheet,
  left: number,
  top: number,
) {
  paintPaper(pen, { widthMm, heightMm }, left, top);
  const lines = cells.flatMap((cell) => [cell.line, ...brackets(cell)]);
  pen.stroke(
    lines.map(({ x, y }) => ({ x: Array.from(x, (at) => left + at), y: Array.from(y, (at) => top + at) })),
    'trace',
  );
  for (const { lead, x, top: from, note } of cells) {
    pen.text(note === null ? lead : `${lead} (${note})`, left + x + 1, top + from + 4.6, { sizeMm: 3.3, bold: true });
  }
}

function brackets({ bands, top, heightMm }: BeatCell): readonly Polyline[] {
  const foot = top + heightMm - 0.5;
  return bands.map(({ x, widthMm }) => ({
    x: [x, x, x + widthMm, x + widthMm],
    y: [foot - BRACKET_MM, foot, foot, foot - BRACKET_MM],
  }));
}
