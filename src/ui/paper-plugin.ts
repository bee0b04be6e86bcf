import type uPlot from 'uplot';
import { type Band, type Drawing, gridLines, type Label, type Sheet, type Tick } from '../paper';
import { type Inks, LOOKS } from './paper-looks';
import type { Printout } from './printout';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** From mm on the sheet to pixels on the canvas. Grid, pulse, labels and traces all go through it. */
export interface Transform {
  readonly x: (mm: number) => number;
  readonly y: (mm: number) => number;
  /** Canvas pixels in a millimetre. */
  readonly perMm: number;
}

/** The half pixel puts millimetre 0 in the middle of the first pixel, so that lines are sharp and traces sit on them. */
export function transformOf(u: uPlot, { widthMm }: Sheet): Transform {
  const left = u.valToPos(0, 'x', true) + 0.5;
  const top = u.valToPos(0, 'y', true) + 0.5;
  const perMm = (u.valToPos(widthMm, 'x', true) + 0.5 - left) / widthMm;
  return { perMm, x: (mm) => left + mm * perMm, y: (mm) => top + mm * perMm };
}

/** What stands on the paper. */
export interface PaperContent {
  readonly sheet: Sheet;
  readonly drawing: Drawing;
  readonly bands: readonly Band[];
  readonly spikes: readonly Tick[];
  readonly letters: readonly Label[];
  readonly print: Printout;
  readonly inks: Inks;
}

/** ECG paper around uPlot's traces: grid and wave bands below them; pulses, lead names and the line of print above. */
export function paperPlugin(content: () => PaperContent): uPlot.Plugin {
  return {
    hooks: {
      drawClear: (u) => {
        const { sheet, bands, spikes, inks } = content();
        const transform = transformOf(u, sheet);
        drawGrid(u.ctx, sheet, transform, inks);
        drawBands(u.ctx, bands, transform, inks);
        drawSpikes(u.ctx, spikes, transform, inks);
      },
      draw: (u) => {
        const { sheet, drawing, letters, print, inks } = content();
        const transform = transformOf(u, sheet);
        drawMarks(u.ctx, sheet, transform, inks);
        for (const label of [...sheet.labels, ...drawing.notes, ...letters]) drawLabel(u.ctx, label, transform, inks);
        drawPrint(u.ctx, sheet, print, transform, inks);
      },
    },
  };
}

function drawGrid(ctx: CanvasRenderingContext2D, { widthMm, heightMm }: Sheet, transform: Transform, inks: Inks) {
  const { x, y, perMm } = transform;
  ctx.save();
  ctx.fillStyle = inks.paper;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  const across = gridLines(widthMm);
  const down = gridLines(heightMm);
  const rule = (color: string, thicknessMm: number, xs: readonly number[], ys: readonly number[]) => {
    const width = Math.max(1, Math.round(thicknessMm * perMm));
    const edge = (position: number) => Math.floor(position - (width - 1) / 2);
    ctx.fillStyle = color;
    for (const mm of xs) ctx.fillRect(edge(x(mm)), 0, width, ctx.canvas.height);
    for (const mm of ys) ctx.fillRect(0, edge(y(mm)), ctx.canvas.width, width);
  };
  rule(inks.fine, 0.1, across.fine, down.fine);
  rule(inks.bold, 0.2, across.bold, down.bold);
  ctx.restore();
}

function drawBands(ctx: CanvasRenderingContext2D, bands: readonly Band[], { x, y, perMm }: Transform, inks: Inks) {
  ctx.save();
  for (const band of bands) {
    const { kind, x: left, y: top, widthMm, heightMm, wave } = band;
    ctx.fillStyle = inks.bands[kind];
    ctx.fillRect(x(left), y(top), widthMm * perMm, heightMm * perMm);
    ctx.fillStyle = inks.edited;
    if (wave.edited?.includes('onset')) drawFlag(ctx, x(left), y(top), heightMm * perMm, perMm);
    if (wave.edited?.includes('offset')) drawFlag(ctx, x(left + widthMm), y(top), heightMm * perMm, -perMm);
  }
  ctx.restore();
}

/** Pacing spikes: short violet strokes with a foot, below the trace. */
function drawSpikes(ctx: CanvasRenderingContext2D, spikes: readonly Tick[], { x, y, perMm }: Transform, inks: Inks) {
  ctx.save();
  ctx.fillStyle = inks.spike;
  for (const { x: at, top, bottom } of spikes) {
    ctx.fillRect(x(at) - 0.15 * perMm, y(top), 0.3 * perMm, (bottom - top) * perMm);
    ctx.fillRect(x(at) - 0.6 * perMm, y(bottom) - 0.3 * perMm, 1.2 * perMm, 0.3 * perMm);
  }
  ctx.restore();
}

/** A mark that the reader set: a line with a flag that points into the wave. */
function drawFlag(ctx: CanvasRenderingContext2D, x: number, top: number, height: number, perMm: number) {
  ctx.fillRect(x - Math.abs(perMm) * 0.15, top, Math.abs(perMm) * 0.3, height);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x + 1.6 * perMm, top + 0.8 * Math.abs(perMm));
  ctx.lineTo(x, top + 1.6 * Math.abs(perMm));
  ctx.fill();
}

function drawMarks(ctx: CanvasRenderingContext2D, sheet: Sheet, { x, y }: Transform, inks: Inks) {
  ctx.save();
  ctx.strokeStyle = inks.trace;
  ctx.lineWidth = inks.tracePx * window.devicePixelRatio;
  ctx.beginPath();
  for (const [first, ...rest] of sheet.pulses) {
    if (first) ctx.moveTo(x(first[0]), y(first[1]));
    for (const [px, py] of rest) ctx.lineTo(x(px), y(py));
  }
  for (const { x: at, top, bottom } of sheet.separators) {
    ctx.moveTo(x(at), y(top));
    ctx.lineTo(x(at), y(top + 1.5));
    ctx.moveTo(x(at), y(bottom - 1.5));
    ctx.lineTo(x(at), y(bottom));
  }
  ctx.stroke();
  ctx.restore();
}

const LABEL_STYLE: Record<
  Label['kind'],
  { readonly font: string; readonly mm: number; readonly color: 'trace' | 'muted' | 'annotation' | 'beat' }
> = {
  lead: { font: '600', mm: 3.3, color: 'trace' },
  missing: { font: 'italic 400', mm: 3, color: 'muted' },
  note: { font: '400', mm: 2.5, color: 'muted' },
  annotation: { font: '500', mm: 2.5, color: 'annotation' },
  beat: { font: '700', mm: 3, color: 'beat' },
};

function drawLabel(
  ctx: CanvasRenderingContext2D,
  { text, x: atX, y: atY, kind }: Label,
  transform: Transform,
  inks: Inks,
) {
  const { font, mm, color } = LABEL_STYLE[kind];
  const style: TextStyle = { font, px: mm * transform.perMm, color: inks[color], align: 'left' };
  drawText(ctx, text, transform.x(atX), transform.y(atY), style, inks);
}

function drawPrint(
  ctx: CanvasRenderingContext2D,
  sheet: Sheet,
  { left, right, caution }: Printout,
  { x, y, perMm }: Transform,
  inks: Inks,
) {
  const style = { font: '500', px: 2.9 * perMm, color: inks.trace };
  drawText(ctx, left, x(5), y(sheet.printY), { ...style, align: 'left' }, inks);
  drawText(ctx, caution, x(5), y(sheet.cautionY), { ...style, font: '700', color: inks.caution, align: 'left' }, inks);
  drawText(ctx, right, x(sheet.widthMm - 5), y(sheet.printY), { ...style, align: 'right' }, inks);
}

/** The first text on a canvas waits for the system's fonts, tens of milliseconds: better before an ECG is opened than then. */
export function warmFonts() {
  const ctx = document.createElement('canvas').getContext('2d');
  if (!ctx) return;
  const { usual } = LOOKS;
  for (const { font, mm } of Object.values(LABEL_STYLE)) {
    drawText(ctx, 'aVR', 0, 20, { font, px: mm * 4, color: usual.trace, align: 'left' }, usual);
  }
}

interface TextStyle {
  readonly font: string;
  readonly px: number;
  readonly color: string;
  readonly align: CanvasTextAlign;
}

/** Text with a rim of paper, so that it stays readable where a trace runs through it. */
function drawText(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, style: TextStyle, inks: Inks) {
  ctx.save();
  ctx.font = `${style.font} ${style.px}px ${FONT}`;
  ctx.textAlign = style.align;
  ctx.textBaseline = 'alphabetic';
  ctx.lineJoin = 'round';
  ctx.lineWidth = style.px * 0.3;
  ctx.strokeStyle = inks.paper;
  ctx.globalAlpha = 0.85;
  ctx.strokeText(text, x, y);
  ctx.globalAlpha = 1;
  ctx.fillStyle = style.color;
  ctx.fillText(text, x, y);
  ctx.restore();
}
