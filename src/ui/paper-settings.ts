import type { Ecg } from '../ecg';
import {
  type Arrangement,
  arrange,
  PAGE_S,
  type PaperScale,
  type Sheet,
  STANDARD_ARRANGEMENT,
  STANDARD_SCALE,
} from '../paper';
import type { Words } from '../words';
import type { Look } from './paper-looks';

/** How the reader wants the paper: it stays so from one ECG to the next. */
export interface PaperSettings {
  readonly arrangement: Arrangement;
  readonly scale: PaperScale;
  readonly look: Look;
  /** Whether the usual beats are printed too. */
  readonly beats: boolean;
}

export const STANDARD_PAPER: PaperSettings = {
  arrangement: STANDARD_ARRANGEMENT,
  scale: STANDARD_SCALE,
  look: 'usual',
  beats: false,
};

/** The sheet as it stands on the page. */
export const sheetOf = ({ paperNotes }: Words, ecg: Ecg, { arrangement, scale }: PaperSettings): Sheet =>
  arrange(ecg.leads, arrangement, ecg, scale, Number.POSITIVE_INFINITY, paperNotes);

/** So much of a sheet's trace fits on a printed page, mm. */
const PRINTED_MM = 250;

/** The sheet for a printed page: fast paper has room for less of it. */
export function printedSheet(
  { paperNotes }: Words,
  ecg: Ecg,
  { arrangement, scale }: PaperSettings,
  maxHeightMm: number,
): Sheet {
  const roomS = Math.min(PAGE_S, PRINTED_MM / scale.mmPerS);
  const page = { startS: ecg.startS, durationS: Math.min(ecg.durationS, roomS), roomS };
  return arrange(ecg.leads, arrangement, page, scale, maxHeightMm, paperNotes);
}
