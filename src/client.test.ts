import type { Remote } from 'comlink';
import { beforeEach, expect, test, vi } from 'vitest';
import { createClient } from './client';
import type { Link } from './link';
import type { Answer, Desk, Engine, WorkerApi } from './worker';

/** What is said to each worker while something else is still going on. */

const said: string[][] = [];
/** While set, the first worker's exchange of the model waits. */
let exchange: Promise<void> = Promise.resolve();
let desk: Desk | null = null;

const ENGINE = { backend: 'wasm', reason: '', own: false } as unknown as Engine;

/** A worker that answers at once, but for the exchange. */
function worker(log: string[], isFirst: boolean) {
  const value = async <T>(answered: T): Promise<Answer<T>> => ({ value: answered });
  return {
    load: () => value(ENGINE),
    takeOwn: async (files: readonly File[] | null) => {
      if (isFirst) await exchange;
      log.push(files ? 'own' : 'bundled');
      return value(ENGINE);
    },
    open: (drop: number) => {
      log.push(`open ${drop}`);
      return value([]);
    },
    challenge: () => value(null),
    analyse: (_: string, given: Desk) => {
      desk = given;
      return value(null);
    },
    conclude: (_: string, edit: object) => {
      log.push(`conclude ${JSON.stringify(edit)}`);
      return value({} as never);
    },
    search: () => value(null),
    release: () => value(undefined),
  } as unknown as Remote<WorkerApi>;
}

vi.mock('./link', () => ({
  createLink: (): Link => {
    const log: string[] = [];
    const remote = worker(log, said.push(log) === 1);
    return {
      async call(work) {
        const answer = await work(remote);
        if ('error' in answer) throw answer.error;
        return answer.value;
      },
      tell: (work) => void work(remote),
      end: () => {},
    };
  },
}));

beforeEach(() => {
  said.length = 0;
  desk = null;
  exchange = Promise.resolve();
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  vi.stubGlobal('document', { baseURI: 'http://page/' });
});

function held() {
  let letGo = () => {};
  exchange = new Promise((resolve) => {
    letGo = resolve;
  });
  return letGo;
}

const OWN = [new File(['{}'], 'model.json')];

test('a second worker that starts while the model is exchanged reads with the same model, and knows every drop', async () => {
  const client = createClient();
  await client.load('efficientecg', 'wasm');
  await client.open([]);
  const letGo = held();
  const taken = client.takeOwn(OWN);
  const dropped = client.open([]);
  const widened = client.widen();
  await new Promise((resolve) => setTimeout(resolve, 10));
  letGo();
  await Promise.all([taken, dropped, widened]);
  expect(said).toEqual([
    ['open 1', 'own', 'open 2'],
    ['own', 'open 1', 'open 2'],
  ]);
});

test('an analysis that an exchange of the model waits for asks no worker that would wait for the exchange', async () => {
  const client = createClient();
  await client.load('efficientecg', 'wasm');
  await client.analyse('1.0');
  const letGo = held();
  const taken = client.takeOwn(OWN);
  expect(await desk?.aid(0)).toBeNull();
  letGo();
  await taken;
});

test('what was entered since the last analysis is concluded for', async () => {
  const client = createClient();
  await client.analyse('1.0', { edit: {} });
  await client.analyse('1.0', { edit: { ageYears: 81 } });
  expect(said[0]).toEqual(['conclude {}', 'conclude {"ageYears":81}']);
});
