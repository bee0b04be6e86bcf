import { type PaperScale, riseMm } from './units';

/** A point on the sheet: mm from its left and upper edge. */
export type Point = readonly [x: number, y: number];

/** The pulse is 5 mm wide at any speed, with 1 mm of baseline on either side. */
const WIDTH_MM = 5;
const FOOT_MM = 1;

/** The calibration pulse: 1 mV high, so that the gain can be read off the paper. `x` is where it rises. */
export function calibrationPulse(x: number, baseline: number, scale: PaperScale): readonly Point[] {
  const top = baseline - riseMm(1, scale);
  return [
    [x - FOOT_MM, baseline],
    [x, baseline],
    [x, top],
    [x + WIDTH_MM, top],
    [x + WIDTH_MM, baseline],
    [x + WIDTH_MM + FOOT_MM, baseline],
  ];
}
