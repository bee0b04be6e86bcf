import { createStore } from 'zustand/vanilla';
import type { Client, Opened, ReadOptions } from '../client';
import { type ErrorRecord, editPatient, errorRecord, type PatientEdit } from '../ecg';
import { lastPageStart, turnPage } from '../paper';
import { opened } from '../requests';
import { ENGLISH, type Words } from '../words';
import { knownBackend } from './address';
import { createQueue } from './batch';
import { caliperActions } from './caliper-actions';
import { compareActions, sessionsOf } from './compare-actions';
import { createDraw } from './draw-window';
import { inPlace, toItem, withEdit } from './items';
import { languageActions } from './language';
import { markActions } from './mark-actions';
import { tellApart } from './own-model';
import { paperActions } from './paper-actions';
import { firstLook } from './paper-looks';
import { questionOf } from './questions';
import { readerActions, readerState } from './reader-actions';
import { storedScreenSize } from './screen-size';
import { currentItem, EMPTY, type Item, type Page, type PageState } from './state';

/** The page's state and everything that can be done to it. Knows the client and nothing of React. */
export function createPage(client: Client, words: Words = ENGLISH) {
  const screenPxPerMm = storedScreenSize();
  return createStore<Page>()((set, get) => {
    /** Resolves to why the model could not be loaded, or to null. */
    let loaded: Promise<ErrorRecord | null> = Promise.resolve(null);
    /** What was answered for the drop that is open. */
    let given: ReadOptions = {};
    /** Drops and models are taken in the order in which they came, whatever each of them waits for. */
    let turn: Promise<unknown> = Promise.resolve();
    /** Counts what was asked to be opened. */
    let asked = 0;

    const change = (patch: Partial<PageState>) => set({ ...patch, revision: get().revision + 1 });
    const changeItem = (id: string, patch: Partial<Item>) =>
      change({ items: get().items.map((item) => (item.id === id ? { ...item, ...patch } : item)) });
    const itemOf = (id: string) => get().items.find((item) => item.id === id);
    const fail = (error: unknown) => {
      const failure = errorRecord(error);
      if (failure.code !== 'ABORTED') change({ failure, failed: true });
    };

    /** The page reads from now on, until what came before is done and this is. */
    async function inTurn(work: () => Promise<void>): Promise<void> {
      change({ opening: get().opening + 1 });
      const done = turn.then(work);
      turn = done.catch(() => {});
      try {
        await done;
      } catch (error) {
        fail(error);
      } finally {
        change({ opening: get().opening - 1 });
      }
    }

    const draw = createDraw(client, { get, change, fail });

    const queue = createQueue(client, {
      get,
      change,
      changeItem,
      loaded: () => loaded,
      draw,
      asks: (failure) => {
        const question = questionOf(get().items, given);
        change({ question, ...(failure && { failure }) });
      },
    });

    /** What a row that was let go lacks is computed again, for who looks at it. */
    async function fill(id: string) {
      change({ following: get().following + 1 });
      try {
        await queue.look(id);
      } catch (error) {
        if (itemOf(id)) fail(error);
      } finally {
        change({ following: get().following - 1 });
      }
    }

    /** Puts a drop on the page: what could be read replaces what was open; if nothing could, what was open stays. */
    function receive(
      opened: readonly Opened[],
      files: readonly File[],
      options: ReadOptions,
      replaces: readonly string[],
    ) {
      const arrived = opened.map((one) => withEdit(toItem(one, files), get().items, replaces));
      const readable = arrived.find(({ reading }) => reading.recording);
      const refused = arrived.filter(({ reading }) => reading.error);
      const failure = refused.at(-1)?.reading.error ?? null;
      const { items } = get();
      const answered = new Set(replaces);
      const answersRows = items.some(({ id }) => answered.has(id));
      const stays = items.filter(({ id, reading }) =>
        answersRows ? !answered.has(id) : !readable && reading.recording,
      );
      const listed = readable || answersRows || arrived.length > 1 || stays.length === 0;
      if (stays.length === 0) queue.reset();
      given = options;
      change({
        items: listed ? inPlace(answersRows ? items : stays, replaces, arrived) : stays,
        failure,
        failed: !readable && failure !== null,
        question: questionOf(arrived, options),
        ...(readable && { currentId: readable.id, startS: 0, ecg: null, shown: null, ...NOTHING_SHOWN }),
      });
      const staying = new Set(stays);
      for (const id of items.filter((item) => !staying.has(item)).flatMap(sessionsOf)) client.close(id).catch(fail);
      if (!readable) return;
      void draw();
      void queue.run();
    }

    async function read(files: readonly File[], options: ReadOptions, replaces: readonly string[]) {
      if (files.length > 0) receive(await client.open(files, options), files, options, replaces);
    }

    async function exchange(files: readonly File[] | null) {
      await loaded;
      queue.halt();
      let isTaken = false;
      try {
        change({ engine: await client.takeOwn(files), looked: null });
        isTaken = true;
      } finally {
        queue.again(isTaken);
      }
    }

    return {
      ...EMPTY,
      words,
      paper: { ...EMPTY.paper, look: firstLook() },
      paperSize: { ...EMPTY.paperSize, screenPxPerMm, trueSize: screenPxPerMm !== null },
      ...markActions(client, { get, change, fail }),
      ...readerState(),
      ...readerActions(client, { get, change, fail }),
      ...paperActions({ get, change, draw }),
      ...caliperActions({ get, change }),
      ...languageActions({ change, fail }),
      ...compareActions(client, { get, change, fail }),
      readWindow: client.window,
      fetchRest: client.fetchRest,
      preview: client.preview,
      fail,
      async start(modelId, wanted) {
        const load = async () => client.load(modelId, knownBackend(wanted));
        const loading = load();
        loaded = loading.then(() => null, errorRecord);
        try {
          change({ engine: await loading });
          client.onEngine((engine) => change({ engine }));
        } catch (error) {
          fail(error);
        }
      },
      offer: (demos) => change({ demos }),
      takeModel: (files) => inTurn(() => exchange(files)),
      async open(given, options = {}) {
        asked++;
        await inTurn(async () => {
          const files = await given;
          opened();
          const { model, ecgs } = await tellApart(files, client.holdsModel).catch(() => ({ model: [], ecgs: files }));
          try {
            if (model.length > 0) await exchange(model);
          } finally {
            await read(ecgs, options, []);
          }
        });
      },
      async openFetched(given) {
        const mine = ++asked;
        const files = await given;
        if (mine === asked) await get().open(files);
      },
      openDemo: (files) => inTurn(() => read(files, {}, [])),
      async answer(options) {
        const { question } = get();
        if (!question) return;
        const { files, given: before, replaces } = question;
        // Once: a second answer would find no row that asks.
        change({ question: null });
        await inTurn(async () => {
          try {
            await read(files, { ...before, ...options }, replaces);
          } catch (error) {
            change({ question });
            throw error;
          }
        });
      },
      dismiss: () => change({ failure: null, question: null }),
      show(id) {
        const { reading, state } = itemOf(id) ?? {};
        if (!reading || id === get().currentId) return;
        if (!reading.recording && reading.error && state !== 'cancelled') return change({ failure: reading.error });
        change({ currentId: id, startS: 0, ecg: null, shown: null, ...NOTHING_SHOWN });
        void draw();
        void fill(id);
      },
      next(step) {
        const { items, currentId, show } = get();
        const readable = items.filter(({ reading }) => reading.recording || !reading.error);
        const neighbour = readable[readable.findIndex(({ id }) => id === currentId) + step];
        if (neighbour) show(neighbour.id);
      },
      pause: () => queue.pause(),
      resume: () => queue.resume(),
      cancel: () => queue.cancel(),
      turn(step) {
        const item = currentItem(get());
        get().goTo(turnPage(get().startS, step, item?.reading.recording?.durationS ?? 0));
      },
      goTo(moment) {
        const durationS = currentItem(get())?.reading.recording?.durationS ?? 0;
        const startS = Math.max(0, Math.min(moment, lastPageStart(durationS)));
        if (startS === get().startS) return;
        change({ startS });
        void draw();
      },
      toggleDeidentify: () => change({ deidentify: !get().deidentify }),
      toggleWaves: () => change({ showWaves: !get().showWaves, ...NOTHING_SHOWN }),
      async edit(edit: PatientEdit) {
        const item = currentItem(get());
        if (!item) return;
        const { id, reading, state } = item;
        const patient = editPatient(reading.patient, edit);
        change({
          following: get().following + 1,
          failed: false,
          looked: null,
          items: get().items.map((one) =>
            one.id === id ? { ...one, edit: { ...one.edit, ...edit }, reading: { ...reading, patient } } : one,
          ),
        });
        try {
          const followed = state === 'done' ? await client.setPatient(id, edit) : null;
          change({ following: get().following - 1 });
          if (followed) changeItem(id, { reading: followed, folded: null });
        } catch (error) {
          change({ following: get().following - 1 });
          if (itemOf(id)) fail(error);
        }
      },
      enterStartTime(enteredStartTime) {
        const { currentId } = get();
        if (currentId) changeItem(currentId, { enteredStartTime });
      },
    };
  });
}

export type PageStore = ReturnType<typeof createPage>;

/** Another recording has other marks. */
const NOTHING_SHOWN = { selectedMark: null, shownInterval: null, looked: null, comparing: false };
