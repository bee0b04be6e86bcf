import { describe, expect, test, vi } from 'vitest';
import type { Client, Opened } from '../client';
import { type Ecg, EcgError, editPatient, type PatientEdit, type Reading, UNKNOWN_PATIENT } from '../ecg';
import { RECORDING, readingOf } from '../ecg/testing/reading';
import { currentItem, phaseOf, shownReading } from './state';
import { createPage } from './store';

/** A busy machine is slow and not broken. */
const PATIENT = { timeout: 20_000 };

const ECG: Ecg = { startS: 0, durationS: 10, leads: [] };

const reading = (name: string, readable = true) =>
  readingOf(name, {
    source: { name, format: readable ? 'csv' : null, bytes: 1, sha256: null },
    recording: readable ? { ...RECORDING, durationS: 65 } : null,
    error: readable
      ? null
      : {
          code: name.startsWith('norate') ? 'NEEDS_INPUT' : 'CORRUPT_FILE',
          message: `${name} is bad.`,
          detail: { missing: ['rate'] },
        },
  });

/** A client whose files say in their names whether they can be read; a rate makes every file readable. */
function fakeClient() {
  let drop = 0;
  const edits = new Map<string, PatientEdit>();
  const names = new Map<string, string>();
  const conclude = (id: string) => ({
    ...reading(names.get(id) ?? ''),
    patient: editPatient(UNKNOWN_PATIENT, edits.get(id) ?? {}),
  });
  const client = {
    load: vi.fn(async () => {
      throw new EcgError('MODEL_UNAVAILABLE', 'No model in this test.');
    }),
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
        return {
          id,
          reading: reading(name, name.startsWith('good') || options.rateHz !== undefined),
          edit: {},
          files: [n],
        };
      });
    }),
    analyse: vi.fn(async (id: string) => conclude(id)),
    setPatient: vi.fn(async (id: string, edit: PatientEdit): Promise<Reading | null> => {
      edits.set(id, { ...edits.get(id), ...edit });
      return conclude(id);
    }),
    setMarks: vi.fn(async (id: string): Promise<Reading | null> => conclude(id)),
    setPoint: vi.fn(async () => null),
    setPrevalence: vi.fn(async () => null),
    explain: vi.fn(),
    whatIf: vi.fn(async () => []),
    preview: vi.fn(async () => ({ missing: [], signals: [] })),
    window: vi.fn(async (_id: string, startS: number) => ({ ...ECG, startS })),
    release: vi.fn(async () => {}),
    widen: vi.fn(async () => false),
    close: vi.fn(async () => {}),
    terminate: () => {},
  } satisfies Client;
  return client;
}

const files = (...names: string[]) => names.map((name) => new File(['x'], name));

async function pageWith(...names: string[]) {
  const client = fakeClient();
  const store = createPage(client);
  await store.getState().open(files(...names));
  await settled(store);
  return { client, store, page: () => store.getState() };
}

const settled = (store: ReturnType<typeof createPage>) =>
  vi.waitUntil(() => ['done', 'error'].includes(phaseOf(store.getState())), PATIENT);

describe('opening', () => {
  test('a readable file is analysed and drawn', async () => {
    const { page } = await pageWith('good.csv');
    expect(phaseOf(page())).toBe('done');
    expect(page().ecg).not.toBeNull();
    expect(page().items.map(({ state }) => state)).toEqual(['done']);
  });

  test('what was open stays open when a new file fails', async () => {
    const { store, page } = await pageWith('good.csv');
    await page().open(files('bad.csv'));
    await settled(store);
    expect(phaseOf(page())).toBe('error');
    expect(page().failure?.code).toBe('CORRUPT_FILE');
    expect(currentItem(page())?.reading.source.name).toBe('good.csv');
  });

  test('a new file takes the place of the one before and clears what was entered', async () => {
    const { client, store, page } = await pageWith('good1.csv');
    await page().edit({ name: 'Somebody', ageYears: 91 });
    await page().open(files('good2.csv'));
    await settled(store);
    expect(page().items).toHaveLength(1);
    expect(currentItem(page())?.reading.patient).toEqual(UNKNOWN_PATIENT);
    expect(client.close).toHaveBeenCalledWith('1.0');
  });

  test('one bad file among several is one row; the others are read', async () => {
    const { page } = await pageWith('bad.csv', 'good1.csv', 'good2.csv');
    expect(page().items.map(({ state }) => state)).toEqual(['error', 'done', 'done']);
    expect(currentItem(page())?.reading.source.name).toBe('good1.csv');
    expect(phaseOf(page())).toBe('done');
    expect(page().failure?.message).toBe('bad.csv is bad.');
    page().next(1);
    expect(currentItem(page())?.reading.source.name).toBe('good2.csv');
  });

  test('the answer to a question is for every file that asked, each in its place', async () => {
    const { client, store, page } = await pageWith('norate1.csv', 'good.csv', 'norate2.csv');
    expect(page().question?.files.map(({ name }) => name)).toEqual(['norate1.csv', 'norate2.csv']);
    await page().answer({ rateHz: 500 });
    await settled(store);
    expect(client.open).toHaveBeenLastCalledWith(expect.anything(), { rateHz: 500 });
    expect(page().items.map(({ reading: { source }, state }) => `${source.name} ${state}`)).toEqual([
      'norate1.csv done',
      'good.csv done',
      'norate2.csv done',
    ]);
    expect(page().question).toBeNull();
    expect(page().failure).toBeNull();
  });
});

test('what was answered is kept when the file asks for more', async () => {
  const { client, store, page } = await pageWith('norate.csv');
  await page().answer({ unit: 'uV' });
  await settled(store);
  expect(page().question?.given).toEqual({ unit: 'uV' });
  await page().answer({ rateHz: 250 });
  expect(client.open).toHaveBeenLastCalledWith(expect.anything(), { unit: 'uV', rateHz: 250 });
});

describe('editing', () => {
  test('findings follow, and the edit shows before the reply', async () => {
    const { store, page } = await pageWith('good.csv');
    const edited = page().edit({ ageYears: 70 });
    expect(currentItem(page())?.reading.patient.ageYears).toBe(70);
    expect(phaseOf(page())).toBe('analysing');
    await edited;
    await settled(store);
    expect(currentItem(page())?.reading.patient).toMatchObject({ ageYears: 70, ageOrigin: 'entered' });
  });

  test('a stale reply changes nothing', async () => {
    const { client, page } = await pageWith('good.csv');
    client.setPatient.mockResolvedValueOnce(null);
    await page().edit({ ageYears: 40 });
    expect(currentItem(page())?.reading.patient.ageYears).toBe(40);
  });

  test('what is entered during the analysis is told after it', async () => {
    const client = fakeClient();
    const store = createPage(client);
    let finish = (_: Reading) => {};
    client.analyse.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    await store.getState().open(files('good.csv'));
    await vi.waitUntil(() => client.analyse.mock.calls.length > 0, PATIENT);
    await store.getState().edit({ ageYears: 55 });
    finish(reading('good.csv'));
    await settled(store);
    expect(currentItem(store.getState())?.reading.patient.ageYears).toBe(55);
  });

  test('an acquisition time that the file lacks is shown and exported', async () => {
    const { page } = await pageWith('good.csv');
    page().enterStartTime('2024-05-01T08:30');
    const item = currentItem(page());
    expect(item && shownReading(item).recording?.startTime).toBe('2024-05-01T08:30');
  });
});

test('every change counts up the revision', async () => {
  const { page } = await pageWith('good.csv');
  const before = page().revision;
  page().arrange({ layout: '12x1' });
  expect(page().revision).toBe(before + 1);
});

test('pages of a long recording are drawn from where they start', async () => {
  const { client, page } = await pageWith('good.csv');
  page().turn(1);
  await vi.waitUntil(() => page().ecg?.startS === 10, PATIENT);
  expect(client.window).toHaveBeenLastCalledWith('1.0', 10, 10);
});

test('a backend that does not exist is an error on the page', async () => {
  const store = createPage(fakeClient());
  await store.getState().start('efficientecg', 'quantum');
  expect(store.getState().failure?.code).toBe('BACKEND_UNAVAILABLE');
  expect(phaseOf(store.getState())).toBe('error');
});

test.each(['webgpu', 'quantum'])(
  'without a model (%s) the page says why, and what was measured stands',
  async (backend) => {
    const client = fakeClient();
    client.load.mockRejectedValue(new EcgError('BACKEND_UNAVAILABLE', 'No adapter.'));
    const store = createPage(client);
    await store.getState().start('efficientecg', backend);
    store.getState().dismiss();
    await store.getState().open(files('good.csv'));
    await settled(store);
    expect(client.analyse).toHaveBeenCalled();
    expect(store.getState().failure?.code).toBe('BACKEND_UNAVAILABLE');
    expect(phaseOf(store.getState())).toBe('error');
    expect(currentItem(store.getState())).toMatchObject({
      state: 'error',
      reading: { recording: { durationS: 65 }, error: { code: 'BACKEND_UNAVAILABLE' } },
    });
    expect(store.getState().ecg).not.toBeNull();
  },
);
