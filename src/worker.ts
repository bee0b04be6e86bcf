import { expose } from 'comlink';
import {
  type Analysis,
  analyse,
  closeNetwork,
  conclude,
  decoded,
  fileSource,
  type Network,
  openFiles,
  openNetwork,
  type ReadOptions,
  remeasure,
  stretch,
  unreadable,
} from './analyse';
import {
  type Backend,
  type Ecg,
  EcgError,
  type ErrorRecord,
  editPatient,
  errorRecord,
  type MarkEdit,
  type ModelCard,
  type PatientEdit,
  type Reading,
  type Recording,
} from './ecg';

/** The loaded model and where it runs. */
export interface Engine {
  readonly backend: Backend;
  /** One sentence: which backend and why. */
  readonly reason: string;
  readonly card: ModelCard;
}

/** One recording of a drop, or one failure. `error` of the reading says which. */
export interface Opened {
  readonly id: string;
  readonly reading: Reading;
}

/** What crosses the boundary instead of an exception, which would lose its code. */
export type Answer<T> = { readonly value: T } | { readonly error: ErrorRecord };

/** One open recording, and its analysis once there is one. */
interface Held {
  readonly recording: Recording;
  analysis: Analysis | null;
  running: AbortController | null;
}

const held = new Map<string, Held>();
let network: Network | null = null;

const api = {
  load: (models: string, id: string, backend: Backend | 'auto') =>
    answer(async (): Promise<Engine> => {
      if (network) closeNetwork(network);
      network = null;
      network = await openNetwork(models, id, backend);
      return { backend: network.session.backend, reason: network.session.reason, card: network.model.card };
    }),

  /** Decodes a drop. Ids are `<drop>.<n>`, so that a restarted worker gives the same ones again. */
  open: (drop: number, files: readonly File[], options: ReadOptions) =>
    answer(async (): Promise<readonly Opened[]> => {
      const outcomes = await openFiles(files.map(fileSource), options);
      return Promise.all(
        outcomes.map(async (outcome, n) => {
          const id = `${drop}.${n}`;
          if ('error' in outcome) return { id, reading: await unreadable(outcome.name, outcome.parts, outcome.error) };
          held.set(id, { recording: outcome.recording, analysis: null, running: null });
          return { id, reading: decoded(outcome.recording) };
        }),
      );
    }),

  /** Everything but the patient's part; a second call for the same recording is answered from the first. */
  analyse: (id: string, onProgress: (share: number) => void) =>
    answer(async (): Promise<void> => {
      const one = find(id);
      if (one.analysis) return;
      one.running?.abort();
      const running = new AbortController();
      one.running = running;
      try {
        const analysis = await analyse(one.recording, network, { signal: running.signal, onProgress });
        if (running.signal.aborted || held.get(id) !== one) {
          analysis.encoded?.dispose();
          running.signal.throwIfAborted();
        } else {
          one.analysis = analysis;
        }
      } finally {
        if (one.running === running) one.running = null;
      }
    }),

  /** For the patient and with the marks as the reader has them. */
  conclude: (id: string, edit: PatientEdit, marks: readonly MarkEdit[]) =>
    answer(async (): Promise<Reading> => {
      const { recording, analysis } = find(id);
      if (!analysis) throw new EcgError('INTERNAL', 'This recording has not been analysed yet.', { where: id });
      return conclude(await remeasure(recording, analysis, marks), editPatient(recording.patient, edit), network);
    }),

  window: (id: string, startS: number, durationS: number) =>
    answer((): Promise<Ecg> => stretch(find(id).recording, startS, durationS)),

  abort: (id: string) => held.get(id)?.running?.abort(),

  close: (id: string) => {
    held.get(id)?.running?.abort();
    held.get(id)?.analysis?.encoded?.dispose();
    held.delete(id);
  },
};

export type { ReadOptions };
export type WorkerApi = typeof api;

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() };
  } catch (thrown) {
    return { error: errorRecord(thrown) };
  }
}

function find(id: string): Held {
  const one = held.get(id);
  if (!one) throw new EcgError('INTERNAL', 'This recording is not open any more.', { where: id });
  return one;
}

expose(api);
