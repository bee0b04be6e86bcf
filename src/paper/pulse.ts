import { riseMm } from './units';

/** A point on the sheet: mm from its left and upper edge. */
export type Point = readonly [x: number, y: number];

/** The pulse is 5 mm wide at any speed, with 1 mm of baseline on either side. */
const WIDTH_MM = 5;
const FOOT_MM = 1;

/**
 * The calibration pulse: 1 mV high, so that the gain can be read off the paper. `x` is where it rises.
 *
 * @param gains mm/mV of the row's leads; where there are two it has a step for each, limb before chest
 */
export function calibrationPulse(x: number, baseline: number, gains: readonly number[]): readonly Point[] {
  const stepMm = WIDTH_MM / gains.length;
  return [
    [x - FOOT_MM, baseline],
    [x, baseline],
    ...gains.flatMap((gain, i): Point[] => {
      const y = baseline - riseMm(1, gain);
      return [
        [x + i * stepMm, y],
        [x + (i + 1) * stepMm, y],
      ];
    }),
    [x + WIDTH_MM, baseline],
    [x + WIDTH_MM + FOOT_MM, baseline],
  ];
}
