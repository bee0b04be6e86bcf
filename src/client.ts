import { proxy, type Remote, wrap } from 'comlink';
import {
  type Backend,
  type Ecg,
  EcgError,
  type ErrorRecord,
  type MarkEdit,
  type PatientEdit,
  type Reading,
  toError,
} from './ecg';
import type { Answer, Engine, Opened, ReadOptions, WorkerApi } from './worker';

export type { Engine, Opened, ReadOptions };

export interface AnalyseOptions {
  readonly signal?: AbortSignal;
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * The page's handle on the analysis worker. Every promise rejects with an `EcgError`.
 * What the reader opened and entered lives here, so that a lost worker is replaced and told again.
 */
export interface Client {
  load(modelId: string, backend: Backend | 'auto'): Promise<Engine>;
  /** Decodes a drop: each recording or failure is one entry, in the order of the files. Never rejects for a bad file. */
  open(files: readonly File[], options?: ReadOptions): Promise<readonly Opened[]>;
  /** Full analysis with what the reader entered so far. Rejects with ABORTED when the signal fires. */
  analyse(id: string, options?: AnalyseOptions): Promise<Reading>;
  /** Re-runs the fusion only. Resolves to null when a newer edit was made meanwhile. */
  setPatient(id: string, edit: PatientEdit): Promise<Reading | null>;
  /** Measures again with these marks in place of the delineator's. Resolves to null when a newer edit was made meanwhile. */
  setMarks(id: string, marks: readonly MarkEdit[]): Promise<Reading | null>;
  /** All leads of a stretch, as recorded. */
  window(id: string, startS: number, durationS: number): Promise<Ecg>;
  close(id: string): Promise<void>;
  terminate(): void;
}

interface Drop {
  readonly files: readonly File[];
  readonly options: ReadOptions;
}

/** What the reader changed in one recording. */
interface Edited {
  readonly edit: PatientEdit;
  readonly marks: readonly MarkEdit[];
  readonly revision: number;
}

const UNEDITED: Edited = { edit: {}, marks: [], revision: 0 };

interface Connection {
  readonly remote: Remote<WorkerApi>;
  /** Rejects when the worker dies; never resolves. */
  readonly lost: Promise<never>;
  readonly end: () => void;
}

export function createClient(): Client {
  const drops = new Map<number, Drop>();
  const closed = new Set<string>();
  const edits = new Map<string, Edited>();
  let drop = 0;
  let model: { id: string; backend: Backend | 'auto' } | null = null;
  let connection = connect();
  /** Until a new worker has been told everything. */
  let restored: Promise<void> = Promise.resolve();

  /** One call; where the worker is lost, once more on a new one that was told everything again. */
  async function call<T>(work: (remote: Remote<WorkerApi>) => Promise<Answer<T>>): Promise<T> {
    const used = connection;
    try {
      await restored;
      return await ask(used, work);
    } catch (error) {
      if (!(error instanceof EcgError) || error.code !== 'WORKER_LOST') throw error;
      if (connection === used) {
        used.end();
        connection = connect();
        restored = restore(connection);
      }
      await restored;
      return ask(connection, work);
    }
  }

  async function restore(fresh: Connection): Promise<void> {
    if (model) {
      const { id, backend } = model;
      await ask(fresh, (remote) => remote.load(modelsUrl(), id, backend));
    }
    for (const [number, { files, options }] of drops) {
      await ask(fresh, (remote) => remote.open(number, [...files], options));
    }
    for (const id of closed) await fresh.remote.close(id);
  }

  /** Analyses what this worker has not analysed yet (a new one has analysed nothing), then concludes for the patient as entered. */
  const conclude = (id: string, onProgress: (share: number) => void) =>
    call<Reading>(async (remote) => {
      const analysed = await remote.analyse(id, proxy(onProgress));
      const { edit, marks } = edits.get(id) ?? UNEDITED;
      return 'error' in analysed ? analysed : remote.conclude(id, edit, marks);
    });

  /** The reading after an edit, or null when a newer one was made meanwhile. */
  async function follow(id: string, change: (before: Edited) => Partial<Edited>): Promise<Reading | null> {
    const before = edits.get(id) ?? UNEDITED;
    const edited = { ...before, ...change(before), revision: before.revision + 1 };
    edits.set(id, edited);
    const reading = await conclude(id, () => {});
    return edits.get(id)?.revision === edited.revision ? reading : null;
  }

  return {
    load(id, backend) {
      model = { id, backend };
      return call<Engine>((remote) => remote.load(modelsUrl(), id, backend));
    },
    async open(files, options = {}) {
      const number = ++drop;
      const opened = await call<readonly Opened[]>((remote) => remote.open(number, [...files], options));
      drops.set(number, { files, options });
      return opened;
    },
    async analyse(id, { signal, onProgress } = {}) {
      const abort = () => void connection.remote.abort(id);
      signal?.addEventListener('abort', abort);
      try {
        signal?.throwIfAborted();
        return await conclude(id, onProgress ?? (() => {}));
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    setPatient: (id, edit) => follow(id, (before) => ({ edit: { ...before.edit, ...edit } })),
    setMarks: (id, marks) => follow(id, () => ({ marks })),
    window: (id, startS, durationS) => call<Ecg>((remote) => remote.window(id, startS, durationS)),
    async close(id) {
      closed.add(id);
      edits.delete(id);
      await connection.remote.close(id);
    },
    terminate: () => connection.end(),
  };
}

function modelsUrl(): string {
  return new URL('models/', document.baseURI).href;
}

function connect(): Connection {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'analysis' });
  const lost = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) =>
      reject(
        new EcgError('WORKER_LOST', 'The analysis stopped unexpectedly and was started again.', { found: message }),
      ),
    );
  });
  lost.catch(() => {});
  return { remote: wrap<WorkerApi>(worker), lost, end: () => worker.terminate() };
}

async function ask<T>(
  { remote, lost }: Connection,
  work: (remote: Remote<WorkerApi>) => Promise<Answer<T>>,
): Promise<T> {
  const answer = await Promise.race([work(remote), lost]);
  if ('error' in answer) throw toError(answer.error satisfies ErrorRecord);
  return answer.value;
}
