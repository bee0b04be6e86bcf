import uPlot from 'uplot';
import type { Band, Drawing, Label, Line, Sheet, Tick } from '../paper';
import { paperPlugin, TRACE, TRACE_PX, type Transform, transformOf } from './paper-plugin';
import type { Printout } from './printout';

/** One uPlot whose scales are the sheet's millimetres; y grows downwards. Each trace is a series. */
export function createPlot(
  host: HTMLElement,
  sheet: Sheet,
  drawing: Drawing,
  bands: readonly Band[],
  spikes: readonly Tick[],
  letters: readonly Label[],
  print: Printout,
  pxPerMm: number,
): uPlot {
  const { widthMm, heightMm } = sheet;
  const options: uPlot.Options = {
    mode: 2,
    width: Math.round(widthMm * pxPerMm),
    height: Math.round(heightMm * pxPerMm),
    padding: [0, 0, 0, 0],
    pxAlign: 0,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, auto: false, range: [0, widthMm] },
      y: { auto: false, dir: -1, range: [0, heightMm] },
    },
    axes: [{ show: false }, { show: false }],
    series: [{}, ...drawing.lines.map((line) => series(line, sheet))],
    plugins: [paperPlugin(sheet, drawing, bands, spikes, letters, print)],
  };
  return new uPlot(options, faceted(drawing), host);
}

function series(line: Line, sheet: Sheet): uPlot.Series {
  return {
    facets: [
      { scale: 'x', auto: false },
      { scale: 'y', auto: false },
    ],
    stroke: TRACE,
    width: TRACE_PX,
    pxAlign: 0,
    points: { show: false },
    paths: (u) => ({ stroke: linePath(line, transformOf(u, sheet)) }),
  };
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
