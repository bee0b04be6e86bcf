import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { type Comparison, EcgError, type MarkEdit, type PatientEdit, type ReportEdits } from '../ecg';
import { createLock, type Lock, openLock, type Sealed, seal, unseal } from './cipher';
import { type KeptFile, pack, unpack } from './pack';

export type { KeptFile } from './pack';

const NAME = 'efficientecg-history';

/** What the list shows of an ECG. */
export interface KeptHead {
  readonly file: string;
  readonly patientName: string | null;
  readonly patientId: string | null;
  /** ISO, as the device's clock had it. */
  readonly startTime: string | null;
  /** The conclusion of its report. */
  readonly conclusion: string;
  readonly note: string;
  /** ISO, when it was kept. */
  readonly savedAt: string;
}

/** What the reader did to it. */
export interface KeptEdits {
  readonly patient: PatientEdit;
  readonly marks: readonly MarkEdit[];
  readonly startTime: string | null;
  readonly report: ReportEdits;
  /** What was compared; absent where nothing was. */
  readonly comparison?: Comparison;
}

/** One row of the list; `head` is null where its record is damaged. */
export interface KeptRow {
  readonly key: string;
  readonly head: KeptHead | null;
}

export interface KeptEcg {
  readonly head: KeptHead;
  readonly edits: KeptEdits;
  readonly files: readonly KeptFile[];
}

interface Tables extends DBSchema {
  /** One record, `lock`: null where there is no passphrase. */
  lock: { key: string; value: Lock | null };
  heads: { key: string; value: Sealed };
  bodies: { key: string; value: Sealed };
}

export type HistoryState = 'off' | 'locked' | 'open';

/** ECGs kept in this browser, until it is switched off. Every method throws EcgError HISTORY_UNAVAILABLE where the database fails. */
export interface History {
  list(): Promise<readonly KeptRow[]>;
  /** A note that is there stays. Throws EcgError HISTORY_FULL; what was there before stays. */
  keep(key: string, ecg: KeptEcg): Promise<void>;
  /** Throws EcgError HISTORY_DAMAGED. */
  take(key: string): Promise<KeptEcg>;
  annotate(key: string, note: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** Lets go of the database and of the key. */
  close(): void;
}

/** Whether there is a history in this browser; asking creates none. */
export async function historyState(): Promise<HistoryState> {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === NAME)) return 'off';
  const database = await openTables();
  const lock = await database.get('lock', 'lock');
  database.close();
  return lock ? 'locked' : 'open';
}

/** A new, empty history, encrypted where there is a passphrase. */
export async function createHistory(passphrase: string | null): Promise<History> {
  const made = passphrase === null ? null : await createLock(passphrase);
  const database = await guarded(openTables);
  try {
    await guarded(() => database.put('lock', made?.lock ?? null, 'lock'));
  } catch (error) {
    database.close();
    await wipeHistory();
    throw error;
  }
  return historyOn(database, made?.key ?? null);
}

/** The history that is there. Throws EcgError HISTORY_LOCKED for a missing or wrong passphrase. */
export async function openHistory(passphrase: string | null): Promise<History> {
  const database = await guarded(openTables);
  const lock = (await guarded(() => database.get('lock', 'lock'))) ?? null;
  if (!lock) return historyOn(database, null);
  const key = passphrase === null ? null : await openLock(lock, passphrase);
  if (key) return historyOn(database, key);
  database.close();
  throw new EcgError('HISTORY_LOCKED', 'This is not the passphrase of the history.');
}

/** Deletes everything that was kept. */
export const wipeHistory = () => guarded(() => deleteDB(NAME));

const openTables = () =>
  openDB<Tables>(NAME, 1, {
    upgrade(database) {
      for (const table of ['lock', 'heads', 'bodies'] as const) database.createObjectStore(table);
    },
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  });

function historyOn(database: IDBPDatabase<Tables>, key: CryptoKey | null): History {
  const headOf = async (sealed: Sealed) => unpack(await unseal(key, sealed)).json as KeptHead;
  const sealHead = (head: KeptHead) => seal(key, pack(head, []));
  return {
    close: () => database.close(),
    async list() {
      const keys = await guarded(() => database.getAllKeys('heads'));
      const rows = await Promise.all(
        keys.map(async (rowKey): Promise<KeptRow> => {
          const sealed = await guarded(() => database.get('heads', rowKey));
          return { key: rowKey, head: sealed ? await headOf(sealed).catch(() => null) : null };
        }),
      );
      return rows.sort((a, b) => (b.head?.savedAt ?? '').localeCompare(a.head?.savedAt ?? ''));
    },
    async keep(rowKey, { head, edits, files }) {
      const before = await guarded(() => database.get('heads', rowKey));
      const note = before && (await headOf(before).catch(() => null))?.note;
      const sealedHead = await sealHead({ ...head, note: note ?? head.note });
      const sealedBody = await seal(key, pack(edits, files));
      await guarded(async () => {
        const transaction = database.transaction(['heads', 'bodies'], 'readwrite');
        const puts = [
          transaction.objectStore('heads').put(sealedHead, rowKey),
          transaction.objectStore('bodies').put(sealedBody, rowKey),
        ];
        // Why a transaction was broken off is said by it alone, not by its parts.
        await Promise.allSettled(puts);
        await transaction.done;
      });
    },
    async take(rowKey) {
      const [head, body] = await guarded(() =>
        Promise.all([database.get('heads', rowKey), database.get('bodies', rowKey)]),
      );
      try {
        if (!head || !body) throw new Error('one half of the record is missing');
        const { json, files } = unpack(await unseal(key, body));
        return { head: await headOf(head), edits: json as KeptEdits, files };
      } catch (cause) {
        const detail = { found: String(cause) };
        throw new EcgError('HISTORY_DAMAGED', 'This ECG of the history is damaged and cannot be opened.', detail, {
          cause,
        });
      }
    },
    async annotate(rowKey, note) {
      const sealed = await guarded(() => database.get('heads', rowKey));
      if (!sealed) return;
      const head = await sealHead({ ...(await headOf(sealed)), note });
      await guarded(() => database.put('heads', head, rowKey));
    },
    async remove(rowKey) {
      await guarded(() => Promise.all([database.delete('heads', rowKey), database.delete('bodies', rowKey)]));
    },
  };
}

/** What the browser's database throws, as a sentence. */
async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
    const detail = { found: String(cause) };
    throw full
      ? new EcgError(
          'HISTORY_FULL',
          'There is no room left for this ECG in the history. It stays open, and what was kept before is still there: export it, or delete some.',
          detail,
          { cause },
        )
      : new EcgError('HISTORY_UNAVAILABLE', 'The history of this browser cannot be used now.', detail, { cause });
  }
}
