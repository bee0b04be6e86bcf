import { beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { NO_REPORT_EDITS, UNKNOWN_PATIENT } from '../ecg';
import { RECORDING, readingOf } from '../ecg/testing/reading';
import { createHistory, type History, type KeptEcg, type KeptRow, wipeHistory } from '../storage';
import { begun } from './history';
import { createHistoryPage } from './history-page';
import { NO_MARKS } from './mark-history';
import { EMPTY, type Item, type PageState } from './state';
import type { PageStore } from './store';

/** A history in memory whose every step takes a while, and what it was asked at the same time. */
const kept = new Map<string, KeptEcg>();
const seen = { atOnce: 0, most: 0, closed: false };

vi.mock('../storage', () => ({
  createHistory: vi.fn(async (): Promise<Pick<History, 'keep' | 'list' | 'annotate' | 'close'>> => {
    await slowly();
    return {
      keep: (key, ecg) => step(() => void kept.set(key, { ...ecg, head: { ...ecg.head, note: noteOf(key) } })),
      list: () => step(() => [...kept].map(([key, { head }]): KeptRow => ({ key, head }))),
      annotate: (key, note) =>
        step(() => {
          const before = kept.get(key);
          if (before) kept.set(key, { ...before, head: { ...before.head, note } });
        }),
      close: () => {
        seen.closed = true;
      },
    };
  }),
  historyState: async () => 'off',
  wipeHistory: vi.fn(async () => kept.clear()),
}));

const slowly = () => new Promise((resolve) => setTimeout(resolve, 10));
const noteOf = (key: string) => kept.get(key)?.head.note ?? '';

async function step<T>(work: () => T): Promise<T> {
  seen.most = Math.max(seen.most, ++seen.atOnce);
  await slowly();
  seen.atOnce--;
  if (seen.closed) throw new Error('The database is closed.');
  return work();
}

const item = (name: string, ageYears?: number): Item => ({
  id: name,
  state: 'done',
  reading: readingOf(name, {
    source: { name, format: 'csv', bytes: 1, sha256: name },
    recording: RECORDING,
  }),
  files: [],
  filePatient: UNKNOWN_PATIENT,
  edit: ageYears === undefined ? {} : { ageYears },
  marks: NO_MARKS,
  report: begun(NO_REPORT_EDITS),
  enteredStartTime: null,
  folded: null,
  other: null,
  comparison: null,
  share: 1,
});

beforeEach(() => {
  vi.useFakeTimers();
  kept.clear();
  Object.assign(seen, { atOnce: 0, most: 0, closed: false });
  vi.clearAllMocks();
  vi.stubGlobal('window', { addEventListener: () => {}, removeEventListener: () => {} });
});

/** A page that shows what it is told, with a history that is open. */
async function opened() {
  const fail = vi.fn();
  const page = createStore<PageState & { fail(error: unknown): void }>()(() => ({ ...EMPTY, fail }));
  const show = (one: Item) => page.setState({ items: [one], currentId: one.id });
  const history = createHistoryPage(page as unknown as PageStore);
  const switched = [history.getState().switchOn(null), history.getState().switchOn(null)];
  await quiet();
  await Promise.all(switched);
  return { fail, show, history: history.getState, page };
}

const ageOf = (name: string) => kept.get(name)?.edits.patient.ageYears;
/** Longer than an edit waits to be kept; so that it is just on its way. */
const quiet = () => vi.advanceTimersByTimeAsync(750);
const almostKept = () => vi.advanceTimersByTimeAsync(605);

test('a history is made once, however often its switch is pressed', async () => {
  const { history } = await opened();
  expect(createHistory).toHaveBeenCalledTimes(1);
  expect(history().state).toBe('open');
});

test('an edit is kept although the next ECG is opened at once', async () => {
  const { show } = await opened();
  show(item('hers'));
  show(item('hers', 71));
  show(item('his'));
  await quiet();
  expect(ageOf('hers')).toBe(71);
  expect(kept.has('his')).toBe(true);
});

test('a note that is written while an edit is on its way into the history stays', async () => {
  const { show, history } = await opened();
  show(item('hers'));
  await quiet();
  show(item('hers', 71));
  await almostKept();
  expect(seen.atOnce).toBe(1);
  const noted = history().annotate('hers', 'seen by Roe');
  await quiet();
  await noted;
  expect([ageOf('hers'), noteOf('hers'), seen.most]).toEqual([71, 'seen by Roe', 1]);
});

test('what is on its way into a history that is wiped goes with it, and is no failure; a lock waits for it', async () => {
  const { show, history, fail } = await opened();
  show(item('hers', 71));
  history().lock();
  await quiet();
  expect(seen.closed).toBe(true);
  expect(ageOf('hers')).toBe(71);
  expect(history()).toMatchObject({ state: 'locked', rows: [] });

  seen.closed = false;
  const again = history().switchOn(null);
  await quiet();
  await again;
  show(item('his', 50));
  await almostKept();
  expect(seen.atOnce).toBe(1);
  await history().wipe();
  await quiet();
  expect(wipeHistory).toHaveBeenCalled();
  expect([kept.size, fail.mock.calls, history().failure, history().state]).toEqual([0, [], null, 'off']);
});
