import { expose } from 'comlink';
import {
  type Analysis,
  analyse,
  type Claim,
  challenge,
  claimFiles,
  closeNetwork,
  conclude,
  decoded,
  explain,
  type Found,
  fileSource,
  filteredStretch,
  furtherReaders,
  holdsModel,
  joinPeople,
  listed,
  type Network,
  openClaim,
  openNetwork,
  openOwnNetwork,
  ownModels,
  type Person,
  type Preview,
  type Progress,
  previewOf,
  type ReadOptions,
  remeasure,
  searchLongPart,
  stretch,
  takePeople,
  unreadable,
  whatIf,
} from './analyse';
import {
  type Backend,
  type Ecg,
  EcgError,
  type ErrorRecord,
  type Explanation,
  editPatient,
  errorRecord,
  type Filters,
  type HeadCard,
  type MarkEdit,
  type ModelCard,
  type OperatingPoint,
  type OwnPrevalence,
  type Patient,
  type PatientEdit,
  type Reading,
  type Recording,
  type Saying,
  type Warning,
} from './ecg';
import { holdLifeline } from './lifeline';
import type { Files } from './release/ahead';
import { watchRequests } from './release/requests';
import { handOver } from './release/sealed';
import { message } from './words/say';

/** The loaded model and where it runs. */
export interface Engine {
  readonly backend: Backend;
  /** One sentence: which backend and why. */
  readonly reason: string;
  readonly reasonSaying?: Saying;
  readonly card: ModelCard;
  /** Of the small models beside it that are loaded with it. */
  readonly heads?: readonly HeadCard[];
  /** The reader brought the model. */
  readonly own: boolean;
}

/** One recording of a drop, or one failure: `error` of the reading says which. Without either it has not been decoded yet. */
export interface Opened {
  readonly id: string;
  readonly reading: Reading;
  /** Age and sex from a table that was dropped beside it. */
  readonly edit: PatientEdit;
  /** Which of the dropped files it is made of; empty where it lies in an archive. */
  readonly files: readonly number[];
}

/** What crosses the boundary instead of an exception, which would lose its code. */
export type Answer<T> = { readonly value: T } | { readonly error: ErrorRecord };

/** What the page does for an analysis while it goes on. */
export interface Desk {
  /** The share that is done, 0 to 1. */
  tell(share: number): void;
  /** Has the other worker search the part of a long recording that begins there, seconds; null where that cannot be. */
  aid(startS: number): Promise<Found | null>;
}

/** One open recording. What was decoded and computed can be let go and done again, so that a batch of any size fits. */
interface Held {
  readonly claim: Claim;
  readonly options: ReadOptions;
  /** What a table beside it says of its patient. */
  readonly person: (Person & { readonly table: string }) | null;
  /** Why a table beside it was not used. */
  readonly doubt: string | null;
  outcome: ReturnType<typeof openClaim> | null;
  analysis: Analysis | null;
  /** The analysis while it is going on: whoever else asks waits for it. */
  analysing: Promise<Analysis> | null;
  running: AbortController | null;
  /** Questions about it that are being answered. */
  inHand: number;
}

const held = new Map<string, Held>();
/** The bundled network, and the one that reads: the reader's own, or the bundled one. */
let bundled: Network | null = null;
let network: Network | null = null;
/** Networks are made and exchanged one after the other. */
let exchanging: Promise<unknown> = Promise.resolve();
/** Questions that the network is answering. */
let inHand = 0;
/** While the network changes, further questions wait. */
let changing: Promise<unknown> | null = null;

const api = {
  /** @param files of the build that the page has fetched already, by address */
  load: (models: string, id: string, backend: Backend | 'auto', files: Files) =>
    exchange(async (): Promise<Engine> => {
      handOver(files);
      if (bundled) closeNetwork(bundled);
      bundled = null;
      bundled = await openNetwork(models, id, backend);
      return engineOf(await use(bundled));
    }),

  /**
   * Once the first answer is out: a graphics card shows whether it is faster. Where it is, what was analysed is analysed there when it is
   * asked for again. Null where the reader's own model reads.
   */
  challenge: () =>
    exchange(async (): Promise<Engine | null> => (bundled && !network?.own ? engineOf(await move(bundled)) : null)),

  /** Whether an archive holds a model and not ECGs. */
  holdsModel: (archive: File) => answer(async () => holdsModel(fileSource(archive))),

  /** The reader's own model from here on, or (null) the bundled one again. Where it is refused, everything stays as it was. */
  takeOwn: (files: readonly File[] | null) =>
    exchange(async (): Promise<Engine> => {
      if (!bundled) throw new EcgError('MODEL_UNAVAILABLE', 'No model is loaded.');
      const next = files ? await openOwnNetwork(bundled, files.map(fileSource)) : bundled;
      // Where the network before looked is of no use any more; an analysis may be waited for.
      for (const { running, analysing } of held.values()) if (!analysing) running?.abort();
      return engineOf(await use(next));
    }),

  /** What may be needed later, fetched so that nothing is while a file is open. */
  fetchRest: () =>
    answer(async (): Promise<void> => {
      await Promise.all([bundled?.session.fetchFallbacks(), bundled?.rhythm.reader(), ownModels(), furtherReaders()]);
    }),

  /**
   * Lists a drop and decodes its first recordings: `atOnce` of them, and further ones until one of them can be read.
   * Ids are `<drop>.<n>`, so that every worker gives the same ones.
   */
  open: (drop: number, files: readonly File[], options: ReadOptions, atOnce: number) =>
    answer(async (): Promise<readonly Opened[]> => {
      const sources = files.map(fileSource);
      const places = new Map(sources.map((source, place) => [source, place]));
      const { tables, rest } = await takePeople(sources);
      const claims = await claimFiles(rest, options);
      const joined = joinPeople(
        tables,
        claims.map(({ parts }) => parts.map(({ name }) => name)),
      );
      const opened: Opened[] = [];
      let readable = atOnce === 0;
      for (const [n, claim] of claims.entries()) {
        const id = `${drop}.${n}`;
        const person = joined.people.get(n) ?? null;
        const one: Held = {
          claim,
          options,
          person,
          doubt: joined.doubts.get(n) ?? null,
          outcome: null,
          analysis: null,
          analysing: null,
          running: null,
          inHand: 0,
        };
        held.set(id, one);
        const reading = n < atOnce || !readable ? await readingOf(one) : listed(nameOf(claim), claim.parts);
        readable ||= reading.recording !== null;
        opened.push({
          id,
          reading,
          edit: editOf(person),
          files: [...claim.parts, ...(claim.beside ?? [])].flatMap((part) => places.get(part) ?? []),
        });
      }
      for (const [table, refusals] of joined.refusals) {
        if (refusals.length === 0) continue;
        const error = new EcgError('MISSING_PART', refusedText(table, refusals));
        opened.push({
          id: `${drop}.${opened.length}`,
          reading: await unreadable(
            table,
            sources.filter(({ name }) => name === table),
            error,
          ),
          edit: {},
          files: [],
        });
      }
      return opened;
    }),

  /**
   * Everything but the patient's part; a second call for the same recording is answered from the first, and waits for it.
   * Gives the reading of a file that cannot be decoded, null of one that was analysed.
   */
  analyse: (id: string, desk: Desk) =>
    ask(id, async (one): Promise<Reading | null> => {
      try {
        await analysisOf(one, {
          onProgress: (share) => desk.tell(share),
          aid: (startS) => desk.aid(startS),
        });
        return null;
      } catch (thrown) {
        const outcome = await one.outcome;
        if (outcome && 'error' in outcome) return readingOf(one);
        throw thrown;
      }
    }),

  /** One part of a long recording that another worker analyses. */
  search: (id: string, startS: number) =>
    ask(id, async (one): Promise<Found> => {
      const recording = await recordingOf(one);
      return stoppable(one, (signal) => searchLongPart(recording, startS, network, { signal }));
    }),

  /** For the patient and with the marks as the reader has them. */
  conclude: (
    id: string,
    edit: PatientEdit,
    marks: readonly MarkEdit[],
    point: OperatingPoint,
    prevalence: OwnPrevalence,
  ) =>
    ask(id, async (one): Promise<Reading> => {
      const recording = await recordingOf(one);
      const analysis = await remeasure(recording, await analysisOf(one), marks);
      return noted(
        one,
        recording,
        await conclude(analysis, editPatient(recording.patient, edit), network, point, prevalence),
      );
    }),

  /** Where the network looked for a statement around a moment; a second call, or an abort, ends the first. */
  explain: (id: string, asked: { code: string; atS: number; edit: PatientEdit }, onProgress: (share: number) => void) =>
    ask(id, async (one): Promise<Explanation> => {
      const recording = await recordingOf(one);
      const analysis = await analysisOf(one);
      const patient = editPatient(recording.patient, asked.edit);
      const { code, atS } = asked;
      return stoppable(one, (signal) =>
        explain(recording, analysis, { code, atS, patient }, loaded(), { signal, onProgress }),
      );
    }),

  /** The probabilities of each statement for other ages and sexes. */
  whatIf: (id: string, people: readonly Pick<Patient, 'ageYears' | 'sex'>[]) =>
    ask(id, async (one) => whatIf(await analysisOf(one), people, loaded())),

  /** As recorded, or as a display filter shows it. */
  window: (id: string, startS: number, durationS: number, filter: Filters | null) =>
    answer(async (): Promise<Ecg> => {
      const recording = await recordingOf(find(id));
      return filter ? filteredStretch(recording, startS, durationS, filter) : stretch(recording, startS, durationS);
    }),

  preview: (id: string) =>
    answer(async (): Promise<Preview> => {
      const { claim, options } = find(id);
      return previewOf(claim, options);
    }),

  abort: (id: string) => held.get(id)?.running?.abort(),

  /** Once it has answered what it was asked. */
  release: (id: string) =>
    answer(async () => {
      const one = find(id);
      while (one.inHand > 0) await nextTask();
      letGo(one);
    }),

  close: (id: string) =>
    answer(async () => {
      const one = held.get(id);
      if (one) letGo(one);
      held.delete(id);
    }),
};

/**
 * From here on this network reads, once the one before has answered what it was asked; what it said is forgotten, what was decoded
 * stays.
 */
async function use(next: Network): Promise<Network> {
  changing = idle().then(() => {
    if (network?.own && network !== next) network.session.dispose();
    network = next;
    for (const one of held.values()) {
      one.analysis?.encoded?.dispose();
      one.analysis = null;
    }
  });
  try {
    await changing;
  } finally {
    changing = null;
  }
  return next;
}

/** What makes or exchanges a network, when what began before it is done. */
function exchange<T>(work: () => Promise<T>): Promise<Answer<T>> {
  const done = exchanging.then(() => answer(work));
  exchanging = done;
  return done;
}

async function idle(): Promise<void> {
  while (inHand > 0) await nextTask();
}

/** To a graphics card where it is faster. */
async function move(before: Network): Promise<Network> {
  const after = await challenge(before);
  bundled = after;
  if (after.session.started === before.session.started) {
    network = after;
    return after;
  }
  await use(after);
  closeNetwork(before);
  return after;
}

function engineOf({ session, model, own, quality }: Network): Engine {
  const { backend, reason, reasonSaying } = session;
  const heads = [quality.card];
  return { backend, reason, ...(reasonSaying && { reasonSaying }), card: model.card, heads, own: own === true };
}

export type { Found, Preview, ReadOptions };
export type WorkerApi = typeof api;

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() };
  } catch (thrown) {
    return { error: errorRecord(thrown) };
  }
}

/** A question to the network about an open recording: no other network comes in between. */
const ask = <T>(id: string, work: (one: Held) => Promise<T>) =>
  answer(async () => {
    while (changing) await changing;
    const one = find(id);
    inHand++;
    one.inHand++;
    try {
      return await work(one);
    } finally {
      inHand--;
      one.inHand--;
    }
  });

function find(id: string): Held {
  const one = held.get(id);
  if (!one) throw new EcgError('INTERNAL', 'This recording is not open any more.', { where: id });
  return one;
}

/**
 * The analysis as it is there or on its way, else done anew: by another network, or after it was let go. Where one that is on its way
 * is stopped by who asked for it, whoever waited for it does it.
 */
async function analysisOf(one: Held, progress: Progress = {}): Promise<Analysis> {
  while (one.analysing) await one.analysing.catch(() => {});
  if (one.analysis) return one.analysis;
  const analysing = stoppable(one, (signal) => analysed(one, { ...progress, signal }));
  one.analysing = analysing;
  try {
    return await analysing;
  } finally {
    if (one.analysing === analysing) one.analysing = null;
  }
}

async function analysed(one: Held, progress: Progress & { readonly signal: AbortSignal }): Promise<Analysis> {
  const { signal } = progress;
  const analysis = await analyse(await recordingOf(one), network, progress);
  if (signal.aborted) analysis.encoded?.dispose();
  signal.throwIfAborted();
  one.analysis = analysis;
  return analysis;
}

function loaded(): Network {
  if (network) return network;
  throw new EcgError('MODEL_UNAVAILABLE', 'No model is loaded.');
}

/** Work on a recording that an abort ends, in place of what was going on. */
async function stoppable<T>(one: Held, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  one.running?.abort();
  const running = new AbortController();
  one.running = running;
  try {
    return await work(running.signal);
  } finally {
    if (one.running === running) one.running = null;
  }
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve, 50));

const SHOWN_REFUSALS = 5;

const nameOf = ({ parts }: Claim) => parts[0]?.name ?? '';

function decode(one: Held): ReturnType<typeof openClaim> {
  one.outcome ??= openClaim(one.claim, one.options);
  return one.outcome;
}

/** Throws the EcgError of a file that cannot be decoded. */
async function recordingOf(one: Held): Promise<Recording> {
  const outcome = await decode(one);
  if ('error' in outcome) throw outcome.error;
  return outcome.recording;
}

/** What can be said of a recording without analysing it. */
async function readingOf(one: Held): Promise<Reading> {
  const outcome = await decode(one);
  if ('error' in outcome) return unreadable(outcome.name, outcome.parts, outcome.error);
  return noted(one, outcome.recording, decoded(outcome.recording));
}

/** Some refusals stand for many: the table is at hand. */
function refusedText(table: string, refusals: readonly string[]): string {
  const more = refusals.length > SHOWN_REFUSALS ? ` And ${refusals.length - SHOWN_REFUSALS} more.` : '';
  return `${table}: ${refusals.slice(0, SHOWN_REFUSALS).join(' ')}${more} No age and no sex was taken from there.`;
}

/** Only what the table says: an empty cell leaves the file's own value. */
function editOf(person: Person | null): PatientEdit {
  return {
    ...(person && person.ageYears !== null && { ageYears: person.ageYears }),
    ...(person && person.sex !== 'unknown' && { sex: person.sex }),
  };
}

/** Says where a table beside the recording was not used, or contradicts the file. */
function noted({ person, doubt }: Held, { patient }: Recording, reading: Reading): Reading {
  const warnings: Warning[] = [...reading.warnings];
  if (doubt) warnings.push({ code: 'DEMOGRAPHICS_REFUSED', message: doubt });
  const age = person?.ageYears;
  const otherAge = age != null && patient.ageYears !== null && Math.abs(age - patient.ageYears) >= 1;
  const otherSex = person && person.sex !== 'unknown' && patient.sex !== 'unknown' && person.sex !== patient.sex;
  if (person && (otherAge || otherSex)) {
    const years = otherAge ? patient.ageYears : null;
    const sex = otherSex ? patient.sex : null;
    warnings.push({ code: 'DEMOGRAPHICS_DIFFER', ...differs(years, sex, person.table) });
  }
  return { ...reading, warnings };
}

function differs(years: number | null, sex: 'female' | 'male' | null, table: string) {
  if (years !== null && sex !== null) return message('personDiffers', { years, sex, table });
  return sex === null ? message('ageDiffers', { years: years ?? 0, table }) : message('sexDiffers', { sex, table });
}

/** Stops and frees; the recording can be decoded again. */
function letGo(one: Held): void {
  one.running?.abort();
  one.analysis?.encoded?.dispose();
  one.analysis = null;
  one.outcome = null;
}

holdLifeline();
watchRequests((request) => postMessage({ request }));
expose(api);
