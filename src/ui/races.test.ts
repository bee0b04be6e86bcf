import { expect, test, vi } from 'vitest';
import type { Client, Opened } from '../client';
import { EcgError, NO_REPORT_EDITS, type Reading } from '../ecg';
import { RECORDING, readingOf } from '../ecg/testing/reading';
import { restore } from './kept-ecg';
import { currentItem, phaseOf } from './state';
import { createPage } from './store';

/** What a fast reader does while something else is still going on. */

/** A busy machine is slow and not broken. */
const PATIENT = { timeout: 20_000 };

const reading = (name: string, part: Partial<Reading> = {}) => readingOf(name, { recording: RECORDING, ...part });

const NOT_READ = { code: 'CORRUPT_FILE', message: 'It is bad.', detail: {} } as const;
const ASKS = { code: 'NEEDS_INPUT', message: 'No rate.', detail: { missing: ['rate'] } } as const;

/** A promise that waits to be kept. */
function later<T>() {
  let give = (_: T) => {};
  let refuse = (_: unknown) => {};
  const promise = new Promise<T>((resolve, reject) => {
    give = resolve;
    refuse = reject;
  });
  return { promise, give, refuse };
}

/** Only what is named `good…` is decoded when it is listed; `lazy…` is when it is analysed. */
function pageOn() {
  let drop = 0;
  const names = new Map<string, string>();
  const client = {
    load: vi.fn(async () => ({ backend: 'wasm', reason: '', card: {} }) as never),
    begin: vi.fn(),
    onEngine: vi.fn(),
    holdsModel: vi.fn(async () => false),
    takeOwn: vi.fn(),
    fetchRest: vi.fn(async () => {}),
    open: vi.fn(async (files: readonly File[], options: { rateHz?: number } = {}): Promise<readonly Opened[]> => {
      drop++;
      return files.map(({ name }, n) => {
        const id = `${drop}.${n}`;
        names.set(id, name);
        const asks = name.startsWith('norate') && options.rateHz === undefined;
        const error = asks ? ASKS : name.startsWith('bad') ? NOT_READ : null;
        const recording = error || name.startsWith('lazy') ? null : RECORDING;
        return { id, reading: reading(name, { recording, error }), edit: {}, files: [n] };
      });
    }),
    analyse: vi.fn(async (id: string) => reading(names.get(id) ?? '', { beats: [1, 2] })),
    setPatient: vi.fn(async (id: string): Promise<Reading | null> => reading(names.get(id) ?? '')),
    setMarks: vi.fn(async (id: string): Promise<Reading | null> => reading(names.get(id) ?? '')),
    setPoint: vi.fn(async (): Promise<Reading | null> => null),
    setPrevalence: vi.fn(async () => null),
    explain: vi.fn(),
    whatIf: vi.fn(async () => []),
    preview: vi.fn(async () => ({ missing: [], signals: [] })),
    window: vi.fn(async () => ({ startS: 0, durationS: 10, leads: [] })),
    release: vi.fn(async () => {}),
    widen: vi.fn(async () => false),
    close: vi.fn(async () => {}),
    terminate: () => {},
  } satisfies Client;
  const store = createPage(client);
  return {
    client,
    store,
    page: () => store.getState(),
    name: () => currentItem(store.getState())?.reading.source.name,
  };
}

const files = (...names: string[]) => names.map((name) => new File(['x'], name));
const settled = (store: ReturnType<typeof createPage>) =>
  vi.waitUntil(() => ['done', 'error'].includes(phaseOf(store.getState())), PATIENT);
const CLOSED = () => new EcgError('INTERNAL', 'This recording is not open any more.');

test('of two drops the later one is open in the end, although the first one takes longer; the page reads from the first moment on', async () => {
  const { client, store, page, name } = pageOn();
  const slow = later<void>();
  const list = client.open.getMockImplementation();
  client.open.mockImplementationOnce(async (given, options) => {
    await slow.promise;
    return list?.(given, options) ?? [];
  });
  const first = page().open(files('good-first.csv'));
  expect(phaseOf(page())).toBe('reading');
  const second = page().open(files('good-second.csv'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  slow.give();
  await Promise.all([first, second]);
  await settled(store);
  expect(name()).toBe('good-second.csv');
});

test('a demo that arrives after a file was dropped is not opened', async () => {
  const { page, name } = pageOn();
  const fetched = later<readonly File[]>();
  const demo = page().openFetched(fetched.promise);
  await page().open(files('good.csv'));
  fetched.give(files('good-demo.hea'));
  await demo;
  expect(name()).toBe('good.csv');
});

test('what fails because another ECG took its place is no failure of that one', async () => {
  const { client, store, page } = pageOn();
  await page().open(files('good-1.csv'));
  await settled(store);
  const [point, look] = [later<Reading | null>(), later<never>()];
  client.setPoint.mockReturnValueOnce(point.promise);
  client.explain.mockReturnValueOnce(look.promise);
  const asked = [page().setPoint('screening'), page().look('AFIB')];
  await page().open(files('good-2.csv'));
  point.refuse(CLOSED());
  look.refuse(CLOSED());
  await Promise.all(asked);
  await settled(store);
  expect(page().failure).toBeNull();
  expect(phaseOf(page())).toBe('done');
});

test('a row that is opened while it is analysed is drawn once it is decoded', async () => {
  const { client, store, page } = pageOn();
  const slow = later<Reading>();
  client.analyse.mockImplementation((id) => (id === '1.1' ? slow.promise : Promise.resolve(reading('good.csv'))));
  await page().open(files('good.csv', 'lazy.csv'));
  await vi.waitUntil(() => page().items[1]?.state === 'analysing', PATIENT);
  page().show('1.1');
  await new Promise((resolve) => setTimeout(resolve, 10));
  slow.give(reading('lazy.csv'));
  await settled(store);
  await vi.waitUntil(() => page().ecg !== null, PATIENT);
});

test('a report that is edited while its row is filled again does not leave the row half empty', async () => {
  const { client, store, page } = pageOn();
  await page().open(files('good-1.csv', 'good-2.csv'));
  await settled(store);
  store.setState({
    items: page().items.map((item, n) =>
      n === 1 ? { ...item, folded: new Blob([]), reading: reading('good-2.csv') } : item,
    ),
  });
  const slow = later<Reading>();
  client.analyse.mockReturnValueOnce(slow.promise);
  page().show('1.1');
  page().editReport((edits) => ({ ...edits }));
  slow.give(reading('good-2.csv', { beats: [1, 2] }));
  await settled(store);
  expect(page().items[1]).toMatchObject({ folded: null, reading: { beats: [1, 2] } });
});

test('an answer that is given twice reads once, and no other row goes', async () => {
  const { client, store, page } = pageOn();
  await page().open(files('norate.csv', 'good.csv'));
  await settled(store);
  await Promise.all([page().answer({ rateHz: 500 }), page().answer({ rateHz: 500 })]);
  await settled(store);
  expect(client.open).toHaveBeenCalledTimes(2);
  expect(page().items.map(({ reading: { source } }) => source.name)).toEqual(['norate.csv', 'good.csv']);
});

test('while the model is exchanged no row is taken up and no mark is moved; then every row is', async () => {
  const { client, store, page } = pageOn();
  await page().start('efficientecg', null);
  const stopped = later<Reading>();
  client.analyse.mockImplementationOnce(async () => reading('good.csv')).mockReturnValueOnce(stopped.promise);
  await page().open(files('good.csv', 'lazy-1.csv', 'lazy-2.csv'));
  await vi.waitUntil(() => page().items[1]?.state === 'analysing', PATIENT);
  const slow = later<never>();
  client.takeOwn.mockReturnValueOnce(slow.promise);
  const exchange = page().takeModel(files('model.json'));
  await vi.waitUntil(() => client.takeOwn.mock.calls.length > 0, PATIENT);
  page().cancel();
  page().resume();
  page().show('1.2');
  page().show('1.1');
  await page().undoMark();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(client.analyse).toHaveBeenCalledTimes(2);
  // What the network before still said of a row that was stopped is not believed.
  stopped.give(reading('lazy-1.csv', { beats: [] }));
  slow.give({ backend: 'wasm', reason: '', card: {}, own: true } as never);
  await exchange;
  await settled(store);
  expect(client.analyse).toHaveBeenCalledTimes(5);
  expect(page().items.map(({ state, reading: { beats } }) => [state, beats])).toEqual(Array(3).fill(['done', [1, 2]]));
});

test('what was done to an ECG of the history comes to that ECG alone, whatever is opened meanwhile', async () => {
  const { client, store, page, name } = pageOn();
  const edits = {
    patient: { name: 'Doe, Jane', ageYears: 71 },
    marks: [],
    startTime: '2019-03-02T09:00',
    report: { ...NO_REPORT_EDITS, confirmation: { by: 'Dr Example', at: '2019-03-02T10:00:00Z' } },
  };
  const slow = later<Reading>();
  client.analyse.mockReturnValueOnce(slow.promise);
  const restored = restore(store, files('good-hers.csv'), edits);
  await vi.waitUntil(() => client.analyse.mock.calls.length > 0, PATIENT);
  await page().open(files('good-his.csv'));
  slow.give(reading('good-hers.csv'));
  expect(await restored).toBe(false);
  await settled(store);
  expect(name()).toBe('good-his.csv');
  expect(currentItem(page())).toMatchObject({ edit: {}, enteredStartTime: null, report: { past: [] } });

  // Nor where it cannot be read any more, and the other one stays open.
  expect(await restore(store, files('bad-hers.csv'), edits)).toBe(false);
  expect(name()).toBe('good-his.csv');
  expect(currentItem(page())).toMatchObject({ edit: {}, enteredStartTime: null, report: { past: [] } });
});
