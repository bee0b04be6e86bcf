import type { BeatSheet } from '../../paper';
import type { Document } from './document';
import { paintBeats } from './paint-beats';
import { paintSheet } from './paint-sheet';
import { cssColour, INKS, type Ink, PAPER_RGB, type Pen, type Polyline, type TextStyle } from './pen';

/** A sheet as what an SVG of the same size in millimetres is made of, in the order of drawing. */
export interface SvgSheet {
  readonly paper: string;
  readonly paths: readonly {
    readonly ink: Ink;
    readonly d: string;
    readonly colour: string;
    readonly widthMm: number;
  }[];
  readonly texts: readonly {
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly ink: Ink;
    readonly colour: string;
    readonly style: TextStyle;
  }[];
}

/** The sheet for the printed page: the same painter as for PDF and picture. */
export function svgSheet(document: Pick<Document, 'sheet' | 'ecg' | 'print'>): SvgSheet {
  return svgOf((pen) => paintSheet(pen, document, 0, 0));
}

/** The usual beats for the printed page. */
export const svgBeats = (beats: BeatSheet): SvgSheet => svgOf((pen) => paintBeats(pen, beats, 0, 0));

function svgOf(paint: (pen: Omit<Pen, 'widthOf'>) => void): SvgSheet {
  const paths: SvgSheet['paths'][number][] = [];
  const texts: SvgSheet['texts'][number][] = [];
  const pen = {
    paper: () => {},
    stroke: (lines: readonly Polyline[], ink: Ink) =>
      void paths.push({
        ink,
        d: lines.map(linePath).join(''),
        colour: cssColour(INKS[ink].rgb),
        widthMm: INKS[ink].widthMm,
      }),
    text: (text: string, x: number, y: number, style: TextStyle) => {
      const { ink = 'text' } = style;
      texts.push({ text, x, y, style, ink, colour: cssColour(INKS[ink].rgb) });
    },
  };
  paint(pen);
  return { paper: cssColour(PAPER_RGB), paths, texts };
}

/** Thousandths of a millimetre are enough for any printer. */
function linePath({ x, y }: Polyline): string {
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
