import { type Backend, type ByteSource, type DelineatorCard, EcgError, type WaveRules } from './ecg';
import { unpack } from './formats';
import {
  createDelineator,
  createSession,
  createSessionBeside,
  type Delineator,
  fasterOf,
  type Head,
  loadDelineator,
  loadHead,
  loadModel,
  type Model,
  type OwnFile,
  type RhythmReader,
  rhythmReader,
  type Session,
} from './inference';
import { importSealed } from './release/sealed';

/** What looks at a model that nothing is believed of is code that few need. */
export const ownModels = () => importSealed('own', () => import('./inference/own'));

/** The folder of the delineator among the models; every classifier is read beside the same one. */
const DELINEATOR = 'delineator';
/** The folder of the head that judges the quality of twelve leads. */
const QUALITY = 'quality';
/** The folders of what reads the rhythm of one lead: a network, and the head on it. */
const RHYTHM_NETWORK = 'rhythm-network';
const RHYTHM = 'rhythm';

/** What reads the rhythm of one lead: fetched for the first recording that has no other, or once the page has time. */
export interface Rhythm {
  /** Throws EcgError MODEL_…; the next call then tries again. */
  reader(): Promise<RhythmReader>;
  dispose(): void;
}

function lazily(load: () => Promise<RhythmReader>): Rhythm {
  let loading: Promise<RhythmReader> | null = null;
  return {
    reader() {
      const reader = loading ?? load();
      loading = reader;
      reader.catch(() => {
        loading = null;
      });
      return reader;
    },
    dispose: () =>
      void loading?.then(
        (reader) => reader.dispose(),
        () => {},
      ),
  };
}

/** A classifier and the delineator, on one backend. */
export interface Network {
  readonly model: Model;
  readonly session: Session;
  readonly delineator: Delineator;
  readonly waves: Model<DelineatorCard>;
  readonly rules: WaveRules;
  readonly quality: Head;
  readonly rhythm: Rhythm;
  /** The reader brought the classifier. */
  readonly own?: true;
}

/** Loads a bundled model and the delineator and brings them up on a backend. Throws EcgError MODEL_… or BACKEND_UNAVAILABLE. */
export async function openNetwork(models: string, id: string, backend: Backend | 'auto'): Promise<Network> {
  const [model, waves, quality] = await Promise.all([
    loadModel(models, id),
    loadDelineator(models, DELINEATOR),
    loadHead(models, QUALITY),
  ]);
  const session = await createSession(model, backend);
  const delineator = await createDelineator(waves, session.started);
  const rhythm = lazily(async () => {
    const [oneLead, head] = await Promise.all([loadModel(models, RHYTHM_NETWORK), loadHead(models, RHYTHM)]);
    return rhythmReader(oneLead, head, session);
  });
  return { model, session, delineator, waves, rules: waves.card.waveRules, quality, rhythm };
}

/** The same networks on a graphics card where there is a real one that agrees and is faster, else as they are; either way with the reason. */
export async function challenge(network: Network): Promise<Network> {
  const running = await fasterOf(network.model, network.waves, network);
  const there = lazily(async () => {
    const { model, head } = await network.rhythm.reader();
    return rhythmReader(model, head, running.session);
  });
  const isHome = running.session === network.session;
  return { ...network, ...running, rhythm: isHome ? network.rhythm : there };
}

/** Frees the weights of all. */
export function closeNetwork({ session, delineator, rhythm }: Network): void {
  session.dispose();
  delineator.dispose();
  rhythm.dispose();
}

/**
 * The reader's own classifier in place of a bundled network's, on its backend and beside its delineator; the bundled one goes on as it was.
 *
 * @param files a folder's files, or one archive
 * @throws EcgError MODEL_INVALID, or what an archive cannot be read for
 */
export async function openOwnNetwork(bundled: Network, files: readonly ByteSource[]): Promise<Network> {
  const [{ readOwnModel }, brought] = await Promise.all([ownModels(), modelFiles(files)]);
  const model = await readOwnModel(brought);
  try {
    const session = await createSessionBeside(bundled.session, model);
    return { ...bundled, model, session, own: true };
  } catch (thrown) {
    if (!(thrown instanceof EcgError) || thrown.code !== 'BACKEND_UNAVAILABLE') throw thrown;
    const message = 'This model was refused: on a flat ECG it gives numbers that are none.';
    throw new EcgError('MODEL_INVALID', message, thrown.detail);
  }
}

/** Whether an archive holds a model. */
export async function holdsModel(archive: ByteSource): Promise<boolean> {
  const { files } = await unpack([archive], {});
  return files.some(({ name }) => isCard(name));
}

/** The files that lie beside the one model.json, by their names there. */
async function modelFiles(dropped: readonly ByteSource[]): Promise<readonly OwnFile[]> {
  const { files } = await unpack(dropped, {});
  const cards = files.filter(({ name }) => isCard(name));
  const [card] = cards;
  if (!card || cards.length > 1) {
    const message = 'This model was refused: it takes exactly one model.json, with its weights beside it.';
    throw new EcgError('MODEL_INVALID', message, { expected: '1 model.json', found: String(cards.length) });
  }
  const folder = card.name.slice(0, -CARD.length);
  return files.flatMap((file) => {
    const name = file.name.slice(folder.length);
    if (!file.name.startsWith(folder) || name.includes('/')) return [];
    return [{ name, size: file.size, read: () => file.read() }];
  });
}

const CARD = 'model.json';

const isCard = (name: string) => name === CARD || name.endsWith(`/${CARD}`);
