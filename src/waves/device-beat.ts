import type { DeviceBeat, MedianBeat, PlacedBeat } from '../ecg';
import { deriveLead, IDENTITIES } from '../signal/limb-leads';
import { median } from '../signal/median';

/** The two are compared over this distance on either side of our moment of alignment, seconds. */
const REACH_S = 0.25;

/**
 * The device's own beat laid over our median beats: where it correlates best in all shared leads together, at our rate, each lead on our level. For the eye alone: nothing is measured on it.
 *
 * @param device any leads, mV; limb leads that follow from its I and II are added
 */
export function placeDeviceBeat(device: readonly DeviceBeat[], ours: readonly MedianBeat[]): readonly PlacedBeat[] {
  const all = withLimbLeads(device);
  const pairs = ours.flatMap((own) => {
    const other = own.unit === 'mV' ? all.find(({ lead }) => lead === own.lead) : undefined;
    return other ? [{ own, values: resampled(other, own.samplingRateHz) }] : [];
  });
  const first = pairs[0];
  if (!first) return [];
  const { samplingRateHz } = first.own;
  const shared = pairs.filter(({ own }) => own.samplingRateHz === samplingRateHz);
  let [bestShift, most] = [0, Number.NEGATIVE_INFINITY];
  const longest = Math.max(...shared.map(({ values }) => values.length));
  for (let shift = 0; shift < longest; shift++) {
    const alike = shared.reduce((sum, { own, values }) => sum + likeness(own, values, shift), 0);
    if (alike > most) [bestShift, most] = [shift, alike];
  }
  return shared.map(({ own, values }): PlacedBeat => {
    const level = median(differences(own.samples, values, bestShift - zeroOf(own)));
    const samples = values.map((value) => value - level);
    return { lead: own.lead, samplingRateHz, startS: -bestShift / samplingRateHz, samples };
  });
}

function withLimbLeads(device: readonly DeviceBeat[]): readonly DeviceBeat[] {
  const [one, two] = ['I', 'II'].map((name) => device.find(({ lead }) => lead === name));
  if (!one || !two || one.samplingRateHz !== two.samplingRateHz || one.samples.length !== two.samples.length)
    return device;
  const missing = [...IDENTITIES.keys()].filter((lead) => !device.some((other) => other.lead === lead));
  return [...device, ...missing.map((lead) => ({ ...one, lead, samples: deriveLead(lead, one.samples, two.samples) }))];
}

/** Straight lines between the samples. */
function resampled({ samples, samplingRateHz }: DeviceBeat, rateHz: number): Float32Array<ArrayBuffer> {
  if (samplingRateHz === rateHz) return samples;
  return Float32Array.from({ length: Math.floor((samples.length * rateHz) / samplingRateHz) }, (_, n) => {
    const position = (n * samplingRateHz) / rateHz;
    const below = Math.floor(position);
    const low = samples[below] ?? Number.NaN;
    return low + (position - below) * ((samples[below + 1] ?? low) - low);
  });
}

/** Correlation about the QRS, when the device's sample `shift` lies at our moment of alignment; 0 where one of the two has no samples. */
function likeness(own: MedianBeat, values: Float32Array, shift: number): number {
  const reach = Math.round(REACH_S * own.samplingRateHz);
  const zero = zeroOf(own);
  let [count, sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0, 0];
  for (let n = Math.max(0, zero - reach); n <= zero + reach; n++) {
    const a = own.samples[n] ?? Number.NaN;
    const b = values[n - zero + shift] ?? Number.NaN;
    if (Number.isNaN(a) || Number.isNaN(b)) return 0;
    count++;
    sumA += a;
    sumB += b;
    squareA += a * a;
    squareB += b * b;
    product += a * b;
  }
  const spread = Math.sqrt((squareA - (sumA * sumA) / count) * (squareB - (sumB * sumB) / count));
  return spread > 0 ? (product - (sumA * sumB) / count) / spread : 0;
}

/** Which sample of ours lies at the moment of alignment. */
const zeroOf = ({ startS, samplingRateHz }: MedianBeat) => Math.round(-startS * samplingRateHz);

/** Value n + `offset` less sample n, where both are there. */
function differences(samples: Float32Array, values: Float32Array, offset: number): number[] {
  const found: number[] = [];
  for (let n = 0; n < samples.length; n++) {
    const difference = (values[n + offset] ?? Number.NaN) - (samples[n] ?? Number.NaN);
    if (!Number.isNaN(difference)) found.push(difference);
  }
  return found;
}
