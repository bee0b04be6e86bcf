/** One sheet shows ten seconds, as a cart's does. */
export const PAGE_S = 10;

/** How far a page is turned back so that the last one is full, too; rounding of the file's length is not worth a page. */
const SLACK_S = 0.05;

export const lastPageStart = (durationS: number) => Math.max(0, durationS - PAGE_S);

export const pageCount = (durationS: number) => Math.max(1, Math.ceil((durationS - SLACK_S) / PAGE_S));

/** The start of the page before or after, kept within the recording; the last page ends with the recording. */
export function turnPage(startS: number, step: number, durationS: number): number {
  const onGrid = step > 0 ? Math.floor(startS / PAGE_S) : Math.ceil(startS / PAGE_S);
  return Math.min(Math.max(0, (onGrid + step) * PAGE_S), pageCount(durationS) > 1 ? lastPageStart(durationS) : 0);
}
