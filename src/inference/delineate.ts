import { type DelineatorCard, EcgError, type Lead, type WaveMap } from '../ecg';
import { createSegmenter, rowMultiple, type Segmenter } from '../network';
import { explainLoss, type Started } from './backend';
import { planChunks } from './chunks';
import type { EcgSource } from './encode';
import { blend, CLASSES, cut, look, type Seen } from './look';
import type { Model } from './model';
import { nextTask } from './next-task';

/** A delineator on a backend. Every method throws EcgError WORKER_LOST once the graphics device is gone: restart the worker. */
export interface Delineator {
  /**
   * The whole recording: a map for each of the model's leads that it has. Some 14 MB for one hour of one lead: see {@link pieces}.
   *
   * @param onProgress told the share that is done, 0 to 1
   * @throws the signal's reason when it is aborted, looked at before each chunk
   */
  delineate(source: EcgSource, signal?: AbortSignal, onProgress?: (share: number) => void): Promise<readonly WaveMap[]>;
  /** The same maps in pieces that join without a gap, one after another, so that 24 h are never in memory at once. */
  pieces(source: EcgSource, signal?: AbortSignal): AsyncGenerator<readonly WaveMap[]>;
  /** Frees the weights. */
  dispose(): void;
}

/**
 * Brings a delineator up on a backend that has been started, warmed up.
 *
 * @throws EcgError BACKEND_UNAVAILABLE when its numbers are none there
 */
export async function createDelineator(model: Model<DelineatorCard>, started: Started): Promise<Delineator> {
  const segmenter = createSegmenter(model.card, model.weights);
  await segmenter.prepare();
  await warmUp(segmenter, model.card, started);

  const { samplingRateHz } = model.card.input;

  async function* pieces(source: EcgSource, signal?: AbortSignal): AsyncGenerator<readonly WaveMap[]> {
    const { chunks, fade } = planChunks(source.durationS, model.card);
    let tail: Seen = new Map();
    for (const chunk of chunks) {
      await nextTask();
      signal?.throwIfAborted();
      const seen = await explainLoss(started, () => look(model.card, segmenter, source, chunk));
      const kept = cut(seen, chunk.start - chunk.from, chunk.end - chunk.start);
      blend(tail, kept, fade);
      tail = cut(seen, chunk.end - chunk.from, fade);
      yield asMaps(kept, chunk.start, chunk.end - chunk.start, samplingRateHz);
    }
  }

  return {
    pieces,
    async delineate(source, signal, onProgress) {
      const samples = Math.round(source.durationS * samplingRateHz);
      const whole = new Map<Lead, Float32Array<ArrayBuffer>>();
      for await (const maps of pieces(source, signal)) {
        let end = samples;
        for (const { lead, startS, probabilities } of maps) {
          const all = whole.get(lead) ?? new Float32Array(samples * CLASSES);
          const start = Math.round(startS * samplingRateHz);
          all.set(probabilities, start * CLASSES);
          whole.set(lead, all);
          end = start + probabilities.length / CLASSES;
        }
        onProgress?.(end / samples);
      }
      return asMaps(whole, 0, samples, samplingRateHz);
    },
    dispose: () => segmenter.dispose(),
  };
}

/** One pass over nothing: whether numbers come out, and on WebGPU, which makes programs for each length, so that this does not fall on the first ECG. */
async function warmUp(
  segmenter: Segmenter,
  { architecture, input }: DelineatorCard,
  { backend }: Started,
): Promise<void> {
  const multiple = rowMultiple(architecture);
  const whole = backend === 'webgpu';
  const steps = whole ? Math.ceil((input.trainedLengthS * input.samplingRateHz) / multiple) * multiple : multiple;
  const leads = whole ? input.leads.length : 1;
  const logits = await segmenter.run(new Float32Array(leads * steps * architecture.channels.length), leads);
  if (logits.every(Number.isFinite)) return;
  segmenter.dispose();
  throw new EcgError('BACKEND_UNAVAILABLE', 'The delineator cannot run here: it gives numbers that are none.', {
    found: 'its numbers are not finite',
  });
}

function asMaps(seen: Seen, start: number, samples: number, samplingRateHz: number): WaveMap[] {
  return [...seen].map(([lead, probabilities]) => ({
    lead,
    startS: start / samplingRateHz,
    samplingRateHz,
    probabilities: probabilities ?? new Float32Array(samples * CLASSES),
  }));
}
