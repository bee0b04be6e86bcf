import type { Filters, RecordingSummary } from '../ecg';
import { PAGE_S, type Sheet } from '../paper';
import type { Words } from '../words';
import { filterCautions, filterText, NO_FILTER, type ShownEcg } from './display-filter';
import { clock, durationText } from './format';

/** What stands at the paper's lower edge, as on a cart's printout. */
export interface Printout {
  readonly left: string;
  readonly right: string;
  /** What the display filter does to the trace, above the others; empty where it does no harm. */
  readonly caution: string;
}

/** What is printed of one ECG on any sheet. */
export interface Printed {
  readonly startS: number;
  /** Of the whole recording, seconds. */
  readonly durationS: number;
  readonly simulated: boolean;
  /** How it is shown, and what the device had filtered before, as far as its file says. */
  readonly filter: Filters;
  readonly deviceFilter: Filters | null;
}

export const printedOf = (
  { ecg, filter }: ShownEcg,
  { durationS, filters = null }: RecordingSummary,
  simulated: boolean,
): Printed => ({ startS: ecg.startS, durationS, simulated, filter, deviceFilter: filters });

export function printout(
  words: Words,
  sheet: Sheet,
  { startS, durationS, simulated, filter, deviceFilter }: Printed,
): Printout {
  const pageS = Math.min(PAGE_S, durationS - startS);
  const say = words.printout;
  return {
    left: [
      words.scale(sheet.scale),
      shownText(words.filter, filter, deviceFilter),
      ...(sheet.simultaneous ? [say.simultaneous] : []),
    ].join('   '),
    right: [
      ...(simulated ? [say.simulated] : []),
      durationS > PAGE_S
        ? say.stretch(clock(startS), clock(startS + pageS), clock(durationS))
        : durationText(words, durationS),
    ].join('   '),
    caution: filterCautions(words.filter, filter).join('   '),
  };
}

function shownText(words: Words['filter'], filter: Filters, deviceFilter: Filters | null): string {
  const own = filterText(words, filter);
  if (own !== null) return words.display(own);
  const device = filterText(words, deviceFilter ?? NO_FILTER);
  return device === null ? words.unfiltered : words.device(device);
}
