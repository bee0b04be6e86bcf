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

/** The network's input without what comes before a row's first sample. */
interface Given {
  /** [samples, width] */
  readonly ecg: Float32Array;
  readonly width: number;
  readonly samples: number;
  /** Places of the present leads. */
  readonly leads: readonly number[];
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
  const given = { ecg: ecg.subarray(skipped * width), width, samples, leads };
  const steps = Math.ceil(samples / multiple) * multiple;
  const rows = new Float32Array(leads.length * steps * channels.length);
  for (const [channel, name] of channels.entries()) {
    const shared = name === 'lead' ? null : SHARED[name](given);
    for (const [row, lead] of leads.entries()) {
      const first = row * steps * channels.length + channel;
      for (let t = 0; t < samples; t++) {
        rows[first + t * channels.length] = (shared ? shared[t] : given.ecg[t * width + lead]) ?? 0;
      }
    }
  }
  return { rows, leads, steps };
}

const SHARED: Record<Exclude<RowChannel, 'lead'>, (given: Given) => Float64Array> = {
  /** Root mean square over the leads. */
  magnitude({ ecg, width, samples, leads }) {
    const magnitudes = new Float64Array(samples);
    for (let t = 0; t < samples; t++) {
      let sum = 0;
      for (let l = 0; l < leads.length; l++) sum += (ecg[t * width + (leads[l] ?? 0)] ?? 0) ** 2;
      magnitudes[t] = Math.sqrt(sum / leads.length);
    }
    return magnitudes;
  },

  /** Mean over the leads of |x[t + 1] − x[t − 1]| / 2; 0 at both ends. */
  slope({ ecg, width, samples, leads }) {
    const slopes = new Float64Array(samples);
    for (let t = 1; t < samples - 1; t++) {
      let sum = 0;
      for (let l = 0; l < leads.length; l++) {
        const at = t * width + (leads[l] ?? 0);
        sum += Math.abs((ecg[at + width] ?? 0) - (ecg[at - width] ?? 0));
      }
      slopes[t] = sum / 2 / leads.length;
    }
    return slopes;
  },
};
