/** What a line or a word is drawn for; each pen knows its colour and width. */
export type Ink = 'fine' | 'bold' | 'trace' | 'text' | 'quiet' | 'caution';

/** Points in mm; the pen is up at a NaN. */
export interface Polyline {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface TextStyle {
  /** Height of the type, mm. */
  readonly sizeMm: number;
  readonly bold?: boolean;
  readonly ink?: Ink;
  /** Which end of the text `x` is. */
  readonly align?: 'start' | 'end';
}

/** Draws on one page, mm from its upper left corner, y downwards. A new kind of export is one more pen. */
export interface Pen {
  /** The paper that an ECG stands on. */
  paper(x: number, y: number, widthMm: number, heightMm: number): void;
  stroke(lines: readonly Polyline[], ink: Ink): void;
  /** One line of text; `y` is its baseline. */
  text(text: string, x: number, y: number, style: TextStyle): void;
  /** Width of a text, mm. */
  widthOf(text: string, style: TextStyle): number;
}

/** Colours as red, green, blue (0 to 1), and widths in mm: those of the paper on the screen. */
export const INKS: Readonly<
  Record<Ink, { readonly rgb: readonly [number, number, number]; readonly widthMm: number }>
> = {
  fine: { rgb: [0.957, 0.816, 0.784], widthMm: 0.08 },
  bold: { rgb: [0.902, 0.647, 0.6], widthMm: 0.15 },
  trace: { rgb: [0.067, 0.067, 0.067], widthMm: 0.3 },
  text: { rgb: [0, 0, 0], widthMm: 0 },
  quiet: { rgb: [0.35, 0.32, 0.31], widthMm: 0 },
  caution: { rgb: [0.659, 0.098, 0.086], widthMm: 0 },
};

export const PAPER_RGB = [1, 0.98, 0.969] as const;

export const cssColour = (rgb: readonly number[]) => `rgb(${rgb.map((c) => Math.round(c * 255)).join(' ')})`;
