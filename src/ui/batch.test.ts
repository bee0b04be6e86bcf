import { describe, expect, test, vi } from 'vitest';
import type { Client } from '../client';
import { EcgError, UNKNOWN_PATIENT } from '../ecg';
import { RECORDING, readingOf as reading } from '../ecg/testing/reading';
import { ENGLISH } from '../words';
import { progressOf } from './batch';
import { rowsOf } from './batch-rows';
import type { Item } from './state';
import { createPage } from './store';

/** A busy machine is slow and not broken. */
const PATIENT = { timeout: 20_000 };

/** A client that lists everything and decodes a row only when it is analysed; names say which are broken. */
function lazyClient(names: readonly string[]) {
  const nameOf = (id: string) => names[Number(id.split('.')[1])] ?? '';
  const client = {
    load: vi.fn(async () => ({ backend: 'wasm', reason: '', card: {} }) as never),
    begin: vi.fn(),
    onEngine: vi.fn(),
    holdsModel: vi.fn(async () => false),
    takeOwn: vi.fn(),
    fetchRest: vi.fn(async () => {}),
    open: vi.fn(async () =>
      names.map((name, n) => ({
        id: `1.${n}`,
        reading: n === 0 ? reading(name, { recording: RECORDING }) : reading(name),
        edit: {},
        files: [n],
      })),
    ),
    analyse: vi.fn(async (id: string, { signal }: { signal?: AbortSignal } = {}) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (signal?.aborted) throw new EcgError('ABORTED', 'Stopped.');
      const name = nameOf(id);
      if (name.startsWith('bad'))
        return reading(name, { error: { code: 'CORRUPT_FILE', message: `${name} is bad.`, detail: {} } });
      return reading(name, { recording: RECORDING, beats: [1, 2], waves: { I: { p: [], qrs: [], t: [] } } });
    }),
    setPatient: vi.fn(async () => null),
    setMarks: vi.fn(async () => null),
    setPoint: vi.fn(async () => null),
    setPrevalence: vi.fn(async () => null),
    explain: vi.fn(),
    whatIf: vi.fn(async () => []),
    preview: vi.fn(async () => ({ missing: [], signals: [] })),
    window: vi.fn(async () => ({ startS: 0, durationS: 10, leads: [] })),
    release: vi.fn(async () => {}),
    widen: vi.fn(async () => true),
    close: vi.fn(async () => {}),
    terminate: () => {},
  } satisfies Client;
  return client;
}

const names = Array.from({ length: 40 }, (_, i) => (i % 5 === 4 ? `bad${i}.hea` : `good${i}.hea`));

async function batch() {
  const client = lazyClient(names);
  const store = createPage(client);
  await store.getState().start('efficientecg', null);
  await store.getState().open(names.map((name) => new File(['x'], name)));
  return { client, page: () => store.getState() };
}

const states = (items: readonly Item[]) => {
  const count: Record<string, number> = {};
  for (const { state } of items) count[state] = (count[state] ?? 0) + 1;
  return count;
};

describe('a batch', () => {
  test('ends with a row for every file, broken ones in words, and only some of it held in full', async () => {
    const { client, page } = await batch();
    await vi.waitUntil(() => progressOf(page()).done === 40, PATIENT);
    expect(states(page().items)).toEqual({ done: 32, error: 8 });
    expect(page().items[4]?.reading.error?.message).toBe('bad4.hea is bad.');
    expect(page().items.filter(({ folded }) => folded === null).length).toBeLessThanOrEqual(12);
    expect(client.release.mock.calls.length).toBeGreaterThanOrEqual(28);
    const line = JSON.parse((await page().items[1]?.folded?.text()) ?? '{}');
    expect(line.waves).toEqual({ I: { p: [], qrs: [], t: [] } });
    expect(page().items[1]?.reading.waves).toEqual({});
  });

  test('a row that was let go is whole again when it is opened', async () => {
    const { page } = await batch();
    await vi.waitUntil(() => progressOf(page()).done === 40, PATIENT);
    page().show('1.1');
    await vi.waitUntil(() => page().items[1]?.folded === null, PATIENT);
    expect(page().items[1]?.reading.beats).toEqual([1, 2]);
    expect(page().items[1]?.state).toBe('done');
  });

  test('pauses after what is in hand, goes on, and nothing is lost', async () => {
    const { page } = await batch();
    await vi.waitUntil(() => progressOf(page()).done > 3, { ...PATIENT, interval: 2 });
    page().pause();
    await vi.waitUntil(() => !page().items.some(({ state }) => state === 'analysing'), PATIENT);
    const { done } = progressOf(page());
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(progressOf(page()).done).toBe(done);
    expect(done).toBeLessThan(40);
    page().resume();
    await vi.waitUntil(() => progressOf(page()).done === 40, PATIENT);
    expect(states(page().items)).toEqual({ done: 32, error: 8 });
  });

  test('a cancelled batch keeps what is done, says of the rest that it was not analysed, and can be finished', async () => {
    const { page } = await batch();
    await vi.waitUntil(() => progressOf(page()).done > 3, { ...PATIENT, interval: 2 });
    page().cancel();
    expect(page().items.some(({ state }) => state === 'waiting' || state === 'analysing')).toBe(false);
    expect(page().items.at(-1)?.reading.error).toMatchObject({ code: 'ABORTED' });
    expect(page().items).toHaveLength(40);
    page().resume();
    await vi.waitUntil(() => progressOf(page()).done === 40, PATIENT);
    expect(states(page().items)).toEqual({ done: 32, error: 8 });
    expect(page().items.at(-2)?.reading.error).toBeNull();
  });

  test('the time that is left follows the pace', () => {
    const item = { state: 'waiting' } as Item;
    const done = { state: 'done' } as Item;
    expect(progressOf({ items: [done, item, item], pace: { rows: 1, ms: 500 } })).toMatchObject({ done: 1, leftS: 1 });
    expect(progressOf({ items: [done], pace: { rows: 1, ms: 500 } }).leftS).toBeNull();
  });
});

test('rows are sorted with what is unknown last, and filtered by file, finding and state', async () => {
  const { page } = await batch();
  await vi.waitUntil(() => progressOf(page()).done === 40, PATIENT);
  const items = page().items.map((item, n) => ({
    ...item,
    reading: { ...item.reading, patient: { ...UNKNOWN_PATIENT, ageYears: n < 3 ? 50 - n : null } },
  }));
  const up = rowsOf(ENGLISH, items, '', 'all', { column: 'age', down: false }).map(({ id }) => id);
  expect(up.slice(0, 4)).toEqual(['1.2', '1.1', '1.0', '1.3']);
  const down = rowsOf(ENGLISH, items, '', 'all', { column: 'age', down: true }).map(({ id }) => id);
  expect(down.slice(0, 4)).toEqual(['1.0', '1.1', '1.2', '1.3']);
  expect(rowsOf(ENGLISH, items, '', 'error', null)).toHaveLength(8);
  expect(rowsOf(ENGLISH, items, 'BAD9', 'all', null)).toHaveLength(1);
});
