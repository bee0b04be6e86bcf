import type { Client, Engine, ReadOptions } from '../client';
import type {
  Comparison,
  Ecg,
  ErrorRecord,
  Filters,
  MarkName,
  Missing,
  Patient,
  PatientEdit,
  Reading,
  ReportEdits,
} from '../ecg';
import { compareReadings } from '../report';
import { ENGLISH, type Words } from '../words';
import { type CaliperActions, type CaliperState, NO_CALIPERS } from './caliper-actions';
import type { CompareActions, Other } from './compare-actions';
import type { Demo } from './demos';
import { NO_FILTER, type ShownEcg } from './display-filter';
import type { History } from './history';
import type { LanguageActions } from './language';
import type { MarkActions, ShownInterval } from './mark-actions';
import type { MarkHistory } from './mark-history';
import type { PaperActions } from './paper-actions';
import { type PaperSettings, STANDARD_PAPER } from './paper-settings';
import type { PaperSize } from './paper-size';
import type { Looked, ReaderActions } from './reader-actions';

export type ItemState = 'waiting' | 'analysing' | 'done' | 'error' | 'cancelled';

/** One recording of a drop, or one file that could not be read. */
export interface Item {
  readonly id: string;
  readonly state: ItemState;
  readonly reading: Reading;
  /** The files it came from, to read them again with the reader's answers. */
  readonly files: readonly File[];
  /** The patient as the file has it: decides where there is a box to fill. */
  readonly filePatient: Patient;
  readonly edit: PatientEdit;
  readonly marks: MarkHistory;
  /** What the reader did to the written report. */
  readonly report: History<ReportEdits>;
  /** The acquisition time that the reader entered where the file has none. */
  readonly enteredStartTime: string | null;
  /**
   * The whole analysis as its line of JSON, where `reading` keeps only what a row shows: a batch of any size fits in memory,
   * for the browser may put a Blob on the disk. Null where `reading` is whole.
   */
  readonly folded: Blob | null;
  /** The ECG that stands beside it to be compared. */
  readonly other: Other | null;
  /** A comparison that was kept in the history, where the other ECG is not open any more. */
  readonly comparison: Comparison | null;
  /** How much of a long recording is analysed, 0 to 1. */
  readonly share: number;
}

/** Files that cannot be read, or not be read in full, without knowing more. */
export interface Question {
  /** Why the file could not be read; null where it was, but would say more with an answer. */
  readonly error: ErrorRecord | null;
  readonly file: string;
  readonly missing: readonly Missing[];
  /** The row whose first samples are shown to answer by. */
  readonly about: string;
  readonly files: readonly File[];
  readonly replaces: readonly string[];
  /** What was answered so far. */
  readonly given: ReadOptions;
}

export interface PageState extends CaliperState {
  /** Counts every change. */
  readonly revision: number;
  readonly words: Words;
  readonly engine: Engine | null;
  readonly demos: readonly Demo[];
  readonly items: readonly Item[];
  readonly currentId: string | null;
  readonly failure: ErrorRecord | null;
  readonly question: Question | null;
  /** The last thing that was asked for failed, whatever else is open. */
  readonly failed: boolean;
  /** No further recording is taken up until the reader says so. */
  readonly paused: boolean;
  /** Rows of this drop that were analysed, and how long that took, ms on the clock: tells the time that is left. */
  readonly pace: { readonly rows: number; readonly ms: number };
  /** Drops being read and edits being followed. */
  readonly opening: number;
  readonly following: number;
  readonly paper: PaperSettings;
  readonly paperSize: PaperSize;
  /** What the trace is shown through. */
  readonly filter: Filters;
  /** Whether the delineated waves are banded on the trace. */
  readonly showWaves: boolean;
  /** The mark that the arrow keys move. */
  readonly selectedMark: MarkName | null;
  /** The measurement whose marks are shown on the trace. */
  readonly shownInterval: ShownInterval | null;
  /** Findings stay covered until the reader asks for them, and whose the reader asked for. */
  readonly readFirst: boolean;
  readonly uncovered: readonly string[];
  readonly looked: Looked | null;
  /** What is exported tells nothing of whose it is. */
  readonly deidentify: boolean;
  /** The open ECG and the one beside it are shown instead of the reading. */
  readonly comparing: boolean;
  /** The stretch that is drawn, and where it was asked to begin, seconds. */
  readonly startS: number;
  /** As recorded. */
  readonly ecg: Ecg | null;
  /** The same stretch as it is drawn and printed. */
  readonly shown: ShownEcg | null;
}

export interface PageActions {
  start(modelId: string, backend: string | null): Promise<void>;
  offer(demos: readonly Demo[]): void;
  /** The reader's own model in place of the page's, or (null) the page's again; everything open is read anew. A refused one changes nothing. */
  takeModel(files: readonly File[] | null): Promise<void>;
  /** Opens files of the reader's, once they are there: from then on what is requested is counted. */
  open(files: readonly File[] | Promise<readonly File[]>, options?: ReadOptions): Promise<void>;
  /** The same for a demo that is fetched first; not where something else was asked for meanwhile. Rejects where it cannot be fetched. */
  openFetched(files: Promise<readonly File[]>): Promise<void>;
  /** A demo that the page's address asks for, while the page is still loading. */
  openDemo(files: readonly File[]): Promise<void>;
  /** Fetches what the first ECG does not need. */
  readonly fetchRest: Client['fetchRest'];
  /** The reader's answer to the open question. */
  answer(options: ReadOptions): Promise<void>;
  /** What the row that asks holds, to answer by. */
  readonly preview: Client['preview'];
  fail(error: unknown): void;
  dismiss(): void;
  show(id: string): void;
  /** To the recording before or after in the list. */
  next(step: number): void;
  pause(): void;
  /** Goes on with what waits, and with what was cancelled. */
  resume(): void;
  cancel(): void;
  turn(step: number): void;
  /** Opens the sheet at a moment of the recording, seconds. */
  goTo(startS: number): void;
  toggleWaves(): void;
  toggleDeidentify(): void;
  edit(edit: PatientEdit): Promise<void>;
  enterStartTime(startTime: string | null): void;
  /** Reads any stretch of an open recording, for the exports. */
  readonly readWindow: Client['window'];
}

export type Page = PageState &
  PageActions &
  MarkActions &
  PaperActions &
  CaliperActions &
  ReaderActions &
  CompareActions &
  LanguageActions;

export const EMPTY: PageState = {
  ...NO_CALIPERS,
  revision: 0,
  words: ENGLISH,
  engine: null,
  demos: [],
  items: [],
  currentId: null,
  failure: null,
  question: null,
  failed: false,
  paused: false,
  pace: { rows: 0, ms: 0 },
  opening: 0,
  following: 0,
  paper: STANDARD_PAPER,
  filter: NO_FILTER,
  paperSize: { screenPxPerMm: null, trueSize: false, zoom: 1 },
  showWaves: false,
  selectedMark: null,
  shownInterval: null,
  readFirst: false,
  uncovered: [],
  looked: null,
  deidentify: false,
  comparing: false,
  startS: 0,
  ecg: null,
  shown: null,
};

export type Phase = 'idle' | 'reading' | 'analysing' | 'done' | 'error';

const busy = ({ state }: Item) => state === 'waiting' || state === 'analysing';

/** Whether something is still to be analysed. */
export const isRunning = (items: readonly Item[]) => items.some(busy);

export function phaseOf({ opening, items, following, failed }: PageState): Phase {
  if (opening > 0) return 'reading';
  if (following > 0 || isRunning(items)) return 'analysing';
  if (failed) return 'error';
  return items.length > 0 ? 'done' : 'idle';
}

export const currentItem = ({ items, currentId }: PageState): Item | null =>
  items.find(({ id }) => id === currentId) ?? null;

/** The reading with what the reader entered in the page alone, and compared: what is shown and exported. */
export function shownReading(item: Item): Reading {
  const { reading, enteredStartTime } = item;
  if (!reading.recording) return reading;
  const dated =
    enteredStartTime === null
      ? reading
      : { ...reading, recording: { ...reading.recording, startTime: enteredStartTime } };
  const comparison = comparisonOf(dated, item);
  return comparison ? { ...dated, comparison } : dated;
}

/** Null until the reader has settled whose ECGs they are. */
function comparisonOf(reading: Reading, { other, comparison: kept }: Item): Comparison | null {
  if (!other) return kept;
  const comparison = compareReadings(reading, other.reading);
  return other.confirmed || comparison.identity.differing.length === 0 ? comparison : null;
}
