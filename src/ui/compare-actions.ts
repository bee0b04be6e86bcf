import type { Client, Opened } from '../client';
import { type Comparison, type Ecg, EcgError, type MarkEdit, type PatientEdit, type Reading, toError } from '../ecg';
import { PAGE_S } from '../paper';
import { currentItem, type Item, type Page, type PageState } from './state';

/** Another ECG of the patient beside an open one; the worker holds its session until it is let go. */
export interface Other {
  readonly id: string;
  readonly reading: Reading;
  /** Its first page, as recorded. */
  readonly ecg: Ecg;
  /** The reader says that both are one patient's, although they differ in who that is. */
  readonly confirmed: boolean;
}

/** What the reader did to the other ECG before, and which recording of its files it is. */
export interface OtherEdits {
  readonly name?: string;
  readonly patient?: PatientEdit;
  readonly marks?: readonly MarkEdit[];
  readonly startTime?: string | null;
}

export interface CompareActions {
  /** Puts another ECG beside the open one; one that stood there before is let go. */
  compareWith(files: readonly File[], edits?: OtherEdits): Promise<void>;
  /** The reader takes two ECGs that differ in who they belong to for one patient's. */
  confirmSamePatient(): void;
  /** A comparison that was made before, whose other ECG is not at hand. */
  keepComparison(comparison: Comparison): void;
  /** Shows the two side by side, or the reading alone; the report keeps the comparison. */
  showComparison(shown: boolean): void;
  /** Takes the other ECG away, and the comparison out of the report. */
  endComparison(): void;
}

interface Store {
  readonly get: () => Page;
  readonly change: (patch: Partial<PageState>) => void;
  readonly fail: (error: unknown) => void;
}

export function compareActions(client: Client, { get, change, fail }: Store): CompareActions {
  const close = (id: string) => void client.close(id).catch(fail);
  const withOther = (id: string, other: Other | null) =>
    get().items.map((item) => (item.id === id ? { ...item, other, comparison: null } : item));

  async function read(one: Opened, { patient, marks = [], startTime }: OtherEdits): Promise<Other> {
    const analysed = await client.analyse(one.id, { edit: { ...one.edit, ...patient } });
    const reading = marks.length > 0 ? await client.setMarks(one.id, marks) : analysed;
    if (!reading?.recording) throw reading?.error ? toError(reading.error) : NOTHING_THERE();
    const ecg = await client.window(one.id, 0, PAGE_S);
    const recording = { ...reading.recording, startTime: startTime ?? reading.recording.startTime };
    return { id: one.id, reading: { ...reading, recording }, ecg, confirmed: false };
  }

  return {
    async compareWith(files, edits = {}) {
      const item = currentItem(get());
      if (item?.state !== 'done' || files.length === 0) return;
      change({ opening: get().opening + 1, failure: null, failed: false });
      const opened: Opened[] = [];
      try {
        opened.push(...(await client.open(files, {})));
        const one =
          opened.find(({ reading }) => reading.source.name === edits.name) ?? opened.find(isReadable) ?? opened[0];
        if (!one) throw NOTHING_THERE();
        for (const { id } of opened) if (id !== one.id) close(id);
        const other = await read(one, edits);
        change({ opening: get().opening - 1 });
        const before = get().items.find(({ id }) => id === item.id);
        if (!before) return close(one.id);
        if (before.other) close(before.other.id);
        change({ items: withOther(item.id, other), comparing: get().currentId === item.id });
      } catch (error) {
        for (const { id } of opened) close(id);
        change({ opening: get().opening - 1 });
        fail(error);
      }
    },
    confirmSamePatient() {
      const item = currentItem(get());
      if (item?.other) change({ items: withOther(item.id, { ...item.other, confirmed: true }) });
    },
    keepComparison(comparison) {
      const { currentId, items } = get();
      change({ items: items.map((item) => (item.id === currentId ? { ...item, comparison } : item)) });
    },
    showComparison: (comparing) => change({ comparing }),
    endComparison() {
      const item = currentItem(get());
      if (!item) return;
      if (item.other) close(item.other.id);
      change({ items: withOther(item.id, null), comparing: false });
    },
  };
}

/** Both sessions of an item end with it. */
export const sessionsOf = ({ id, other }: Item): readonly string[] => (other ? [id, other.id] : [id]);

const isReadable = ({ reading }: Opened) => reading.recording !== null;

const NOTHING_THERE = () => new EcgError('UNREADABLE_FILE', 'There is no ECG to compare with in these files.');
