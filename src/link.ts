import { type Remote, wrap } from 'comlink';
import { EcgError, type ErrorRecord, toError } from './ecg';
import { onEnd, workerName } from './lifeline';
import { checkScript } from './release/sealed';
import { workerUrl } from './release/trusted';
import { heard, requestIn } from './requests';
import type { Answer, WorkerApi } from './worker';
import workerScript from './worker?worker&url';

/** One analysis worker that is replaced when it is lost, and told again what it has to know. */
export interface Link {
  /** One call; where the worker is lost, once more on a new one. Rejects with an `EcgError`. */
  call<T>(work: (remote: Remote<WorkerApi>) => Promise<Answer<T>>): Promise<T>;
  /** What needs no answer, to the worker as it is now. */
  tell(work: (remote: Remote<WorkerApi>) => unknown): void;
  end(): void;
}

/** One question to one worker, without a second try. */
export type Ask = <T>(work: (remote: Remote<WorkerApi>) => Promise<Answer<T>>) => Promise<T>;

interface Connection {
  readonly remote: Remote<WorkerApi>;
  /** Rejects when the worker dies; never resolves. */
  readonly lost: Promise<never>;
  readonly end: () => void;
}

/** @param restore tells a new worker everything that the one before it knew */
export function createLink(restore: (ask: Ask) => Promise<void>): Link {
  let connection = connect();
  /** Until a new worker has been told everything. */
  let restored: Promise<void> = Promise.resolve();

  return {
    async call(work) {
      const used = connection;
      try {
        await restored;
        return await ask(await used, work);
      } catch (error) {
        if (!(error instanceof EcgError) || error.code !== 'WORKER_LOST') throw error;
        if (connection === used) {
          (await used).end();
          const fresh = connect();
          connection = fresh;
          restored = restore((question) => fresh.then((now) => ask(now, question)));
        }
        await restored;
        return ask(await connection, work);
      }
    },
    tell: (work) =>
      void connection.then(
        ({ remote }) => work(remote),
        () => {},
      ),
    end: () =>
      void connection.then(
        ({ end }) => end(),
        () => {},
      ),
  };
}

/** A new worker, once its script was compared with the build's; what it loads later it compares itself. Rejects with an `EcgError`. */
async function connect(): Promise<Connection> {
  await checkScript(new URL(workerScript, document.baseURI).href).catch((thrown: unknown) => {
    if (thrown instanceof EcgError) throw thrown;
    const message = 'A part of this page could not be loaded: check the connection and load the page again.';
    throw new EcgError('WORKER_LOST', message, { found: String(thrown) });
  });
  const name = workerName();
  const worker = new Worker(workerUrl(workerScript), { type: 'module', name });
  const lost = new Promise<never>((_, reject) => {
    const lose = (found: string) =>
      reject(new EcgError('WORKER_LOST', 'The analysis stopped unexpectedly and was started again.', { found }));
    worker.addEventListener('error', ({ message }) => lose(message));
    worker.addEventListener('message', ({ data }) => {
      const request = requestIn(data);
      if (request) heard(request);
    });
    onEnd(worker, name, () => lose('the worker has ended'));
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
