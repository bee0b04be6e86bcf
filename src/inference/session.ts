import { type Backend, EcgError, type Label, type Saying } from '../ecg';
import { createNetwork, type Network } from '../network';
import { say } from '../words/say';
import { type BackendChoice, chooseBackend, explainLoss, fetchFallbacks, type Started } from './backend';
import { type Demographics, demographicInputs } from './demographics';
import { AT_ONCE, type EcgSource, type EncodedEcg, encode, type NotAssessed, windowInput } from './encode';
import type { Model } from './model';
import { type Occlusion, type OcclusionProgress, occlude } from './occlude';
import { type Trial, tryOut } from './trial';
import { type WaveFeatures, waveInputs } from './wave-inputs';

export interface Scores {
  /** Calibrated probability of each of the card's labels, in its order: the mean over the windows. */
  readonly probabilities: Float32Array<ArrayBuffer>;
  /** [windows, labels], calibrated. */
  readonly windowProbabilities: Float32Array<ArrayBuffer>;
  /** [windows, labels], before calibration. */
  readonly logits: Float32Array<ArrayBuffer>;
}

/** A model on a backend. Every method throws EcgError WORKER_LOST once the graphics device is gone: restart the worker. */
export interface Session {
  readonly backend: Backend;
  /** One sentence for the page: which backend, with how many threads or on which adapter, and why. */
  readonly reason: string;
  readonly reasonSaying?: Saying;
  /** The backend itself, for what else is to run on it. */
  readonly started: Started;
  /**
   * @param onProgress told the windows done and the windows in all
   * @throws the signal's reason when it is aborted, looked at before each window
   */
  encode(
    source: EcgSource,
    signal?: AbortSignal,
    onProgress?: (done: number, all: number) => void,
  ): Promise<EncodedEcg | NotAssessed>;
  /** @param measured what the waves room measured of the ECG, for a network that takes it; left out: unknown */
  fuse(encoded: EncodedEcg, demographics: Demographics, measured?: WaveFeatures): Promise<Scores>;
  /**
   * Where the network looked in one of an encoded ECG's windows, for all labels: some hundred passes.
   *
   * @param who and measured: as in `fuse`, for the same probabilities
   * @throws the signal's reason when it is aborted
   */
  occlude(
    source: EcgSource,
    window: EncodedEcg['windows'][number],
    who: Demographics,
    measured: WaveFeatures,
    progress?: OcclusionProgress,
  ): Promise<Occlusion>;
  /** Fetches what would be fallen back to, so that it is there without the network and nothing is fetched while a file is open. */
  fetchFallbacks(): Promise<void>;
  /** The network on a simulated ECG, timed. */
  tryOut(): Promise<Trial>;
  /** Frees the weights. Encoded ECGs are disposed of by themselves. */
  dispose(): void;
}

/**
 * Brings a model up on a backend, warmed up.
 *
 * @throws EcgError BACKEND_UNAVAILABLE
 */
export async function createSession(model: Model, choice: BackendChoice): Promise<Session> {
  const { started, reason, result } = await chooseBackend(choice, ({ backend }) => warmNetwork(model, backend));
  return sessionOf(model, result, started, { reason: reason.text, reasonSaying: reason.saying }, choice);
}

/**
 * A further model on the backend of a session, which may be disposed of or go on.
 *
 * @throws EcgError BACKEND_UNAVAILABLE when its numbers are none there
 */
export async function createSessionBeside(beside: Session, model: Model): Promise<Session> {
  const { started, backend } = beside;
  return sessionOf(model, await explainLoss(started, () => warmNetwork(model, backend)), started, beside, backend);
}

/**
 * A model on a backend that was started for it.
 *
 * @throws EcgError BACKEND_UNAVAILABLE when its numbers are none there
 */
export async function createSessionOn(model: Model, started: Started): Promise<Session> {
  const { text, saying } = say('runsOn', { on: started.what, refusals: [] });
  return sessionOf(
    model,
    await warmNetwork(model, started.backend),
    started,
    { reason: text, reasonSaying: saying },
    'auto',
  );
}

type Reason = Pick<Session, 'reason' | 'reasonSaying'>;

function sessionOf(
  model: Model,
  network: Network,
  started: Started,
  { reason, reasonSaying }: Reason,
  choice: BackendChoice,
): Session {
  const guarded = <T>(work: () => Promise<T>) => explainLoss(started, work);
  return {
    backend: started.backend,
    reason,
    ...(reasonSaying && { reasonSaying }),
    started,
    encode: (source, signal, onProgress) =>
      guarded(() => encode(model, network, AT_ONCE[started.backend], source, signal, onProgress)),
    fuse: (encoded, demographics, measured = {}) =>
      guarded(() => fuse(model, network, encoded, demographics, measured)),
    occlude: (source, window, who, measured, progress = {}) =>
      guarded(async () => {
        const given = await windowInput(model.card, source, window);
        return occlude(model.card, network, given, who, measured, progress);
      }),
    fetchFallbacks: async () => {
      if (choice === 'auto') await fetchFallbacks(started.backend);
    },
    tryOut: () => guarded(() => tryOut(model.card, network)),
    dispose: () => network.dispose(),
  };
}

/** One pass over nothing: whether numbers come out, and where programs are made for each length, so that this does not fall on the first ECG. */
async function warmNetwork({ card, weights }: Model, backend: Backend): Promise<Network> {
  const network = createNetwork(card, weights);
  await network.prepare();
  const { leads, samplingRateHz, trainedLengthS } = card.input;
  const lengthS = backend === 'webgpu' ? trainedLengthS : WARM_UP_S;
  const empty = new Float32Array(lengthS * samplingRateHz * leads.length);
  const features = network.encode(empty, new Float32Array(leads.length));
  const { age, sex } = demographicInputs({ ageYears: null, sex: 'unknown' }, card.input, 1);
  const logits = await network.fuse(features, age, sex, waveInputs({}, card.input, 1));
  features.dispose();
  if (logits.every(Number.isFinite)) return network;
  network.dispose();
  throw new EcgError('BACKEND_UNAVAILABLE', 'The network cannot run here: it gives numbers that are none.', {
    found: 'its numbers are not finite',
  });
}

/** Where nothing is compiled for a length, so much shows whether numbers come out, seconds. */
const WARM_UP_S = 1;

async function fuse(
  { card }: Model,
  network: Network,
  encoded: EncodedEcg,
  who: Demographics,
  measured: WaveFeatures,
): Promise<Scores> {
  const windows = encoded.windows.length;
  const { age, sex } = demographicInputs(who, card.input, windows);
  const logits = await network.fuse(encoded.features, age, sex, waveInputs(measured, card.input, windows));
  const windowProbabilities = calibrated(logits, card.labels);
  return { probabilities: averageProbabilities(logits, card.labels), windowProbabilities, logits };
}

/** Platt's calibration (Platt 1999) of each window's logits [windows, labels]. */
function calibrated(logits: Float32Array, labels: readonly Label[]): Float32Array<ArrayBuffer> {
  return Float32Array.from(logits, (logit, i) => {
    const { slope = Number.NaN, intercept = Number.NaN } = labels[i % labels.length]?.calibration ?? {};
    return 1 / (1 + Math.exp(-(slope * logit + intercept)));
  });
}

/** Platt's calibration (Platt 1999) of each window's logits [windows, labels], then the mean over the windows. */
export function averageProbabilities(logits: Float32Array, labels: readonly Label[]): Float32Array<ArrayBuffer> {
  const windows = logits.length / labels.length;
  return Float32Array.from(labels, ({ calibration: { slope, intercept } }, label) => {
    let sum = 0;
    for (let w = 0; w < windows; w++) {
      const logit = logits[w * labels.length + label] ?? Number.NaN;
      sum += 1 / (1 + Math.exp(-(slope * logit + intercept)));
    }
    return sum / windows;
  });
}
