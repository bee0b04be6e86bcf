import type { Document } from './document';
import { paintBeats } from './paint-beats';
import { paintSheet } from './paint-sheet';
import type { Pen, TextStyle } from './pen';

const TOP_MM = 8;
const BOTTOM_MM = 7;
const GAP_MM = 2;
const LINE_MM = 4;
const FACT: TextStyle = { sizeMm: 3.1, bold: true };
const LABEL: TextStyle = { sizeMm: 3.1, ink: 'quiet' };
const BODY: TextStyle = { sizeMm: 3 };
const FOOT: TextStyle = { sizeMm: 2.7, bold: true };

/**
 * Lays a document on pages: facts, sheet and text; what does not fit goes on to further pages, each with the facts and the footer. Usual beats
 * have a page of their own.
 *
 * @param nextPage a pen on a fresh page
 */
export function paint(
  document: Document,
  paper: { readonly widthMm: number; readonly heightMm: number },
  nextPage: () => Pen,
) {
  const { sheet } = document;
  const left = (paper.widthMm - sheet.widthMm) / 2;
  const width = sheet.widthMm;
  const floor = paper.heightMm - BOTTOM_MM - LINE_MM;
  let pen = nextPage();
  const begin = () => {
    pen.text(document.footer, left, paper.heightMm - BOTTOM_MM, FOOT);
    return paintFacts(pen, document.facts, left, width);
  };
  const sheetTop = begin();
  paintSheet(pen, document, left, sheetTop);
  let y = sheetTop + sheet.heightMm + GAP_MM + BODY.sizeMm;
  for (const { text, bold } of document.paragraphs) {
    const style = { ...BODY, ...(bold && { bold }) };
    for (const line of wrap(pen, text, width, style)) {
      if (y > floor) {
        pen = nextPage();
        y = begin() + BODY.sizeMm;
      }
      pen.text(line, left, y, style);
      y += LINE_MM;
    }
  }
  if (!document.beats) return;
  const { sheet: beats, title, note } = document.beats;
  pen = nextPage();
  y = begin() + BODY.sizeMm;
  pen.text(title, left, y, { ...BODY, bold: true });
  pen.text(note, left + width, y, { ...BODY, bold: true, align: 'end' });
  paintBeats(pen, beats, left, y + GAP_MM);
}

/** @returns where they end, mm */
function paintFacts(pen: Pen, facts: Document['facts'], left: number, width: number): number {
  let x = left;
  let y = TOP_MM;
  for (const [label, value] of facts) {
    const labelMm = pen.widthOf(label, LABEL) + 1.5;
    const wholeMm = labelMm + pen.widthOf(value, FACT);
    if (x > left && x + wholeMm > left + width) {
      x = left;
      y += LINE_MM;
    }
    pen.text(label, x, y, LABEL);
    pen.text(value, x + labelMm, y, FACT);
    x += wholeMm + 6;
  }
  return y + GAP_MM;
}

/** Breaks between words, and within one that is wider than the line. */
export function wrap(pen: Pick<Pen, 'widthOf'>, text: string, width: number, style: TextStyle): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )|(?<=[\u3000-\u9fff\uff00-\uffef])/)) {
    if (line !== '' && pen.widthOf((line + word).trimEnd(), style) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (pen.widthOf(line.trimEnd(), style) > width && line.length > 1) {
      let end = line.length - 1;
      while (end > 1 && pen.widthOf(line.slice(0, end), style) > width) end--;
      lines.push(line.slice(0, end));
      line = line.slice(end);
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}
