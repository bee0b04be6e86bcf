import type { Channel, Lead } from '../ecg';

/**
 * How four limb leads follow from I and II, as weights (of I, of II).
 * Einthoven 1913 (III = II − I) and Goldberger 1942 (augmented leads).
 */
export const IDENTITIES: ReadonlyMap<Lead, readonly [number, number]> = new Map([
  ['III', [-1, 1]],
  ['aVR', [-0.5, -0.5]],
  ['aVL', [1, -0.5]],
  ['aVF', [-0.5, 1]],
]);

/**
 * The limb leads that a recording lacks and that follow exactly from its I and II.
 * None where I and II differ in rate or length, or have no absolute voltage: each lead of such a file has a scale of its own.
 */
export function derivableLeads(channels: readonly Channel[]): readonly Lead[] {
  const one = channels.find(({ lead }) => lead === 'I');
  const two = channels.find(({ lead }) => lead === 'II');
  if (!one || !two || one.unit !== 'mV' || two.unit !== 'mV') return [];
  if (one.samplingRateHz !== two.samplingRateHz || one.sampleCount !== two.sampleCount) return [];
  return [...IDENTITIES.keys()].filter((derived) => !channels.some(({ lead }) => lead === derived));
}

/** A limb lead from I and II (mV, same rate and length); NaN where either is missing. Throws RangeError for I, II and V leads. */
export function deriveLead(
  lead: Lead,
  one: Float32Array<ArrayBuffer>,
  two: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const weights = IDENTITIES.get(lead);
  if (!weights) throw new RangeError(`${lead} does not follow from I and II`);
  const [a, b] = weights;
  return one.map((value, i) => a * value + b * (two[i] ?? Number.NaN));
}
