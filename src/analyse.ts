import {
  type Backend,
  type ByteSource,
  errorRecord,
  type ModelCard,
  type ModelRun,
  type Patient,
  type Reading,
  type Recording,
  UNKNOWN_PATIENT,
} from './ecg';
import { alerts, type Circumstances, statements, whyNothing } from './findings';
import { byteCount, identify } from './formats';
import { coverageWarnings, createSession, type EncodedEcg, loadModel, type Model, type Session } from './inference';
import { assessQuality, leadsWithSignal, stretch, stretchWarnings, summarise } from './signal';
import { measure, NO_WAVES } from './waves';

export { fileSource, openFiles, type ReadOptions } from './formats';
export { stretch } from './signal';

/** Rate, rhythm and quality are taken from at most this much signal, seconds; the network sees the whole length. */
const MEASURED_S = 1800;

/** A model and the backend it runs on. */
export interface Network {
  readonly model: Model;
  readonly session: Session;
}

/** An analysed recording: all but what depends on the patient. Holds the network's features until they are disposed of. */
export interface Analysis {
  readonly base: Omit<Reading, 'patient' | 'findings' | 'model'>;
  readonly circumstances: Omit<Circumstances, 'ageYears'>;
  readonly encoded: EncodedEcg | null;
}

export interface Progress {
  readonly signal?: AbortSignal;
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Loads a bundled model and brings it up on a backend. Throws EcgError MODEL_… or BACKEND_UNAVAILABLE. */
export async function openNetwork(models: string, id: string, backend: Backend | 'auto'): Promise<Network> {
  const model = await loadModel(models, id);
  return { model, session: await createSession(model, backend) };
}

/**
 * The whole flow: from a decoded recording to everything that does not depend on the patient.
 *
 * @param network null where no model could be loaded: what is measured without it still stands
 * @throws EcgError when the file's bytes cannot be decoded; the signal's reason when it is aborted
 */
export async function analyse(recording: Recording, network: Network | null, progress: Progress): Promise<Analysis> {
  const { name, format, parts } = recording.source;
  const source = await identify(name, format, parts);
  const ecg = await stretch(recording, 0, MEASURED_S);
  const summary = summarise(recording, ecg);
  const quality = assessQuality(ecg);
  const { beats, measurements, longestPause } = quality.chaotic ? NO_WAVES : measure(ecg);

  const known = { quality, leads: leadsWithSignal(quality), ...extentOf(recording), refusal: null };
  const outcome = network && (await encode(recording, network, known, progress));
  const encoded = outcome?.kind === 'encoded' ? outcome : null;
  const circumstances = {
    ...known,
    ...(encoded && { leads: encoded.leads }),
    ...(outcome?.kind === 'notAssessed' && { refusal: outcome.reason }),
  };

  const warnings = [
    ...recording.warnings,
    ...stretchWarnings(ecg, recording),
    ...(encoded ? coverageWarnings(encoded.coverage, encoded.windows.length) : []),
  ];
  return {
    base: {
      source,
      recording: summary,
      quality,
      measurements,
      beats,
      waves: {},
      alerts: alerts(measurements, longestPause, quality),
      warnings,
      error: null,
    },
    circumstances,
    encoded,
  };
}

/** The reading of an analysed recording for a patient: age and sex fused with the ECG's features, then the statements. */
export async function conclude(analysis: Analysis, patient: Patient, network: Network | null): Promise<Reading> {
  const { base, circumstances, encoded } = analysis;
  if (!network) return { ...base, patient, findings: [], model: null };
  const { model, session } = network;
  const scores = encoded && (await session.fuse(encoded, patient));
  return {
    ...base,
    patient,
    findings: statements(model.card, scores?.probabilities ?? null, { ...circumstances, ageYears: patient.ageYears }),
    model: modelRun(model.card, session.backend, encoded?.inferenceMs ?? null),
  };
}

/** A recording as it is known before any analysis, for the page to show at once. */
export function decoded(recording: Recording): Reading {
  const { name, format, parts } = recording.source;
  return {
    ...NOTHING,
    source: { name, format, bytes: byteCount(parts), sha256: null },
    recording: summarise(recording, null),
    patient: recording.patient,
    warnings: recording.warnings,
    error: null,
  };
}

/** The reading of what could not be read: its error, and what is known of the file. */
export async function unreadable(name: string, parts: readonly ByteSource[], thrown: unknown): Promise<Reading> {
  const source = await identify(name, null, parts).catch(() => ({ name, format: null, bytes: 0, sha256: null }));
  return { ...NOTHING, source, recording: null, patient: UNKNOWN_PATIENT, warnings: [], error: errorRecord(thrown) };
}

const NOTHING = { quality: null, measurements: null, waves: {}, beats: [], alerts: [], findings: [], model: null };

/** The network's part; null where nothing could be said whatever it found. */
async function encode(recording: Recording, { model, session }: Network, known: Known, progress: Progress) {
  if (whyNothing(model.card, { ...known, ageYears: null })) return null;
  const source = {
    durationS: recording.durationS,
    read: (startS: number, durationS: number) => stretch(recording, startS, durationS),
  };
  return session.encode(source, progress.signal, (done, all) => progress.onProgress?.(done / all));
}

type Known = Analysis['circumstances'];

function extentOf({ channels, durationS }: Recording) {
  const rates = channels.filter(({ lead }) => lead).map(({ samplingRateHz }) => samplingRateHz);
  return { durationS, samplingRateHz: Math.max(0, ...rates) };
}

function modelRun({ id, version, weights }: ModelCard, backend: Backend, inferenceMs: number | null): ModelRun {
  return { id, version, weightsSha256: Object.values(weights.sha256).join(' '), backend, inferenceMs };
}
