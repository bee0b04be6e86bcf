import type { Ecg, EcgLead, Lead, ModelInput } from '../ecg';
import { butterworthBandpass } from '../signal/butterworth';
import { filterForwardBackward, filterPadding } from '../signal/filter';
import { bridgeGaps } from '../signal/gaps';
import { resample } from '../signal/resample';

/** What the network is given for one window. Private to inference: never drawn, measured or exported. */
export interface NetworkInput {
  /** [T, leads] time-major, z-scored, at the model's rate; 0 where missing or masked. */
  readonly ecg: Float32Array<ArrayBuffer>;
  /** [leads], 1 where the lead is present. */
  readonly mask: Float32Array<ArrayBuffer>;
}

/** One lead's window at its recorded rate, ready to be resampled. */
interface Scored {
  readonly channel: number;
  readonly samplingRateHz: number;
  readonly signal: Float64Array;
}

/**
 * Gaps bridged, 0.5–40 Hz band-passed at the recorded rate, cut, z-scored and resampled, as the card's `input` says.
 * In double precision throughout; the same steps as `training/efficientecg/frontend.py`, equal to 1e-5.
 *
 * @param chunk recorded signal: the window and what was recorded up to `contextS` around it; not changed
 * @param startS start of the window, seconds from the start of the recording
 * @param durationS length of the window, seconds
 */
export function networkInput(chunk: Ecg, startS: number, durationS: number, input: ModelInput): NetworkInput {
  const { samplingRateHz, minSamplingRateHz, leads, filter, normalisation, resampler } = input;
  const asked = JSON.stringify([
    startS,
    durationS,
    samplingRateHz,
    minSamplingRateHz,
    leads,
    filter,
    normalisation,
    resampler,
  ]);
  const last = given.get(chunk);
  if (last?.asked === asked) return last.input;
  const computed = computeInput(chunk, startS, durationS, input);
  given.set(chunk, { asked, input: computed });
  return computed;
}

/** The two networks look at the same ten seconds, mostly with the same front end: the last input of a chunk serves both. */
const given = new WeakMap<Ecg, { readonly asked: string; readonly input: NetworkInput }>();

function computeInput(chunk: Ecg, startS: number, durationS: number, input: ModelInput): NetworkInput {
  const channels = input.leads.length;
  const steps = Math.round(durationS * input.samplingRateHz);
  const ecg = new Float32Array(steps * channels);
  const mask = new Float32Array(channels);
  const scored = input.leads.flatMap((lead, channel) => {
    const recorded = findLead(chunk, lead, input);
    const signal = recorded && scoreWindow(recorded, chunk.startS, startS, durationS, input);
    return signal ? [{ channel, samplingRateHz: recorded.samplingRateHz, signal }] : [];
  });
  for (const group of groupAlike(scored)) {
    const [{ samplingRateHz } = { samplingRateHz: 0 }] = group;
    const signals = group.map(({ signal }) => signal);
    // A lead that ends before the window does is zero from there on.
    const recorded = Math.ceil(((signals[0]?.length ?? 0) * input.samplingRateHz) / samplingRateHz - 1e-9);
    const count = Math.min(steps, recorded);
    const resampled = resample(signals, samplingRateHz, input.samplingRateHz, count, input.resampler);
    resampled.forEach((signal, i) => {
      const channel = group[i]?.channel ?? 0;
      mask[channel] = 1;
      for (let t = 0; t < count; t++) ecg[t * channels + channel] = signal[t] ?? 0;
    });
  }
  return { ecg, mask };
}

/** The lead, if it was recorded fast enough for the model. */
function findLead(chunk: Ecg, name: Lead, { minSamplingRateHz }: ModelInput): EcgLead | undefined {
  return chunk.leads.find(({ lead, samplingRateHz }) => lead === name && samplingRateHz >= minSamplingRateHz);
}

/** Leads of equal rate and length share the resampler's weights. */
function groupAlike(leads: readonly Scored[]): Scored[][] {
  const groups = new Map<string, Scored[]>();
  for (const lead of leads) {
    const key = `${lead.samplingRateHz} ${lead.signal.length}`;
    groups.set(key, [...(groups.get(key) ?? []), lead]);
  }
  return [...groups.values()];
}

/** The window's samples, filtered and z-scored, 0 where missing; null when the lead is to be masked. */
function scoreWindow(lead: EcgLead, chunkStartS: number, startS: number, durationS: number, input: ModelInput) {
  const { maxMissingFraction, minStandardDeviation } = input.normalisation;
  const start = Math.round((startS - chunkStartS) * lead.samplingRateHz);
  const end = Math.min(lead.samples.length, start + Math.round(durationS * lead.samplingRateHz));
  const recorded = lead.samples.subarray(start, end);
  let present = 0;
  for (let i = 0; i < recorded.length; i++) if (Number.isFinite(recorded[i])) present++;
  if (end <= start || 1 - present / recorded.length > maxMissingFraction) return null;

  const signal = bandPass(lead, input)?.slice(start, end);
  if (!signal) return null;
  // Plain loops: twelve leads of this are on the way to every reading.
  let sum = 0;
  for (let i = 0; i < signal.length; i++) if (Number.isFinite(recorded[i])) sum += signal[i] ?? 0;
  const mean = sum / present;
  let squares = 0;
  for (let i = 0; i < signal.length; i++) if (Number.isFinite(recorded[i])) squares += ((signal[i] ?? 0) - mean) ** 2;
  const deviation = Math.sqrt(squares / present);
  if (!(deviation >= minStandardDeviation)) return null;
  for (let i = 0; i < signal.length; i++) {
    signal[i] = Number.isFinite(recorded[i]) ? ((signal[i] ?? 0) - mean) / deviation : 0;
  }
  return signal;
}

/** A copy of the whole lead with its gaps bridged, 0.5–40 Hz at the recorded rate; null when it is too short for the filter. */
export function bandPass({ samples, samplingRateHz }: EcgLead, { filter }: ModelInput): Float64Array | null {
  const sections = butterworthBandpass(filter.order, filter.lowHz, filter.highHz, samplingRateHz);
  if (samples.length <= filterPadding(sections)) return null;
  return filterForwardBackward(sections, bridgeGaps(samples));
}
