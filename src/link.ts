import { type Remote, wrap } from 'comlink';
import { EcgError, type ErrorRecord, toError } from './ecg';
import type { Answer, WorkerApi } from './worker';

/** One analysis worker that is replaced when it is lost, and told again what it has to know. */
export interface Link {
  /** One call; where the worker is lost, once more on a new one. Rejects with an `EcgError`. */
  call<T>(work: (remote: Remote<WorkerApi>) => Promise<Answer<T>>): Promise<T>;
  /** The worker as it is now, for what needs no answer. */
  remote(): Remote<WorkerApi>;
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
        return await ask(used, work);
      } catch (error) {
        if (!(error instanceof EcgError) || error.code !== 'WORKER_LOST') throw error;
        if (connection === used) {
          used.end();
          const fresh = connect();
          connection = fresh;
          restored = restore((question) => ask(fresh, question));
        }
        await restored;
        return ask(connection, work);
      }
    },
    remote: () => connection.remote,
    end: () => connection.end(),
  };
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
