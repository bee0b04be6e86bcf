import type { Backend, Ecg, Lead, ModelCard, Saying } from '../ecg';
import type { Encoded, Network } from '../network';
import { type InWords, say } from '../words/say';
import { type NetworkInput, networkInput } from './input';
import type { Model } from './model';
import { nextTask } from './next-task';
import { planWindows, type WindowPlan } from './windows';

/** Where an ECG comes from. Asked for one window and its surroundings at a time, so that 24 h are never in memory at once. */
export interface EcgSource {
  readonly durationS: number;
  /** The recorded signal of a stretch, seconds from the start of the recording. */
  read(startS: number, durationS: number): Promise<Ecg>;
}

/** The network's features of one ECG, kept on the backend, so that a change of age or sex costs next to nothing. */
export interface EncodedEcg {
  readonly kind: 'encoded';
  /** The stretches that the network saw, seconds from the start of the recording. */
  readonly windows: readonly { readonly startS: number; readonly durationS: number }[];
  readonly coverage: WindowPlan['coverage'];
  /** The leads that the network saw in at least one window; all others were masked. */
  readonly leads: readonly Lead[];
  /** Network alone, all windows, milliseconds. */
  readonly inferenceMs: number;
  readonly features: Encoded;
  /** Frees what is held on the backend. */
  dispose(): void;
}

/** The network cannot read this ECG at all. */
export interface NotAssessed {
  readonly kind: 'notAssessed';
  /** Why: one sentence. */
  readonly reason: string;
  readonly saying?: Saying;
}

/** What the network is given of one window, with the context that its filter sees. */
export async function windowInput({ input }: ModelCard, source: EcgSource, { startS, durationS }: Window) {
  const from = Math.max(0, startS - input.contextS);
  const to = Math.min(source.durationS, startS + durationS + input.contextS);
  return networkInput(await source.read(from, to - from), startS, durationS, input);
}

type Window = EncodedEcg['windows'][number];

/** So many windows go through the network together: one alone leaves a graphics card idle, and WASM gains next to nothing by more. */
export const AT_ONCE: Record<Backend, number> = { webgpu: 8, wasm: 1, cpu: 2 };

/** The windows of a recording through the network, as many at once as suits its backend. */
export async function encode(
  { card }: Model,
  network: Network,
  atOnce: number,
  source: EcgSource,
  signal?: AbortSignal,
  onProgress?: (done: number, all: number) => void,
): Promise<EncodedEcg | NotAssessed> {
  const { input } = card;
  const plan = planWindows(source.durationS, input);
  if (!plan) return notAssessed(say('refusedShort', { s: Math.min(...input.lengths) }));
  const { durationS, startsS, coverage } = plan;
  const parts: Encoded[] = [];
  const windows: { startS: number; durationS: number }[] = [];
  const seen = new Set<Lead>();
  const waiting: NetworkInput[] = [];
  let inferenceMs = 0;

  async function encodeWaiting(): Promise<void> {
    const together = waiting.splice(0);
    const [ecg, mask] = [joined(together.map((one) => one.ecg)), joined(together.map((one) => one.mask))];
    const begun = performance.now();
    const part = network.encode(ecg, mask, together.length);
    parts.push(part);
    await part.settled();
    inferenceMs += performance.now() - begun;
  }

  try {
    for (const [i, startS] of startsS.entries()) {
      await nextTask();
      signal?.throwIfAborted();
      const given = await windowInput(card, source, { startS, durationS });
      // A window in which every lead is off would only blur the mean.
      if (given.mask.includes(1)) {
        waiting.push(given);
        windows.push({ startS, durationS });
        for (const lead of input.leads.filter((_, channel) => given.mask[channel] === 1)) seen.add(lead);
      }
      if (waiting.length === atOnce) await encodeWaiting();
      onProgress?.(i + 1, startsS.length);
    }
    signal?.throwIfAborted();
    if (waiting.length > 0) await encodeWaiting();
  } catch (thrown) {
    for (const part of parts) part.dispose();
    throw thrown;
  }
  if (parts.length === 0) {
    return notAssessed(say('refusedSlow', { hz: input.minSamplingRateHz }));
  }
  const features = network.join(parts);
  return {
    kind: 'encoded',
    windows,
    coverage,
    leads: input.leads.filter((lead) => seen.has(lead)),
    inferenceMs,
    features,
    dispose: () => features.dispose(),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function notAssessed({ text, saying }: InWords): NotAssessed {
  return { kind: 'notAssessed', reason: text, saying };
}
