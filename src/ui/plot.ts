import uPlot from 'uplot';
import type { Drawing, Line } from '../paper';
import { type PaperContent, paperPlugin, type Transform, transformOf } from './paper-plugin';

/** All that a sheet shows; each trace is a series. */
export interface PlotContent extends PaperContent {
  readonly pxPerMm: number;
}

/** A drawn sheet; what comes next is drawn in its place where it is as large and has as many traces. */
export interface SheetPlot {
  /** False where only a new plot can show it. */
  redraw(content: PlotContent): boolean;
  destroy(): void;
}

/** One uPlot whose scales are the sheet's millimetres; y grows downwards. */
export function createPlot(host: HTMLElement, first: PlotContent): SheetPlot {
  let content = first;
  const { sheet, drawing } = first;
  const { width, height } = sizeOf(first);
  const options: uPlot.Options = {
    mode: 2,
    width,
    height,
    padding: [0, 0, 0, 0],
    pxAlign: 0,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, auto: false, range: [0, sheet.widthMm] },
      y: { auto: false, dir: -1, range: [0, sheet.heightMm] },
    },
    axes: [{ show: false }, { show: false }],
    series: [{}, ...drawing.lines.map((_, n) => series(first.inks, (u) => pathOf(u, content, n)))],
    plugins: [paperPlugin(() => content)],
  };
  const plot = new uPlot(options, faceted(drawing), host);
  const ratio = window.devicePixelRatio;
  return {
    redraw(next) {
      const size = sizeOf(next);
      const isAlike =
        size.width === width &&
        size.height === height &&
        next.sheet.widthMm === sheet.widthMm &&
        next.sheet.heightMm === sheet.heightMm &&
        next.drawing.lines.length === drawing.lines.length &&
        next.inks === first.inks &&
        window.devicePixelRatio === ratio;
      if (!isAlike) return false;
      content = next;
      plot.redraw(true, false);
      return true;
    },
    destroy: () => plot.destroy(),
  };
}

const sizeOf = ({ sheet, pxPerMm }: PlotContent) => ({
  width: Math.round(sheet.widthMm * pxPerMm),
  height: Math.round(sheet.heightMm * pxPerMm),
});

function series({ trace, tracePx }: PlotContent['inks'], paths: (u: uPlot) => Path2D): uPlot.Series {
  return {
    facets: [
      { scale: 'x', auto: false },
      { scale: 'y', auto: false },
    ],
    stroke: trace,
    width: tracePx,
    pxAlign: 0,
    points: { show: false },
    paths: (u) => ({ stroke: paths(u) }),
  };
}

function pathOf(u: uPlot, { sheet, drawing }: PlotContent, n: number): Path2D {
  const line = drawing.lines[n];
  return line ? linePath(line, transformOf(u, sheet)) : new Path2D();
}

/** uPlot's types know only aligned data; with `mode: 2` each series is a pair of columns of its own. */
function faceted({ lines }: Drawing): uPlot.AlignedData {
  return [null, ...lines.map(({ x, y }) => [x, y])] as unknown as uPlot.AlignedData;
}

/** One path through all points; the pen is up after a NaN, and a sample alone between two gaps is a dot. */
function linePath({ x, y }: Line, transform: Transform): Path2D {
  const path = new Path2D();
  let down = false;
  for (let i = 0; i < x.length; i++) {
    const py = y[i] ?? Number.NaN;
    if (Number.isNaN(py)) {
      down = false;
      continue;
    }
    const atX = transform.x(x[i] ?? 0);
    const atY = transform.y(py);
    if (down) {
      path.lineTo(atX, atY);
    } else {
      path.moveTo(atX, atY);
      if (Number.isNaN(y[i + 1] ?? Number.NaN)) path.lineTo(atX + 1, atY);
    }
    down = true;
  }
  return path;
}
