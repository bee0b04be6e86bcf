import {
  lineTo,
  moveTo,
  type PDFDocument,
  type PDFFont,
  type PDFOperator,
  type PDFPage,
  PDFDocument as Pdf,
  rgb,
  StandardFonts,
  setLineJoin,
  setLineWidth,
  setStrokingRgbColor,
  stroke,
} from '@cantoo/pdf-lib';
import { type Document, PAPERS, type PaperName } from './document';
import { paint } from './paint';
import { INKS, type Ink, PAPER_RGB, type Pen, type Polyline, type TextStyle } from './pen';
import { pictureOf } from './picture';

/** Points of 1/72 inch in a millimetre. */
const POINTS = 72 / 25.4;

/**
 * The document as a PDF of vectors at true size: 25 mm of paper are 25 mm in the file.
 *
 * @returns the file's bytes
 */
export async function documentPdf(document: Document, paper: PaperName = 'a4'): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await Pdf.create();
  pdf.setTitle(document.title);
  pdf.setSubject(document.footer);
  pdf.setCreator('EfficientECG in the browser');
  const fonts = {
    plain: await pdf.embedFont(StandardFonts.Helvetica),
    bold: await pdf.embedFont(StandardFonts.HelveticaBold),
  };
  const { widthMm, heightMm } = PAPERS[paper];
  const pending: Promise<void>[] = [];
  paint(document, PAPERS[paper], () => {
    const page = pdf.addPage([widthMm * POINTS, heightMm * POINTS]);
    return pdfPen(pdf, page, heightMm, fonts, pending);
  });
  await Promise.all(pending);
  return new Uint8Array(await pdf.save());
}

interface Fonts {
  readonly plain: PDFFont;
  readonly bold: PDFFont;
}

/** @param pending filled with what is still being drawn when `paint` is through */
function pdfPen(pdf: PDFDocument, page: PDFPage, heightMm: number, fonts: Fonts, pending: Promise<void>[]): Pen {
  const fontOf = ({ bold }: TextStyle) => (bold ? fonts.bold : fonts.plain);
  const colour = (ink: Ink) => rgb(...INKS[ink].rgb);
  const widthOf = (text: string, style: TextStyle) => {
    const known = spelled(text);
    if (!encodable(fontOf(style), known)) return pictureOf(text, style).widthMm;
    return fontOf(style).widthOfTextAtSize(known, style.sizeMm * POINTS) / POINTS;
  };
  return {
    widthOf,
    paper: (x, y, width, height) =>
      page.drawRectangle({
        x: x * POINTS,
        y: (heightMm - y - height) * POINTS,
        width: width * POINTS,
        height: height * POINTS,
        color: rgb(...PAPER_RGB),
      }),
    stroke: (lines, ink) => page.pushOperators(...strokeOperators(lines, ink, heightMm)),
    text: (text, x, y, style) => {
      const from = style.align === 'end' ? x - widthOf(text, style) : x;
      const known = spelled(text);
      const ink = style.ink ?? 'text';
      if (encodable(fontOf(style), known)) {
        page.drawText(known, {
          x: from * POINTS,
          y: (heightMm - y) * POINTS,
          size: style.sizeMm * POINTS,
          font: fontOf(style),
          color: colour(ink),
        });
        return;
      }
      const { png, widthMm, heightMm: tall, descentMm } = pictureOf(text, style);
      pending.push(
        png()
          .then((bytes) => pdf.embedPng(bytes))
          .then((image) =>
            page.drawImage(image, {
              x: from * POINTS,
              y: (heightMm - y - descentMm) * POINTS,
              width: widthMm * POINTS,
              height: tall * POINTS,
            }),
          ),
      );
    },
  };
}

function strokeOperators(lines: readonly Polyline[], ink: Ink, heightMm: number): PDFOperator[] {
  const { rgb: colour, widthMm } = INKS[ink];
  const operators = [setStrokingRgbColor(...colour), setLineWidth(round(widthMm * POINTS)), setLineJoin(1)];
  for (const { x, y } of lines) {
    let down = false;
    for (let i = 0; i < x.length; i++) {
      const at = y[i] ?? Number.NaN;
      if (Number.isNaN(at)) {
        down = false;
        continue;
      }
      const point = [round((x[i] ?? 0) * POINTS), round((heightMm - at) * POINTS)] as const;
      operators.push(down ? lineTo(...point) : moveTo(...point));
      down = true;
    }
  }
  return [...operators, stroke()];
}

/** A thousandth of a point is finer than any printer. */
const round = (points: number) => Math.round(points * 1000) / 1000;

/** Signs that PDF's standard fonts lack and that have a twin there. */
const spelled = (text: string) => text.replaceAll('−', '–').replaceAll(/[\u2009\u202f]/g, ' ');

/** The library writes `?` for a sign that a font lacks: that must not happen to a name. */
function encodable(font: PDFFont, text: string): boolean {
  const known = SIGNS.get(font) ?? new Set(font.getCharacterSet());
  SIGNS.set(font, known);
  return [...text].every((sign) => known.has(sign.codePointAt(0) ?? 0));
}

/** What each font has: a Chinese page asks for it at every sign. */
const SIGNS = new WeakMap<PDFFont, ReadonlySet<number>>();
