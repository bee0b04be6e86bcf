import { PAGE_S, type Sheet, scaleText } from '../paper';
import { clock, durationText } from './format';

/** What stands at the paper's lower edge, as on a cart's printout. */
export interface Printout {
  readonly left: string;
  readonly right: string;
}

export function printout(sheet: Sheet, startS: number, durationS: number, simulated: boolean): Printout {
  const pageS = Math.min(PAGE_S, durationS - startS);
  return {
    left: [
      scaleText(sheet.scale),
      'as recorded, no filter',
      ...(sheet.simultaneous ? ['every column from the same start'] : []),
    ].join('   '),
    right: [
      ...(simulated ? ['SIMULATED ECG'] : []),
      durationS > PAGE_S
        ? `${clock(startS)} to ${clock(startS + pageS)} of ${clock(durationS)}`
        : durationText(durationS),
    ].join('   '),
  };
}
