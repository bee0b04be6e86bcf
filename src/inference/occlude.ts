import type { Lead, ModelCard } from '../ecg';
import type { Network } from '../network';
import { type Demographics, demographicInputs } from './demographics';
import type { NetworkInput } from './input';
import { nextTask } from './next-task';
import { type WaveFeatures, waveInputs } from './wave-inputs';

/** Length of a stretch that is blanked, seconds: shorter than a beat, longer than a wave. */
const STEP_S = 0.5;
/** Over this time a stretch fades out and in, seconds: an edge would be a deflection of its own. */
const FADE_S = 0.02;
/** Copies that go through the network together; between them an abort is looked at. */
const BATCH = 6;

/** For every label at once, since one pass through the network gives them all. */
export interface Occlusion {
  readonly stepS: number;
  readonly steps: number;
  readonly leads: readonly Lead[];
  /** [labels] Calibrated log-odds of the whole input. */
  readonly whole: Float32Array<ArrayBuffer>;
  /** [leads, steps, labels] Fall of the calibrated log-odds when that stretch of that lead is 0, its mean. */
  readonly falls: Float32Array<ArrayBuffer>;
}

export interface OcclusionProgress {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Blanks each stretch of each present lead in turn.
 *
 * @param given the network's own input of one window
 * @param who age and sex for the fusion, as the probabilities were computed for
 * @throws the signal's reason when it is aborted
 */
export async function occlude(
  card: ModelCard,
  network: Network,
  given: NetworkInput,
  who: Demographics,
  measured: WaveFeatures,
  { signal, onProgress }: OcclusionProgress,
): Promise<Occlusion> {
  const { input } = card;
  const width = input.leads.length;
  const samples = given.ecg.length / width;
  const stepS = STEP_S;
  const steps = Math.ceil(samples / (stepS * input.samplingRateHz) - 1e-9);
  const present = [...input.leads.keys()].filter((lead) => given.mask[lead] === 1);
  const patches = present.flatMap((lead) => Array.from({ length: steps }, (_, step) => ({ lead, step })));
  const scored = (ecg: Float32Array, batch: number) => logOdds(card, network, ecg, given.mask, who, measured, batch);

  const whole = await scored(given.ecg, 1);
  const falls = new Float32Array(patches.length * card.labels.length);
  for (let first = 0; first < patches.length; first += BATCH) {
    await nextTask();
    signal?.throwIfAborted();
    const now = patches.slice(first, first + BATCH);
    const copies = new Float32Array(now.length * given.ecg.length);
    for (const [n, { lead, step }] of now.entries()) {
      const copy = copies.subarray(n * given.ecg.length, (n + 1) * given.ecg.length);
      copy.set(given.ecg);
      blank(copy, width, lead, step * stepS * input.samplingRateHz, stepS * input.samplingRateHz, input.samplingRateHz);
    }
    const odds = await scored(copies, now.length);
    for (const [i, one] of odds.entries()) {
      falls[first * card.labels.length + i] = (whole[i % card.labels.length] ?? 0) - one;
    }
    onProgress?.(first + now.length, patches.length);
  }
  return { stepS, steps, leads: present.flatMap((lead) => input.leads[lead] ?? []), whole, falls };
}

/** Fades a stretch of one lead to 0, in place; time-major [T, width]. */
export function blank(
  ecg: Float32Array,
  width: number,
  lead: number,
  from: number,
  count: number,
  rateHz: number,
): void {
  const fade = FADE_S * rateHz;
  const first = Math.max(0, Math.ceil(from - fade));
  const last = Math.min(ecg.length / width, from + count + fade);
  for (let t = first; t < last; t++) {
    const outside = Math.max(from - t, t - (from + count - 1), 0);
    const at = t * width + lead;
    ecg[at] = (ecg[at] ?? 0) * Math.min(1, outside / fade);
  }
}

/** [batch, labels] Calibrated log-odds (Platt 1999): slope · logit + intercept. */
async function logOdds(
  { input, labels }: ModelCard,
  network: Network,
  ecg: Float32Array,
  mask: Float32Array,
  who: Demographics,
  measured: WaveFeatures,
  batch: number,
): Promise<Float32Array<ArrayBuffer>> {
  const masks = Float32Array.from({ length: batch * mask.length }, (_, i) => mask[i % mask.length] ?? 0);
  const features = network.encode(ecg, masks, batch);
  try {
    const { age, sex } = demographicInputs(who, input, batch);
    const logits = await network.fuse(features, age, sex, waveInputs(measured, input, batch));
    return logits.map((logit, i) => {
      const { slope = Number.NaN, intercept = Number.NaN } = labels[i % labels.length]?.calibration ?? {};
      return slope * logit + intercept;
    });
  } finally {
    features.dispose();
  }
}
