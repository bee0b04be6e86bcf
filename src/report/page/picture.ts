import { cssColour, INKS, type TextStyle } from './pen';

const DOTS_PER_MM = 24;

/** A line of text in a script that PDF's standard fonts do not have, drawn by the browser. */
export interface Picture {
  readonly widthMm: number;
  readonly heightMm: number;
  /** How far it reaches below the baseline. */
  readonly descentMm: number;
  readonly png: () => Promise<Uint8Array>;
}

export function pictureOf(text: string, style: TextStyle): Picture {
  const font = fontOf(style, DOTS_PER_MM);
  const context = ruler();
  context.font = font;
  const width = Math.max(1, Math.ceil(context.measureText(text).width));
  const heightMm = style.sizeMm * 1.4;
  const descentMm = style.sizeMm * 0.35;
  return {
    widthMm: width / DOTS_PER_MM,
    heightMm,
    descentMm,
    png: async () => {
      const canvas = new OffscreenCanvas(width, Math.ceil(heightMm * DOTS_PER_MM));
      const pen = contextOf(canvas.width, canvas.height, canvas);
      pen.font = font;
      pen.fillStyle = cssColour(INKS[style.ink ?? 'text'].rgb);
      pen.fillText(text, 0, (heightMm - descentMm) * DOTS_PER_MM);
      return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
    },
  };
}

/** One canvas measures all texts. */
function ruler(): OffscreenCanvasRenderingContext2D {
  measuring ??= contextOf(1, 1);
  return measuring;
}

let measuring: OffscreenCanvasRenderingContext2D | null = null;

export const fontOf = ({ sizeMm, bold }: TextStyle, dotsPerMm: number) =>
  `${bold ? '600 ' : ''}${sizeMm * dotsPerMm}px Helvetica, Arial, system-ui, sans-serif`;

export function contextOf(
  width: number,
  height: number,
  canvas = new OffscreenCanvas(width, height),
): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to draw on.');
  return context;
}
