import { expect, test, vi } from 'vitest';
import type { Client, Opened } from '../client';
import { type Ecg, type Patient, UNKNOWN_PATIENT } from '../ecg';
import { RECORDING, readingOf } from '../ecg/testing/reading';
import { currentItem, shownReading } from './state';
import { createPage } from './store';

const ECG: Ecg = { startS: 0, durationS: 10, leads: [] };

const reading = (name: string, patient: Partial<Patient>) =>
  readingOf(name, {
    source: { name, format: 'csv', bytes: 1, sha256: name },
    recording: RECORDING,
    patient: { ...UNKNOWN_PATIENT, ...patient },
  });

/** The patient of a file is what its name says. */
const whose: Readonly<Record<string, Partial<Patient>>> = {
  'jane.csv': { name: 'Doe, Jane', sex: 'female' },
  'jane-before.csv': { name: 'DOE^JANE', sex: 'female' },
  'john.csv': { name: 'Roe, John', sex: 'male' },
};

async function pageWith(file: string) {
  let drop = 0;
  const names = new Map<string, string>();
  const closed: string[] = [];
  const analysed = (id: string) => reading(names.get(id) ?? '', whose[names.get(id) ?? ''] ?? {});
  const client = {
    load: vi.fn(() => new Promise<never>(() => {})),
    begin: vi.fn(),
    onEngine: vi.fn(),
    holdsModel: vi.fn(async () => false),
    takeOwn: vi.fn(),
    fetchRest: vi.fn(async () => {}),
    open: async (files: readonly File[]): Promise<readonly Opened[]> => {
      drop++;
      return files.map(({ name }, n) => {
        names.set(`${drop}.${n}`, name);
        return { id: `${drop}.${n}`, reading: reading(name, whose[name] ?? {}), edit: {}, files: [n] };
      });
    },
    analyse: async (id: string) => analysed(id),
    setPatient: async () => null,
    setMarks: async (id: string) => analysed(id),
    setPoint: async () => null,
    setPrevalence: async () => null,
    explain: vi.fn(),
    whatIf: async () => [],
    preview: async () => ({ missing: [], signals: [] }),
    window: async () => ECG,
    release: async () => {},
    widen: async () => false,
    close: async (id: string) => void closed.push(id),
    terminate: () => {},
  } satisfies Client;
  const page = createPage(client);
  await page.getState().open([new File([''], file)]);
  page.setState({ items: page.getState().items.map((item) => ({ ...item, state: 'done' as const })) });
  const compared = () => {
    const item = currentItem(page.getState());
    return item ? shownReading(item).comparison : undefined;
  };
  return { page, closed, compared, compareWith: (name: string) => page.getState().compareWith([new File([''], name)]) };
}

test('another ECG of the patient is compared at once; ending it lets its session go', async () => {
  const { page, closed, compared, compareWith } = await pageWith('jane.csv');
  await compareWith('jane-before.csv');
  expect(page.getState().comparing).toBe(true);
  expect(compared()).toMatchObject({ with: { file: 'jane-before.csv' }, identity: { same: ['name', 'sex'] } });
  page.getState().endComparison();
  expect([compared(), closed, page.getState().comparing]).toEqual([undefined, ['2.0'], false]);
});

test("another patient's ECG is in no report and no export before the reader says that it is the same one", async () => {
  const { page, compared, compareWith } = await pageWith('jane.csv');
  await compareWith('john.csv');
  expect(currentItem(page.getState())?.other?.reading.patient.name).toBe('Roe, John');
  expect(compared()).toBeUndefined();
  page.getState().confirmSamePatient();
  expect(compared()?.identity.differing).toEqual(['name', 'sex']);
});

test('a second one takes the place of the first, and a new drop lets both sessions go', async () => {
  const { page, closed, compared, compareWith } = await pageWith('jane.csv');
  await compareWith('jane-before.csv');
  await compareWith('jane.csv');
  expect(closed).toEqual(['2.0']);
  expect(compared()?.with.isSameFile).toBe(true);
  await page.getState().open([new File([''], 'john.csv')]);
  expect(closed).toEqual(['2.0', '1.0', '3.0']);
  expect([compared(), page.getState().comparing]).toEqual([undefined, false]);
});
