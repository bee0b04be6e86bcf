import type { BandKind } from '../paper';

/** What the paper on the screen is painted with; what is printed keeps the usual look. Overlays take the same from styles/tokens.css. */
export interface Inks {
  readonly paper: string;
  readonly fine: string;
  readonly bold: string;
  readonly trace: string;
  /** CSS pixels. Lines of up to one pixel are drawn several times faster than wider ones. */
  readonly tracePx: number;
  /** Of notes beside the trace. */
  readonly muted: string;
  readonly caution: string;
  /** Letters above beats that are not of the usual kind. */
  readonly beat: string;
  readonly annotation: string;
  readonly spike: string;
  /** The flag of a mark that the reader set. */
  readonly edited: string;
  readonly bands: Readonly<Record<BandKind, string>>;
}

const ON_LIGHT = {
  caution: '#a81916',
  beat: '#b42318',
  annotation: '#1d4e89',
  spike: '#8b1e8b',
  edited: '#9a3412',
  bands: { p: 'rgba(29, 99, 191, 0.20)', qrs: 'rgba(16, 122, 87, 0.20)', t: 'rgba(190, 120, 0, 0.20)' },
} as const;

const ON_DARK = {
  caution: '#ff9a91',
  beat: '#ff9a91',
  annotation: '#8cc0f5',
  spike: '#e59be5',
  edited: '#ffb38a',
  bands: { p: 'rgba(109, 170, 245, 0.30)', qrs: 'rgba(70, 200, 150, 0.28)', t: 'rgba(240, 180, 70, 0.26)' },
} as const;

/** As a cart prints; black on white, with a grid of grey that neither hides the trace nor looks like it; and for a dark room. */
export const LOOKS = {
  usual: {
    ...ON_LIGHT,
    paper: '#fffaf7',
    fine: '#f7d9d2',
    bold: '#eab0a6',
    trace: '#16181d',
    tracePx: 1,
    muted: '#7d6a66',
  },
  contrast: {
    ...ON_LIGHT,
    paper: '#ffffff',
    fine: '#dcdcdc',
    bold: '#9a9a9a',
    trace: '#000000',
    tracePx: 2,
    muted: '#000000',
  },
  dark: {
    ...ON_DARK,
    paper: '#15181d',
    fine: '#2e2625',
    bold: '#553f3b',
    trace: '#f1f3f5',
    tracePx: 1,
    muted: '#b9aca8',
  },
} as const satisfies Record<string, Inks>;

export type Look = keyof typeof LOOKS;

export const LOOK_NAMES = Object.keys(LOOKS) as readonly Look[];

/** Who asks every page for more contrast gets it on the paper too, until they choose. */
export const firstLook = (): Look =>
  typeof matchMedia === 'function' && matchMedia('(prefers-contrast: more)').matches ? 'contrast' : 'usual';
