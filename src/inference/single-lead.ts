import { UNKNOWN_PATIENT } from '../ecg';
import type { EcgSource } from './encode';
import type { Head } from './head';
import { type HeadFeatures, headProbabilities } from './head';
import type { Model } from './model';
import { createSessionBeside, type Session } from './session';

/** The network of one lead and the head that weighs what it sees with what was measured. */
export interface RhythmReader {
  readonly model: Model;
  readonly head: Head;
  /**
   * Probability of each of the head's outputs.
   *
   * @param source whose lead I is read, 0 s to its end
   * @param measured of the same lead (`waves/rhythm-features.ts`)
   * @returns null where the network has no window to read
   */
  read(source: EcgSource, measured: HeadFeatures, signal?: AbortSignal): Promise<readonly number[] | null>;
  dispose(): void;
}

/** Keeps a logarithm finite, as in `training/efficientecg/rhythm_network.py`. */
const LEAST = 1e-7;

/** A reader on the backend of a session that is up; the network itself is brought up for the first recording of one lead. */
export function rhythmReader(model: Model, head: Head, beside: Session): RhythmReader {
  let starting: Promise<Session> | null = null;
  const started = () => {
    starting ??= createSessionBeside(beside, model);
    starting.catch(() => {
      starting = null;
    });
    return starting;
  };
  return {
    model,
    head,
    async read(source, measured, signal) {
      const session = await started();
      const encoded = await session.encode(source, signal);
      if (encoded.kind !== 'encoded') return null;
      try {
        const { logits } = await session.fuse(encoded, UNKNOWN_PATIENT);
        const seen = meanLogarithms(logits, model.card.labels.length);
        const named = model.card.labels.map(({ code }, n) => [`network.${code}`, seen[n] ?? Number.NaN] as const);
        return headProbabilities(head, { ...measured, ...Object.fromEntries(named) });
      } finally {
        encoded.dispose();
      }
    },
    dispose: () => void starting?.then((session) => session.dispose()),
  };
}

/** Logits [windows, classes] to the logarithm of each class's mean probability over the windows. */
export function meanLogarithms(logits: Float32Array, classes: number): readonly number[] {
  const sums = new Float64Array(classes);
  for (let first = 0; first < logits.length; first += classes) {
    const row = [...logits.subarray(first, first + classes)];
    const greatest = Math.max(...row);
    const odds = row.map((z) => Math.exp(z - greatest));
    const all = odds.reduce((a, b) => a + b, 0);
    odds.forEach((v, c) => {
      sums[c] = (sums[c] ?? 0) + v / all;
    });
  }
  return Array.from(sums, (sum) => Math.log(Math.max(LEAST, (sum * classes) / logits.length)));
}
