import { type Document, PAPERS, type PaperName } from './document';
import { paint } from './paint';
import { cssColour, INKS, PAPER_RGB, type Pen, type Polyline } from './pen';
import { contextOf, fontOf } from './picture';

/** 300 dots an inch. */
const DOTS_PER_MM = 300 / 25.4;

/** The document as a picture, its pages one below the other. */
export async function documentPng(document: Document, paper: PaperName = 'a4'): Promise<Blob> {
  const { widthMm, heightMm } = PAPERS[paper];
  const width = Math.round(widthMm * DOTS_PER_MM);
  const height = Math.round(heightMm * DOTS_PER_MM);
  const pages: OffscreenCanvas[] = [];
  paint(document, PAPERS[paper], () => {
    const canvas = new OffscreenCanvas(width, height);
    pages.push(canvas);
    const context = contextOf(width, height, canvas);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.scale(DOTS_PER_MM, DOTS_PER_MM);
    return canvasPen(context);
  });
  const whole = new OffscreenCanvas(width, height * pages.length);
  const context = contextOf(width, whole.height, whole);
  pages.forEach((page, i) => {
    context.drawImage(page, 0, i * height);
  });
  return whole.convertToBlob({ type: 'image/png' });
}

/** A context whose unit is the millimetre. */
function canvasPen(context: OffscreenCanvasRenderingContext2D): Pen {
  return {
    paper: (x, y, widthMm, heightMm) => {
      context.fillStyle = cssColour(PAPER_RGB);
      context.fillRect(x, y, widthMm, heightMm);
    },
    stroke: (lines, ink) => {
      context.strokeStyle = cssColour(INKS[ink].rgb);
      context.lineWidth = INKS[ink].widthMm;
      context.lineJoin = 'round';
      context.stroke(pathOf(lines));
    },
    text: (text, x, y, style) => {
      context.font = fontOf(style, 1);
      context.fillStyle = cssColour(INKS[style.ink ?? 'text'].rgb);
      context.textAlign = style.align ?? 'start';
      context.fillText(text, x, y);
    },
    widthOf: (text, style) => {
      context.font = fontOf(style, 1);
      return context.measureText(text).width;
    },
  };
}

function pathOf(lines: readonly Polyline[]): Path2D {
  const path = new Path2D();
  for (const { x, y } of lines) {
    let down = false;
    for (let i = 0; i < x.length; i++) {
      const at = y[i] ?? Number.NaN;
      const visible = !Number.isNaN(at);
      if (visible && down) path.lineTo(x[i] ?? 0, at);
      else if (visible) path.moveTo(x[i] ?? 0, at);
      down = visible;
    }
  }
  return path;
}
