import type { Client } from '../client';
import { type ErrorRecord, errorRecord, type Patient, type Reading, type Warning } from '../ecg';
import { analysisLine } from '../report';
import { type Item, type PageState, shownReading } from './state';

/** So many recordings stay ready to be looked at; the others are let go and analysed again when they are opened. */
const KEPT_READY = 12;

/** From this many waiting recordings on a second worker is worth its start. */
const WORTH_TWO = 8;

/** What the queue needs of the page. */
export interface QueuePage {
  get(): PageState;
  change(patch: Partial<PageState>): void;
  changeItem(id: string, patch: Partial<Item>): void;
  /** Why the model could not be loaded, or null. */
  loaded(): Promise<ErrorRecord | null>;
  /** Draws what is looked at. */
  draw(): Promise<void>;
  /** A row turned out to need the reader's answer, or (null) to say more with one. */
  asks(error: ErrorRecord | null): void;
}

/** Works through the rows of the page that wait, one worker or two, and keeps memory flat while it does. */
export function createQueue(client: Client, page: QueuePage) {
  let stop = new AbortController();
  let lanes = 0;
  /** While the network is exchanged, nothing is taken up. */
  let halted = false;
  /** Ids of recordings that are held in full, the one looked at longest ago first. */
  let ready: readonly string[] = [];

  const itemOf = (id: string) => page.get().items.find((item) => item.id === id);

  /** Starts what is needed to work through everything that waits: one lane, and a second one where it is worth it. */
  async function run(): Promise<void> {
    if (halted) return;
    const { signal } = stop;
    if (lanes === 0) void lane(signal);
    const waiting = page.get().items.filter(({ state }) => state === 'waiting').length;
    if (waiting < WORTH_TWO || (await page.loaded()) || signal.aborted || !(await client.widen())) return;
    if (lanes < 2 && !signal.aborted) void lane(signal);
  }

  async function lane(signal: AbortSignal): Promise<void> {
    lanes++;
    await page.loaded();
    await nextTask();
    for (let item = next(); item && !signal.aborted; item = next()) await analyseOne(item, signal);
    if (!signal.aborted) lanes--;
  }

  const next = () => (page.get().paused ? undefined : nextWaiting(page.get()));

  async function analyseOne({ id, edit }: Item, signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    page.changeItem(id, { state: 'analysing' });
    try {
      const onProgress = (share: number) => page.changeItem(id, { share });
      let reading = await client.analyse(id, { signal, edit, ...(id === page.get().currentId && { onProgress }) });
      for (let told = edit, now = itemOf(id)?.edit; now && now !== told; told = now, now = itemOf(id)?.edit) {
        reading = (await client.setPatient(id, now)) ?? reading;
      }
      const failure = await page.loaded();
      // What was stopped in its last moment is stopped.
      if (signal.aborted) return;
      settle(id, reading, failure);
      if (id === page.get().currentId && !page.get().ecg) void page.draw();
    } catch (error) {
      const item = itemOf(id);
      if (!item || signal.aborted) return;
      settle(id, item.reading, errorRecord(error));
    }
    if (itemOf(id)) keep(id);
    count(performance.now() - begun);
  }

  /** Without the network's statements a reading is a failure; what was measured stays with it. */
  function settle(id: string, reading: Reading, failure: ErrorRecord | null): void {
    const before = itemOf(id);
    if (!before) return;
    const error = reading.error ?? failure;
    const filePatient = before.reading.recording ? before.filePatient : asInFile(reading.patient);
    const settled = { reading: { ...reading, error }, filePatient, folded: null, share: 1 };
    page.changeItem(id, { ...settled, state: error ? 'error' : 'done' });
    if (error?.code === 'NEEDS_INPUT') page.asks(error);
    else if (!error && !before.reading.recording && reading.warnings.some(isUnnamed)) page.asks(null);
    else if (error && reading.recording) {
      page.change({ failure: error, ...(id === page.get().currentId && { failed: true }) });
    }
  }

  /** Tells the clock behind the time that is left: a row took so long, in one of the lanes. */
  function count(spentMs: number): void {
    const { pace } = page.get();
    page.change({ pace: { rows: pace.rows + 1, ms: pace.ms + spentMs / Math.max(1, lanes) } });
  }

  /** Puts a recording among those that are ready and lets the oldest of them go. */
  function keep(id: string): void {
    ready = [...ready.filter((one) => one !== id), id];
    const { currentId } = page.get();
    const spare = ready.filter((one) => one !== currentId).slice(0, Math.max(0, ready.length - KEPT_READY));
    ready = ready.filter((one) => !spare.includes(one));
    for (const one of spare) fold(one);
  }

  function fold(id: string): void {
    const item = itemOf(id);
    if (!item || item.folded || (item.state !== 'done' && item.state !== 'error')) return;
    const folded = new Blob([analysisLine(shownReading(item), item.report.now)]);
    page.changeItem(id, { folded, reading: withoutDetail(item.reading) });
    void client.release(id).catch(() => {});
  }

  /** Gives a row that was let go, cancelled or not reached yet all that is shown of an open ECG, before its turn. */
  async function look(id: string): Promise<void> {
    const before = itemOf(id);
    const isUntouched = before?.state === 'waiting' || before?.state === 'cancelled';
    // After the exchange of a network it is the first one.
    if (isUntouched) return halted ? undefined : analyseOne(before, stop.signal);
    if (!before?.folded) return;
    const reading = await client.analyse(id);
    const item = itemOf(id);
    if (item?.folded) page.changeItem(id, { reading: { ...reading, error: item.reading.error }, folded: null });
    keep(id);
  }

  return {
    run,
    look,
    /** Forgets a drop that was replaced. */
    reset(): void {
      stop.abort();
      stop = new AbortController();
      lanes = 0;
      ready = [];
      page.change({ paused: false, pace: { rows: 0, ms: 0 } });
    },
    pause(): void {
      page.change({ paused: true });
    },
    /** Goes on after a pause or a cancel; what was cancelled waits again. */
    resume(): void {
      const items = page
        .get()
        .items.map((item) =>
          item.state === 'cancelled'
            ? ({ ...item, state: 'waiting', reading: { ...item.reading, error: null } } as const)
            : item,
        );
      page.change({ paused: false, items });
      void run();
    },
    /** Stops at once, for a network to be changed; every row that was in hand waits, and so does every new one until `again`. */
    halt(): void {
      halted = true;
      stop.abort();
      stop = new AbortController();
      lanes = 0;
      const inHand = page.get().items.filter(({ state }) => state === 'analysing');
      for (const { id } of inHand) page.changeItem(id, { state: 'waiting', share: 0 });
    },
    /** Every recording once more, for what reads it has changed; without `all` what was still waiting. */
    again(all: boolean): void {
      halted = false;
      if (all) {
        ready = [];
        const settled = ({ state, reading }: Item) =>
          state === 'done' || (state === 'error' && reading.recording !== null);
        const items = page.get().items.map((item) =>
          settled(item)
            ? ({
                ...item,
                state: 'waiting',
                folded: null,
                share: 0,
                reading: { ...item.reading, error: null },
              } as const)
            : item,
        );
        page.change({ items, failure: null, failed: false });
      }
      void run();
    },
    /** Stops at once. What is done stays; the other rows say that they were not analysed. */
    cancel(): void {
      stop.abort();
      stop = new AbortController();
      lanes = 0;
      const items = page
        .get()
        .items.map((item) =>
          item.state === 'waiting' || item.state === 'analysing'
            ? ({ ...item, state: 'cancelled', reading: { ...item.reading, error: CANCELLED } } as const)
            : item,
        );
      page.change({ paused: false, items });
    },
  };
}

export interface BatchProgress {
  readonly done: number;
  readonly failed: number;
  readonly all: number;
  /** Seconds until the rest is done at the pace so far; null before the first row, and at the end. */
  readonly leftS: number | null;
}

/** How far a batch is. */
export function progressOf({ items, pace }: Pick<PageState, 'items' | 'pace'>): BatchProgress {
  let done = 0;
  let failed = 0;
  for (const { state } of items) {
    if (state === 'done' || state === 'error') done++;
    if (state === 'error') failed++;
  }
  const waiting = items.filter(({ state }) => state === 'waiting' || state === 'analysing').length;
  const leftS = pace.rows > 0 && waiting > 0 ? (pace.ms / pace.rows / 1000) * waiting : null;
  return { done, failed, all: items.length, leftS };
}

const CANCELLED: ErrorRecord = { code: 'ABORTED', message: 'Not analysed: the batch was cancelled.', detail: {} };

const isUnnamed = ({ code }: Warning) => code === 'LEAD_UNKNOWN';

/** Lets the page show what has arrived before more changes: two renders in one task would be a long one. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** The patient without what was entered. */
function asInFile(patient: Patient): Patient {
  return {
    ...patient,
    ...(patient.ageOrigin === 'entered' && { ageYears: null, ageOrigin: 'none' }),
    ...(patient.sexOrigin === 'entered' && { sex: 'unknown', sexOrigin: 'none' }),
  };
}

/** What a row shows, is sorted by and has in the table of the batch; the rest of the analysis is in its line. */
function withoutDetail({ trend: _, quality, measurements, ...reading }: Reading): Reading {
  return {
    ...reading,
    quality: quality && { ...quality, leads: [] },
    measurements: measurements && { ...measurements, st: null, stFurther: null, st60: null, amplitudes: null },
    waves: {},
    recording: withoutAnnotations(reading.recording),
    beats: [],
    beatList: [],
    pacingSpikes: null,
    medianBeats: [],
    ranges: {},
    findings: reading.findings
      .filter(({ status }) => status === 'present')
      .map((finding) => ({ ...finding, evidence: [], conflicts: [] })),
    model: null,
  };
}

function withoutAnnotations(recording: Reading['recording']): Reading['recording'] {
  if (!recording?.annotations) return recording;
  const { annotations: _, ...rest } = recording;
  return rest;
}

/** What the reader looks at first, then in the order of the rows. */
function nextWaiting({ items, currentId }: PageState): Item | undefined {
  let first: Item | undefined;
  for (const item of items) {
    if (item.state !== 'waiting') continue;
    if (item.id === currentId) return item;
    first ??= item;
  }
  return first;
}
