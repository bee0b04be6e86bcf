import type { EcgLead } from '../ecg';

/** A level is the mean over this time, one period of 50 Hz: hum adds nothing to it, seconds. */
const LEVEL_S = 0.02;

/** The recorded level just before or just after a moment, in the lead's unit; null where no whole level is there. Seconds from the first sample. */
export function level({ samples, samplingRateHz }: EcgLead, timeS: number, side: 'before' | 'after'): number | null {
  const at = Math.round(timeS * samplingRateHz);
  const width = Math.max(1, Math.round(LEVEL_S * samplingRateHz));
  const first = side === 'before' ? at - width : at;
  if (first < 0 || first + width > samples.length) return null;
  const part = samples.subarray(first, first + width);
  const mean = part.reduce((sum, v) => sum + v, 0) / width;
  return Number.isNaN(mean) ? null : mean;
}

/** Net and absolute area of a lead against a level over a stretch, unit times seconds; null where samples are missing. */
export function area(
  { samples, samplingRateHz }: EcgLead,
  fromS: number,
  toS: number,
  levelAt: number,
): { readonly net: number; readonly absolute: number } | null {
  const part = samples.subarray(Math.max(0, Math.round(fromS * samplingRateHz)), Math.round(toS * samplingRateHz) + 1);
  let [net, absolute] = [0, 0];
  for (const v of part) {
    net += v - levelAt;
    absolute += Math.abs(v - levelAt);
  }
  return part.length === 0 || Number.isNaN(net)
    ? null
    : { net: net / samplingRateHz, absolute: absolute / samplingRateHz };
}
