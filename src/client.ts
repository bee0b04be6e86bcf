import { proxy, type Remote, transfer } from 'comlink';
import type {
  Backend,
  Ecg,
  Explanation,
  Filters,
  MarkEdit,
  OperatingPoint,
  OwnPrevalence,
  Patient,
  PatientEdit,
  Reading,
} from './ecg';
import { type Ask, createLink, type Link } from './link';
import { type Files, NO_FILES } from './release/ahead';
import type { Answer, Desk, Engine, Found, Opened, Preview, ReadOptions, WorkerApi } from './worker';

export type { Engine, Opened, Preview, ReadOptions };

export interface AnalyseOptions {
  readonly signal?: AbortSignal;
  /** All that was entered so far, where the caller knows it. */
  readonly edit?: PatientEdit;
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * The page's handle on the analysis workers: one, and a second one for a batch. Every promise rejects with an `EcgError`.
 * What the reader opened and entered lives here, so that a lost worker is replaced and told again.
 */
export interface Client {
  /**
   * Asked for the same again, it answers with what is there or on its way; after a failure it tries again.
   *
   * @param ahead files of the build that the worker will need, where the page has them already; they are handed over
   */
  load(modelId: string, backend: Backend | 'auto', ahead?: Promise<Files>): Promise<Engine>;
  /**
   * Opens files and analyses the first ECG in them before anyone asks: {@link open} of this very list and the first {@link analyse} then answer with
   * what is there or on its way.
   */
  begin(files: readonly File[]): void;
  /** Fetches what the first ECG does not need. */
  fetchRest(): Promise<void>;
  /** Told when the network has moved to another backend: a graphics card is tried behind the first answer, and a lost worker starts anew. */
  onEngine(tell: (engine: Engine) => void): void;
  /** Whether an archive holds a model and not ECGs. */
  holdsModel(archive: File): Promise<boolean>;
  /**
   * The reader's own model in place of the bundled one, or (null) the bundled one again: what was analysed is analysed anew when it is
   * asked for. Where the model is refused the one before stays. No analysis may be going on.
   */
  takeOwn(files: readonly File[] | null): Promise<Engine>;
  /**
   * Lists a drop: each recording or failure is one entry, in the order of the files. The first ones are decoded at once,
   * the others when they are analysed or looked at. Never rejects for a bad file.
   */
  open(files: readonly File[], options?: ReadOptions): Promise<readonly Opened[]>;
  /**
   * Full analysis with what the reader entered so far; a file that cannot be decoded resolves to a reading with its error.
   * Rejects with ABORTED when the signal fires.
   */
  analyse(id: string, options?: AnalyseOptions): Promise<Reading>;
  /** Re-runs the fusion only. Resolves to null when a newer edit was made meanwhile. */
  setPatient(id: string, edit: PatientEdit): Promise<Reading | null>;
  /** Measures again with these marks in place of the delineator's. Resolves to null when a newer edit was made meanwhile. */
  setMarks(id: string, marks: readonly MarkEdit[]): Promise<Reading | null>;
  /** What a file that does not say everything lacks, and its first samples to answer by. */
  preview(id: string): Promise<Preview>;
  /** States the findings at this operating point. Resolves to null when a newer edit was made meanwhile. */
  setPoint(id: string, point: OperatingPoint): Promise<Reading | null>;
  /** States the findings as the reader's own patients have them. Resolves to null when a newer edit was made meanwhile. */
  setPrevalence(id: string, prevalence: OwnPrevalence): Promise<Reading | null>;
  /** Where the network looked for a statement around a moment, seconds. Rejects with ABORTED when the signal fires. */
  explain(id: string, code: string, atS: number, options?: Omit<AnalyseOptions, 'edit'>): Promise<Explanation>;
  /** The probability of each statement, by code, for each of these people instead of the patient. */
  whatIf(id: string, people: readonly AgeAndSex[]): Promise<readonly Readonly<Record<string, number>>[]>;
  /** All leads of a stretch, as recorded; with a filter as it is to be shown, which is never measured. */
  window(id: string, startS: number, durationS: number, filter?: Filters): Promise<Ecg>;
  /** Frees what was decoded and computed of a recording. It stays open: whatever is asked of it next is done again. */
  release(id: string): Promise<void>;
  /** Starts a second worker where there is a core for it; resolves to whether two now work side by side. */
  widen(): Promise<boolean>;
  close(id: string): Promise<void>;
  terminate(): void;
}

export type AgeAndSex = Pick<Patient, 'ageYears' | 'sex'>;

interface Drop {
  readonly files: readonly File[];
  readonly options: ReadOptions;
}

/** What the reader changed in one recording. */
interface Edited {
  readonly edit: PatientEdit;
  readonly marks: readonly MarkEdit[];
  readonly point: OperatingPoint;
  readonly prevalence: OwnPrevalence;
  readonly revision: number;
}

const UNEDITED: Edited = { edit: {}, marks: [], point: 'balanced', prevalence: {}, revision: 0 };

const ignore = () => {};

/** So many recordings of a drop are decoded before its list is shown. */
const DECODED_AT_ONCE = 12;

export function createClient(): Client {
  const drops = new Map<number, Drop>();
  const closed = new Set<string>();
  const edits = new Map<string, Edited>();
  /** Which worker holds what was computed of a recording. */
  const homes = new Map<string, Link>();
  /** Analyses that a worker has in hand. */
  const busy = new Map<Link, number>();
  /** What was begun before anyone asked. */
  let begun: { readonly files: readonly File[]; readonly opened: Promise<readonly Opened[]> } | null = null;
  const onTheirWay = new Map<string, Promise<Reading>>();
  let drop = 0;
  let model: { id: string; backend: Backend | 'auto' } | null = null;
  let own: readonly File[] | null = null;
  let engine: Promise<Engine> | null = null;
  let challenged = false;
  /** What was to be told before anyone listened. */
  let moved: Engine | null = null;
  let tell = (engine: Engine): void => {
    moved = engine;
  };
  const first = createLink(async (ask) => {
    const anew = await restore(ask, DECODED_AT_ONCE);
    if (anew) tell(anew);
  });
  let second: Promise<Link | null> | null = null;
  let links: readonly Link[] = [first];
  /** Exchanges of the model that are asked for and not done. */
  let exchanges = 0;
  /** What every worker must know is told one after the other: a worker that starts meanwhile would miss it. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  async function restore(ask: Ask, atOnce: number): Promise<Engine | null> {
    let anew: Engine | null = null;
    if (model) {
      const { id, backend } = model;
      anew = await ask<Engine>((remote) => remote.load(modelsUrl(), id, backend, NO_FILES));
      if (own) anew = await ask<Engine>((remote) => remote.takeOwn(own));
    }
    for (const [number, { files, options }] of drops) {
      await ask((remote) => remote.open(number, [...files], options, atOnce));
    }
    for (const id of closed) await ask((remote) => remote.close(id));
    return anew;
  }

  async function startSecond(): Promise<Link | null> {
    if ((navigator.hardwareConcurrency ?? 1) < 2) return null;
    const link = createLink(async (ask) => void (await restore(ask, 0)));
    try {
      await restore(link.call, 0);
      links = [first, link];
      return link;
    } catch {
      // Without it the batch is slower and nothing else.
      link.end();
      return null;
    }
  }

  /** Tries a graphics card, once: after a loss of it the new worker stays on what is always there. A second worker leaves the card to the first. */
  async function challenge(): Promise<void> {
    if (challenged || model?.backend !== 'auto' || own) return;
    challenged = true;
    const settled = await first.call<Engine | null>((remote) => remote.challenge());
    if (settled) tell(settled);
  }

  const load = (of: Link) => busy.get(of) ?? 0;
  const homeOf = (id: string) => homes.get(id) ?? first;

  /** The worker that holds the recording, else the one with the least to do. */
  function linkFor(id: string): Link {
    const link = homes.get(id) ?? links.reduce((least, one) => (load(one) < load(least) ? one : least), first);
    homes.set(id, link);
    return link;
  }

  /** A worker's analysis: of a long recording the other worker searches parts, if it is idle, and lets go what it has of it afterwards. */
  async function analysedBy(
    link: Link,
    remote: Remote<WorkerApi>,
    id: string,
    tell: Desk['tell'],
  ): Promise<Answer<Reading | null>> {
    let open = true;
    const asked: Link[] = [];
    const aid: Desk['aid'] = async (startS) => {
      // An exchange of the model waits for this analysis, and a second worker would wait for the exchange.
      if (exchanges > 0) return null;
      second ??= inTurn(startSecond);
      await second;
      const other = links.find((one) => one !== link);
      if (!other || !open || load(other) > 0) return null;
      asked.push(other);
      busy.set(other, load(other) + 1);
      try {
        return await other.call<Found>((remote) => remote.search(id, startS));
      } catch {
        // Then the worker that asks does it itself.
        return null;
      } finally {
        busy.set(other, load(other) - 1);
      }
    };
    try {
      return await remote.analyse(id, proxy({ tell, aid }));
    } finally {
      open = false;
      asked.at(-1)?.tell((remote) => remote.release(id));
    }
  }

  /** Analyses what its worker has not analysed yet (a new one has analysed nothing), then concludes for the patient as entered. */
  async function conclude(id: string, onProgress: (share: number) => void): Promise<Reading> {
    const link = linkFor(id);
    busy.set(link, load(link) + 1);
    try {
      const reading = await link.call<Reading>(async (remote) => {
        const analysed = await analysedBy(link, remote, id, onProgress);
        if ('error' in analysed) return analysed;
        const { edit, marks, point, prevalence } = edits.get(id) ?? UNEDITED;
        return analysed.value ? { value: analysed.value } : remote.conclude(id, edit, marks, point, prevalence);
      });
      // That it was not faster, or could not be tried, is no one's error.
      if (link === first) challenge().catch(() => {});
      return reading;
    } finally {
      busy.set(link, load(link) - 1);
    }
  }

  /** The reading after an edit, or null when a newer one was made meanwhile. */
  async function follow(id: string, change: (before: Edited) => Partial<Edited>): Promise<Reading | null> {
    const before = edits.get(id) ?? UNEDITED;
    const edited = { ...before, ...change(before), revision: before.revision + 1 };
    edits.set(id, edited);
    const reading = await conclude(id, ignore);
    return edits.get(id)?.revision === edited.revision ? reading : null;
  }

  /** Asks about an analysed recording; a worker that has let it go analyses it again first. */
  function onAnalysed<T>(id: string, ask: (remote: Remote<WorkerApi>) => Promise<Answer<T>>): Promise<T> {
    const link = linkFor(id);
    return link.call<T>(async (remote) => {
      const analysed = await analysedBy(link, remote, id, ignore);
      return 'error' in analysed ? analysed : ask(remote);
    });
  }

  /** The worker stops what it does for a recording when the signal fires. */
  async function stoppable<T>(id: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const abort = () => homeOf(id).tell((remote) => remote.abort(id));
    signal?.addEventListener('abort', abort);
    try {
      signal?.throwIfAborted();
      const done = await work();
      signal?.throwIfAborted();
      return done;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** The bytes go to the first worker that is told; one that has to replace it fetches for itself. */
  async function loadWith(id: string, backend: Backend | 'auto', ahead: Promise<Files> | undefined): Promise<Engine> {
    let files = (await ahead) ?? NO_FILES;
    return first.call<Engine>((remote) => {
      const handed = files;
      files = NO_FILES;
      return remote.load(modelsUrl(), id, backend, transfer(handed, [...handed.values()]));
    });
  }

  const openAll = (files: readonly File[], options: ReadOptions) =>
    inTurn(async () => {
      const number = ++drop;
      const opened = await first.call((remote) => remote.open(number, [...files], options, DECODED_AT_ONCE));
      await Promise.all(
        links.slice(1).map((link) => link.call((remote) => remote.open(number, [...files], options, 0))),
      );
      drops.set(number, { files, options });
      return opened;
    });

  return {
    load(id, backend, ahead) {
      if (engine && model?.id === id && model.backend === backend) return engine;
      model = { id, backend };
      const asked = loadWith(id, backend, ahead);
      engine = asked;
      asked.catch(() => {
        if (engine === asked) engine = null;
      });
      return asked;
    },
    onEngine(listener) {
      tell = listener;
      if (moved) tell(moved);
    },
    holdsModel: (archive) => first.call<boolean>((remote) => remote.holdsModel(archive)),
    async takeOwn(files) {
      exchanges++;
      try {
        return await inTurn(async () => {
          const engine = await first.call<Engine>((remote) => remote.takeOwn(files && [...files]));
          await Promise.all(
            links.slice(1).map((link) => link.call<Engine>((remote) => remote.takeOwn(files && [...files]))),
          );
          own = files;
          return engine;
        });
      } finally {
        exchanges--;
      }
    },
    fetchRest: () => first.call<void>((remote) => remote.fetchRest()),
    begin(files) {
      const opened = openAll(files, {});
      begun = { files, opened };
      const read = async ([one]: readonly Opened[]) => {
        await engine;
        if (!one) return;
        const reading = conclude(one.id, ignore);
        onTheirWay.set(one.id, reading);
        await reading;
      };
      // Whoever asks is told what went wrong.
      opened.then(read).catch(ignore);
    },
    open(files, options = {}) {
      const there = begun?.files === files ? begun.opened : null;
      begun = null;
      return there ?? openAll(files, options);
    },
    async analyse(id, { signal, edit, onProgress } = {}) {
      if (edit) edits.set(id, { ...(edits.get(id) ?? UNEDITED), edit });
      // It was begun for the patient of the file.
      const there = edit && Object.keys(edit).length > 0 ? null : onTheirWay.get(id);
      onTheirWay.delete(id);
      return stoppable(id, signal, () => there ?? conclude(id, onProgress ?? ignore));
    },
    setPatient: (id, edit) => follow(id, (before) => ({ edit: { ...before.edit, ...edit } })),
    setMarks: (id, marks) => follow(id, () => ({ marks })),
    setPoint: (id, point) => follow(id, () => ({ point })),
    setPrevalence: (id, prevalence) => follow(id, () => ({ prevalence })),
    explain: (id, code, atS, { signal, onProgress = ignore } = {}) =>
      stoppable(id, signal, () =>
        onAnalysed(id, (remote) => {
          const { edit } = edits.get(id) ?? UNEDITED;
          return remote.explain(id, { code, atS, edit }, proxy(onProgress));
        }),
      ),
    whatIf: (id, people) => onAnalysed(id, (remote) => remote.whatIf(id, people)),
    preview: (id) => homeOf(id).call<Preview>((remote) => remote.preview(id)),
    window: (id, startS, durationS, filter) =>
      homeOf(id).call<Ecg>((remote) => remote.window(id, startS, durationS, filter ?? null)),
    async release(id) {
      const home = homeOf(id);
      homes.delete(id);
      await home.call((remote) => remote.release(id));
    },
    async widen() {
      second ??= inTurn(startSecond);
      return (await second) !== null;
    },
    async close(id) {
      closed.add(id);
      edits.delete(id);
      homes.delete(id);
      await Promise.all(links.map((link) => link.call((remote) => remote.close(id))));
    },
    terminate: () => {
      for (const link of links) link.end();
    },
  };
}

function modelsUrl(): string {
  return new URL('models/', document.baseURI).href;
}
