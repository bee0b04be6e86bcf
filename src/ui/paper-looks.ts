/** What the paper on the screen is painted with; what is printed keeps the usual look. */
export interface Inks {
  readonly paper: string;
  readonly fine: string;
  readonly bold: string;
  readonly trace: string;
  /** CSS pixels. Lines of up to one pixel are drawn several times faster than wider ones. */
  readonly tracePx: number;
  /** Of notes beside the trace. */
  readonly muted: string;
}

/** As a cart prints, and black on white: a grid of grey that neither hides the trace nor looks like it. */
export const LOOKS = {
  usual: { paper: '#fffaf7', fine: '#f7d9d2', bold: '#eab0a6', trace: '#16181d', tracePx: 1, muted: '#7d6a66' },
  contrast: { paper: '#ffffff', fine: '#dcdcdc', bold: '#9a9a9a', trace: '#000000', tracePx: 2, muted: '#000000' },
} as const satisfies Record<string, Inks>;

export type Look = keyof typeof LOOKS;

/** Who asks every page for more contrast gets it on the paper too, until they choose. */
export const firstLook = (): Look =>
  typeof matchMedia === 'function' && matchMedia('(prefers-contrast: more)').matches ? 'contrast' : 'usual';
