import type { RowChannel } from '../ecg';
import type { NetworkInput } from './input';

/** A U-Net's batch: one row for each present lead. */
export interface Rows {
  /** [batch, T, channels], time-major; 0 beyond the window's end, where T is padded. */
  readonly rows: Float32Array<ArrayBuffer>;
  /** Each row's place among the model's leads. */
  readonly leads: readonly number[];
  /** T. */
  readonly steps: number;
}

/**
 * From the network's input to rows: each present lead beside what all present leads show at that moment.
 * The same steps as `training/delineator/model.py`'s `context`.
 *
 * @param skipped samples that the input has before the row's first
 * @param multiple T is padded with zeros to a multiple of it
 */
export function leadRows(
  { ecg, mask }: NetworkInput,
  channels: readonly RowChannel[],
  skipped: number,
  multiple: number,
): Rows {
  const width = mask.length;
  const leads = [...mask.keys()].filter((lead) => mask[lead] === 1);
  const samples = ecg.length / width - skipped;
  const steps = Math.ceil(samples / multiple) * multiple;
  const value = (t: number, lead: number) => ecg[(t + skipped) * width + lead] ?? 0;
  const rows = new Float32Array(leads.length * steps * channels.length);
  const fill = (row: number, channel: number, at: (t: number) => number) => {
    for (let t = 0; t < samples; t++) rows[(row * steps + t) * channels.length + channel] = at(t);
  };
  const shared = { magnitude: magnitude(value, leads, samples), slope: slope(value, leads, samples) };
  for (const [row, lead] of leads.entries()) {
    for (const [channel, name] of channels.entries()) {
      fill(row, channel, name === 'lead' ? (t) => value(t, lead) : (t) => shared[name][t] ?? 0);
    }
  }
  return { rows, leads, steps };
}

type Value = (t: number, lead: number) => number;

/** Root mean square over the leads. */
function magnitude(value: Value, leads: readonly number[], samples: number): Float64Array {
  return Float64Array.from({ length: samples }, (_, t) => {
    let sum = 0;
    for (const lead of leads) sum += value(t, lead) ** 2;
    return Math.sqrt(sum / leads.length);
  });
}

/** Mean over the leads of |x[t + 1] − x[t − 1]| / 2; 0 at both ends. */
function slope(value: Value, leads: readonly number[], samples: number): Float64Array {
  const slopes = new Float64Array(samples);
  for (let t = 1; t < samples - 1; t++) {
    let sum = 0;
    for (const lead of leads) sum += Math.abs(value(t + 1, lead) - value(t - 1, lead)) / 2;
    slopes[t] = sum / leads.length;
  }
  return slopes;
}
