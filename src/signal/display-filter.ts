import type { Ecg, EcgLead, Filters, Recording } from '../ecg';
import type { Section } from './butterworth';
import { filterForwardBackward, filterPadding } from './filter';
import { bridgeGaps } from './gaps';
import { stretch } from './stretch';

/** The filter sees so much signal on either side of what is shown, seconds: three time constants of a 0.05 Hz high-pass. Where the recording ends, its reflection. */
const MARGIN_S = 10;

/** Two passes together are to take off 3 dB at the named frequency, so each takes off half of that: |H|⁻² = √2 in each. */
const HALF_OF_3_DB = Math.SQRT2 - 1;

/** Of the notch: its frequency over its width. Sharper ones ring for longer behind each QRS. */
const NOTCH_Q = 15;

/**
 * A stretch as a display filter shows it; nothing is measured on it. Voltages only; forward and backward, so that no wave moves in time.
 *
 * @throws EcgError when the file's bytes cannot be decoded
 */
export async function filteredStretch(
  recording: Recording,
  startS: number,
  durationS: number,
  filter: Filters,
): Promise<Ecg> {
  const fromS = Math.max(0, startS - MARGIN_S);
  const wide = await stretch(recording, fromS, startS + durationS + MARGIN_S - fromS);
  return {
    startS,
    durationS: Math.max(0, Math.min(durationS, recording.durationS - startS)),
    leads: wide.leads.map((lead) => {
      const index = (timeS: number) => Math.round(timeS * lead.samplingRateHz);
      const first = index(startS) - index(fromS);
      const end = first + index(startS + durationS) - index(startS);
      return { ...lead, samples: filtered(lead, filter).slice(first, end) };
    }),
  };
}

/** A lead's samples through the filter, gaps kept; as they are where it is no voltage, or too short. */
function filtered({ samples, unit, samplingRateHz }: EcgLead, filter: Filters): Float32Array<ArrayBuffer> {
  const sections = displaySections(filter, samplingRateHz);
  if (unit !== 'mV' || sections.length === 0 || samples.length <= filterPadding(sections)) return samples;
  const padding = Math.min(samples.length - 1, Math.round(MARGIN_S * samplingRateHz));
  const through = filterForwardBackward(sections, mirrored(bridgeGaps(samples), padding));
  const out = Float32Array.from(through.subarray(padding, padding + samples.length));
  for (let i = 0; i < out.length; i++) if (Number.isNaN(samples[i])) out[i] = Number.NaN;
  return out;
}

/** The signal continued at both ends by its mirror image: a QRS that the end cuts is one more QRS, no step. */
function mirrored(signal: Float64Array, padding: number): Float64Array {
  const out = new Float64Array(signal.length + 2 * padding);
  out.set(signal, padding);
  for (let i = 1; i <= padding; i++) {
    out[padding - i] = signal[i] ?? 0;
    out[padding + signal.length - 1 + i] = signal[signal.length - 1 - i] ?? 0;
  }
  return out;
}

/**
 * High-pass of first order, low-pass of second (Butterworth 1930), notch of second, by the bilinear transform with pre-warped
 * edges; run both ways, each edge is 3 dB down at its named frequency. What lies over half the sampling rate needs no filter.
 */
export function displaySections({ highPassHz, lowPassHz, notchHz }: Filters, samplingRateHz: number): Section[] {
  const warp = (hz: number) => Math.tan((Math.PI * hz) / samplingRateHz);
  const exists = (hz: number | null): hz is number => hz !== null && hz < samplingRateHz / 2;
  return [
    ...(exists(highPassHz) ? [highPass(warp(highPassHz) * Math.sqrt(HALF_OF_3_DB))] : []),
    ...(exists(lowPassHz) ? [lowPass(warp(lowPassHz) / HALF_OF_3_DB ** 0.25)] : []),
    ...(exists(notchHz) ? [notch(warp(notchHz))] : []),
  ];
}

function highPass(k: number): Section {
  const gain = 1 / (1 + k);
  return [gain, -gain, 0, (k - 1) / (k + 1), 0];
}

function lowPass(k: number): Section {
  const norm = 1 / (1 + Math.SQRT2 * k + k * k);
  const gain = k * k * norm;
  return [gain, 2 * gain, gain, 2 * (k * k - 1) * norm, (1 - Math.SQRT2 * k + k * k) * norm];
}

function notch(k: number): Section {
  const norm = 1 / (1 + k / NOTCH_Q + k * k);
  const [ends, middle] = [(1 + k * k) * norm, 2 * (k * k - 1) * norm];
  return [ends, middle, ends, middle, (1 - k / NOTCH_Q + k * k) * norm];
}
