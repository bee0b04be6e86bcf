import {
  type Backend,
  type ByteSource,
  errorRecord,
  type Lead,
  type ModelCard,
  type ModelRun,
  type Patient,
  type Quality,
  type Reading,
  type Recording,
  UNKNOWN_PATIENT,
  type Warning,
} from './ecg';
import { alerts, type Circumstances, statements, whyNothing } from './findings';
import { byteCount, identify } from './formats';
import { createSession, type EncodedEcg, loadModel, type Model, type NotAssessed, type Session } from './inference';
import { assessQuality, stretch, stretchWarnings, summarise } from './signal';
import { measure } from './waves';

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
  readonly base: Omit<Reading, 'patient' | 'alerts' | 'findings' | 'model'>;
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

/** The whole flow: from a decoded recording to everything that does not depend on the patient. */
export async function analyse(recording: Recording, network: Network, progress: Progress = {}): Promise<Analysis> {
  const { name, format, parts } = recording.source;
  const source = await identify(name, format, parts);
  const ecg = await stretch(recording, 0, MEASURED_S);
  const quality = assessQuality(ecg);
  const { beats, measurements } = measure(ecg);
  const before = { quality, leads: leadsWithSignal(quality), ...extent(recording), refusal: null };
  const outcome = whyNothing(network.model.card, { ...before, ageYears: null })
    ? null
    : await encode(recording, network, progress);
  const encoded = outcome?.kind === 'encoded' ? outcome : null;
  const circumstances = { ...before, ...(encoded && { leads: encoded.leads }), refusal: refusalOf(outcome) };
  const warnings = [...recording.warnings, ...stretchWarnings(ecg), ...lengthWarnings(recording, encoded)];
  const summary = summarise(recording, ecg);
  const base = { source, recording: summary, quality, measurements, beats, waves: {}, warnings, error: null };
  return { base, circumstances, encoded };
}

/** The reading of an analysed recording for a patient: age and sex fused with the ECG's features, then the statements. */
export async function conclude(analysis: Analysis, patient: Patient, { model, session }: Network): Promise<Reading> {
  const { base, circumstances, encoded } = analysis;
  const { measurements, beats } = base;
  const scores = encoded && (await session.fuse(encoded, patient));
  return {
    ...base,
    patient,
    alerts: measurements ? alerts(measurements, beats, circumstances.quality) : [],
    findings: statements(model.card, scores?.probabilities ?? null, { ...circumstances, ageYears: patient.ageYears }),
    model: modelRun(model.card, session.backend, encoded?.inferenceMs ?? null),
  };
}

/** The reading of what could not be read: its error, and what is known of the file. */
export async function unreadable(name: string, parts: readonly ByteSource[], thrown: unknown): Promise<Reading> {
  const source = await identify(name, null, parts).catch(() => ({ name, format: null, bytes: 0, sha256: null }));
  return { ...NOTHING, source, recording: null, patient: UNKNOWN_PATIENT, warnings: [], error: errorRecord(thrown) };
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

const NOTHING = { quality: null, measurements: null, waves: {}, beats: [], alerts: [], findings: [], model: null };

function encode(recording: Recording, { session }: Network, { signal, onProgress }: Progress) {
  const source = {
    durationS: recording.durationS,
    read: (startS: number, durationS: number) => stretch(recording, startS, durationS),
  };
  return session.encode(source, signal, (done, all) => onProgress?.(done / all));
}

function refusalOf(outcome: EncodedEcg | NotAssessed | null): string | null {
  return outcome?.kind === 'notAssessed' ? outcome.reason : null;
}

function modelRun({ id, version, weights }: ModelCard, backend: Backend, inferenceMs: number | null): ModelRun {
  return { id, version, weightsSha256: Object.values(weights.sha256).join(' '), backend, inferenceMs };
}

function leadsWithSignal({ leads }: Quality): readonly Lead[] {
  return leads.filter(({ issues }) => !issues.includes('missing') && !issues.includes('flat')).map(({ name }) => name);
}

function extent({ channels, durationS }: Recording) {
  const rates = channels.filter(({ lead }) => lead).map(({ samplingRateHz }) => samplingRateHz);
  return { durationS, samplingRateHz: Math.max(0, ...rates) };
}

function lengthWarnings({ durationS }: Recording, encoded: EncodedEcg | null): readonly Warning[] {
  const warnings: Warning[] = [];
  if (encoded && encoded.coverage !== 'whole') {
    const sampled = encoded.coverage === 'sampled';
    const windows = `${encoded.windows.length} ${sampled ? 'windows spread over the recording' : 'overlapping windows'}`;
    warnings.push({
      code: sampled ? 'WINDOWS_SAMPLED' : 'WINDOWS_AVERAGED',
      message: `Each probability is the mean over ${windows}: a short episode can be missed.`,
    });
  }
  if (durationS > MEASURED_S) {
    warnings.push({
      code: 'MEASURED_IN_PART',
      message: `Rate, rhythm and quality were taken from the first ${MEASURED_S / 60} minutes.`,
    });
  }
  return warnings;
}
