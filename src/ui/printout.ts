import type { Filters, RecordingSummary } from '../ecg';
import { PAGE_S, type Sheet, scaleText } from '../paper';
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

export function printout(sheet: Sheet, { startS, durationS, simulated, filter, deviceFilter }: Printed): Printout {
  const pageS = Math.min(PAGE_S, durationS - startS);
  return {
    left: [
      scaleText(sheet.scale),
      shownText(filter, deviceFilter),
      ...(sheet.simultaneous ? ['every column from the same start'] : []),
    ].join('   '),
    right: [
      ...(simulated ? ['SIMULATED ECG'] : []),
      durationS > PAGE_S
        ? `${clock(startS)} to ${clock(startS + pageS)} of ${clock(durationS)}`
        : durationText(durationS),
    ].join('   '),
    caution: filterCautions(filter).join('   '),
  };
}

function shownText(filter: Filters, deviceFilter: Filters | null): string {
  const own = filterText(filter);
  if (own !== null) return `display filter ${own}`;
  const device = filterText(deviceFilter ?? NO_FILTER);
  return device === null ? 'as recorded, no filter' : `as recorded, device filter ${device}`;
}
