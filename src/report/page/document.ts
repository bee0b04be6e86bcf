import type { Ecg } from '../../ecg';
import type { BeatSheet, Sheet } from '../../paper';

/** What stands below the sheet. */
export interface Paragraph {
  readonly text: string;
  readonly bold?: boolean;
}

/** An ECG with its reading as it goes on paper, into a PDF or a picture: plain data. */
export interface Document {
  readonly title: string;
  /** Who and when: at the head of every page, for the wrong patient is the worst error. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly sheet: Sheet;
  readonly ecg: Ecg;
  /** At the paper's lower edge, as on a cart's printout. */
  readonly print: { readonly left: string; readonly right: string; readonly caution: string };
  readonly paragraphs: readonly Paragraph[];
  /** The usual beat of each lead, on a further page; null where it is not asked for or there is none. */
  readonly beats: { readonly sheet: BeatSheet; readonly title: string; readonly note: string } | null;
  /** The notice, whether a person has confirmed it, and what computed it: at the foot of every page. */
  readonly footer: string;
}

/** Landscape paper, mm. Both hold 10 s at 25 mm/s. */
export const PAPERS = {
  a4: { widthMm: 297, heightMm: 210 },
  letter: { widthMm: 279.4, heightMm: 215.9 },
} as const;

export type PaperName = keyof typeof PAPERS;
