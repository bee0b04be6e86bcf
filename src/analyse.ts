import {
  applyMarks,
  type Backend,
  type ByteSource,
  type Ecg,
  EcgError,
  type Explanation,
  errorRecord,
  type MarkEdit,
  type MedianBeat,
  type ModelCard,
  type ModelRun,
  type OperatingPoint,
  type OwnPrevalence,
  type Patient,
  type Reading,
  type Recording,
  type Saying,
  UNKNOWN_PATIENT,
  type Warning,
  type Worded,
} from './ecg';
import {
  alerts,
  atPoint,
  type Circumstances,
  type Exchange,
  filterNote,
  filterWarnings,
  intervalsDisputed,
  isPacedRhythm,
  ranges,
  type SingleLead,
  shifted,
  singleLeadFindings,
  statements,
  suspectedExchange,
  tooYoung,
  trendOf,
  weighed,
  whereLooked,
  whyNothing,
  withoutAxes,
} from './findings';
import { byteCount, identify } from './formats';
import { coverageWarnings, type EncodedEcg, scoreQuality } from './inference';
import { beyond, delineate, MEASURED_S, type Progress, sourceOf, stagesOf } from './long';
import type { Network } from './networks';
import { assessQuality, leadsWithSignal, signalWarnings, stretch, stretchWarnings, summarise } from './signal';
import { readSingleLead } from './single-lead';
import {
  ENOUGH_AGREEMENT,
  measure,
  measureSeen,
  type NetworkFeatures,
  NO_WAVES,
  networkFeatures,
  type Pause,
  placeDeviceBeat,
  type Seen,
} from './waves';
import { message } from './words/say';

export {
  type Claim,
  claimFiles,
  fileSource,
  furtherReaders,
  joinPeople,
  openClaim,
  type Person,
  type Preview,
  previewOf,
  type ReadOptions,
  takePeople,
} from './formats';
export { type Progress, searchLongPart } from './long';
export { challenge, closeNetwork, holdsModel, type Network, openNetwork, openOwnNetwork, ownModels } from './networks';
export { filteredStretch, stretch } from './signal';
export type { Found } from './waves';

/** An analysed recording: all but what depends on the patient. Holds the network's features until they are disposed of. */
export interface Analysis {
  readonly base: Omit<Reading, 'patient' | 'ranges' | 'alerts' | 'findings' | 'model'>;
  readonly longestPause: Pause | null;
  /** What a network that takes wave features is given of them; null where they are not those of one window. */
  readonly features: NetworkFeatures | null;
  /** The waves as delineated, before any edit; null where there are none. */
  readonly seen: Seen | null;
  readonly circumstances: Omit<Circumstances, 'ageYears' | 'exchange'>;
  readonly encoded: EncodedEcg | null;
  /** What the single-lead rhythm head says; null of a recording that has more than one lead. */
  readonly singleLead: SingleLead | null;
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
  const annotations = await recording.annotations?.();
  const summary = { ...summarise(recording, ecg), ...(annotations && annotations.count > 0 && { annotations }) };
  const quality = { ...assessQuality(ecg), network: network && scoreQuality(network.quality, ecg) };
  const stages = stagesOf(recording.durationS, progress);
  const measured = quality.chaotic
    ? NO_WAVES
    : measure(ecg, await delineate(recording, ecg, network, stages.measuring));
  const { measurements, waves, medianBeats, seen, agreement } = measured;
  const { beats, beatList, pacingSpikes, longestPause } = quality.chaotic
    ? measured
    : await beyond(recording, measured, network, stages.searching);

  const known = { quality, leads: leadsWithSignal(quality), ...extentOf(recording), refusal: null };
  const outcome = network && (await encode(recording, ecg, network, known, stages.classifying));
  const encoded = outcome?.kind === 'encoded' ? outcome : null;
  const circumstances = {
    ...known,
    ...(encoded && { leads: encoded.leads }),
    ...(outcome?.kind === 'notAssessed' && { refusal: worded(outcome.reason, outcome.saying) }),
  };

  const singleLead = network && (await readSingleLead(recording, measured, quality.chaotic, network, progress.signal));

  const warnings = [
    ...recording.warnings,
    ...stretchWarnings(ecg, recording),
    ...signalWarnings(ecg),
    ...filterWarnings(recording.filters),
    ...(agreement !== null && agreement < ENOUGH_AGREEMENT ? [DISPUTED] : []),
    ...(seen === null && measurements.qrsMs !== null ? [CLASSICAL] : []),
    ...intervalsDisputed(measurements),
    ...(singleLead && 'probabilities' in singleLead ? [SINGLE_LEAD] : []),
    ...(encoded ? coverageWarnings(encoded.coverage, encoded.windows.length) : []),
  ];
  return {
    base: {
      source,
      recording: summary,
      quality,
      measurements,
      beats,
      waves,
      beatList,
      pacingSpikes,
      medianBeats,
      ...placed(recording, medianBeats),
      warnings,
      error: null,
    },
    longestPause,
    features: encoded?.windows.length === 1 ? networkFeatures(measured) : null,
    seen,
    circumstances,
    encoded,
    singleLead,
  };
}

/** The device's own beat, where the file has one, over ours. */
function placed({ deviceBeat }: Recording, medianBeats: readonly MedianBeat[]): Pick<Reading, 'deviceBeat'> {
  const beat = deviceBeat ? placeDeviceBeat(deviceBeat, medianBeats) : [];
  return beat.length > 0 ? { deviceBeat: beat } : {};
}

/** The analysis with the reader's marks in place of the delineator's: everything that is measured follows, the network's part stays. */
export async function remeasure(
  recording: Recording,
  analysis: Analysis,
  marks: readonly MarkEdit[],
): Promise<Analysis> {
  const { base, seen } = analysis;
  if (marks.length === 0 || !seen) return analysis;
  const ecg = await stretch(recording, 0, MEASURED_S);
  const { measurements, waves, beatList, medianBeats } = measureSeen(ecg, {
    ...seen,
    waves: applyMarks(seen.waves, marks),
  });
  const further = base.beatList.filter(({ timeS }) => timeS >= MEASURED_S);
  return {
    ...analysis,
    base: {
      ...base,
      // Where the reader has looked, no method has a say.
      measurements: { ...measurements, secondOpinion: null },
      waves,
      beatList: [...beatList, ...further],
      medianBeats,
      ...placed(recording, medianBeats),
      warnings: [...base.warnings.filter(({ code }) => code !== 'INTERVALS_DISPUTED'), edited(marks.length)],
    },
  };
}

/** The reading of an analysed recording for a patient: age and sex fused with the ECG's features, then the statements. */
export async function conclude(
  analysis: Analysis,
  patient: Patient,
  network: Network | null,
  point: OperatingPoint = 'balanced',
  prevalence: OwnPrevalence = {},
): Promise<Reading> {
  const { base, circumstances, encoded } = analysis;
  const measured = base.measurements ?? NO_WAVES.measurements;
  const exchange = suspectedExchange(base.medianBeats, measured);
  const measurements = withoutAxes(measured, exchange);
  const known = {
    ...base,
    measurements: base.measurements && measurements,
    patient,
    ranges: ranges(measurements, patient, Math.min(circumstances.durationS, MEASURED_S), exchange),
    warnings: exchange ? [...base.warnings, exchanged(exchange)] : base.warnings,
    alerts: alerts(measurements, analysis.longestPause, circumstances.quality, patient, {
      note: filterNote(base.recording?.filters)?.saying ?? null,
      isPaced: isPacedRhythm(base.beatList),
    }),
  };
  if (!network) return { ...known, findings: [], model: null };
  const { model, session, own } = network;
  const scores = encoded && (await session.fuse(encoded, patient, analysis.features ?? {}));
  const stated = statements(atPoint(model.card, point), scores?.probabilities ?? null, {
    ...circumstances,
    exchange: exchange && worded(exchange.message, exchange.saying),
    ageYears: patient.ageYears,
  });
  const reader = analysis.singleLead && (await network.rhythm.reader());
  const oneLead =
    reader && analysis.singleLead
      ? singleLeadFindings(reader.head.card, analysis.singleLead, tooYoung(reader.model.card, patient.ageYears))
      : [];
  const moved = shifted(stated, model.card, prevalence, patient);
  const findings = weighed([...moved, ...oneLead], { ...known, measurements });
  const set = findings.filter(({ shift }) => shift);
  const trend = scores && encoded && trendOf(model.card, { ...encoded, ...scores }, base.beats, findings);
  return {
    ...known,
    findings,
    ...(trend && { trend }),
    model: { ...modelRun(model.card, session.backend, encoded?.inferenceMs ?? null), ...(own && { own }) },
    warnings: [
      ...known.warnings,
      ...(own ? [ownModel(model.card)] : []),
      ...(set.length > 0 ? [prevalenceSet(set.map(({ code }) => code))] : []),
    ],
  };
}

/**
 * Where the network looked for one statement, in the window around a moment.
 *
 * @param atS seconds from the start of the recording
 * @throws EcgError INTERNAL where the network did not read the recording or has no such statement; the signal's reason when it is aborted
 */
export async function explain(
  recording: Recording,
  { encoded, features }: Analysis,
  { code, atS, patient }: { readonly code: string; readonly atS: number; readonly patient: Patient },
  { model, session }: Network,
  progress: Progress,
): Promise<Explanation> {
  const label = model.card.labels.findIndex((one) => one.code === code);
  const middle = ({ startS, durationS }: { startS: number; durationS: number }) => startS + durationS / 2;
  const window = encoded?.windows.toSorted((a, b) => Math.abs(middle(a) - atS) - Math.abs(middle(b) - atS))[0];
  if (!window || label < 0) {
    throw new EcgError('INTERNAL', 'The network made no such statement about this ECG.', { found: code });
  }
  const { durationS } = recording;
  const source = { durationS, read: (startS: number, lengthS: number) => stretch(recording, startS, lengthS) };
  const { whole, falls, ...grid } = await session.occlude(source, window, patient, features ?? {}, {
    ...(progress.signal && { signal: progress.signal }),
    onProgress: (done, all) => progress.onProgress?.(done / all),
  });
  const own = { ...grid, startS: window.startS, falls: falls.filter((_, i) => i % whole.length === label) };
  const { text: summary, saying: summarySaying } = whereLooked(own);
  return { ...own, code, whole: whole[label] ?? Number.NaN, summary, summarySaying };
}

/**
 * What the network would say of the same ECG of other people: the fusion alone.
 *
 * @returns for each of them the calibrated probability of each label, by code; empty where the network did not read the recording
 */
export async function whatIf(
  { encoded, features }: Analysis,
  people: readonly Pick<Patient, 'ageYears' | 'sex'>[],
  { model, session }: Network,
): Promise<readonly Readonly<Record<string, number>>[]> {
  if (!encoded) return [];
  const rows: Readonly<Record<string, number>>[] = [];
  for (const who of people) {
    const { probabilities } = await session.fuse(encoded, who, features ?? {});
    rows.push(Object.fromEntries(model.card.labels.map(({ code }, i) => [code, probabilities[i] ?? Number.NaN])));
  }
  return rows;
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

/** What is known of a recording before it was read: its name and its size. */
export function listed(name: string, parts: readonly ByteSource[]): Reading {
  const source = { name, format: null, bytes: byteCount(parts), sha256: null };
  return { ...NOTHING, source, recording: null, patient: UNKNOWN_PATIENT, warnings: [], error: null };
}

/** The reading of what could not be read: its error, and what is known of the file. */
export async function unreadable(name: string, parts: readonly ByteSource[], thrown: unknown): Promise<Reading> {
  const source = await identify(name, null, parts).catch(() => ({ name, format: null, bytes: 0, sha256: null }));
  return { ...NOTHING, source, recording: null, patient: UNKNOWN_PATIENT, warnings: [], error: errorRecord(thrown) };
}

const DISPUTED: Warning = { code: 'BEATS_DISPUTED', ...message('beatsDisputed', {}) };

const SINGLE_LEAD: Warning = { code: 'SINGLE_LEAD', ...message('singleLead', {}) };

const CLASSICAL: Warning = { code: 'WAVES_CLASSICAL', ...message('wavesClassical', {}) };

const exchanged = ({ which, message: why, saying }: Exchange): Warning => ({
  code: 'ELECTRODES_EXCHANGED',
  ...message(which === 'limb' ? 'limbsExchanged' : 'chestExchanged', { exchange: saying ?? why }),
});

const edited = (n: number): Warning => ({ code: 'MARKS_EDITED', ...message('marksEdited', { n }) });

const prevalenceSet = (codes: readonly string[]): Warning => ({
  code: 'PREVALENCE_SET',
  ...message('prevalenceSet', { codes }),
});

const ownModel = ({ name, version }: ModelCard): Warning => ({
  code: 'OWN_MODEL',
  ...message('ownModel', { model: `${name} ${version}` }),
});

const worded = (text: string, saying: Saying | undefined): Worded => ({ text, ...(saying && { saying }) });

const NOTHING = {
  quality: null,
  measurements: null,
  ranges: {},
  waves: {},
  beats: [],
  beatList: [],
  pacingSpikes: null,
  medianBeats: [],
  alerts: [],
  findings: [],
  model: null,
};

/** The classifier's part; null where nothing could be said whatever it found. */
async function encode(recording: Recording, ecg: Ecg, { model, session }: Network, known: Known, progress: Progress) {
  if (whyNothing(model.card, { ...known, ageYears: null })) return null;
  const tell = (done: number, all: number) => progress.onProgress?.(done / all);
  return session.encode(sourceOf(recording, ecg, 0, recording.durationS), progress.signal, tell);
}

type Known = Analysis['circumstances'];

function extentOf({ channels, durationS }: Recording) {
  const rates = channels.filter(({ lead }) => lead).map(({ samplingRateHz }) => samplingRateHz);
  return { durationS, samplingRateHz: Math.max(0, ...rates) };
}

function modelRun({ id, version, weights }: ModelCard, backend: Backend, inferenceMs: number | null): ModelRun {
  return { id, version, weightsSha256: Object.values(weights.sha256).join(' '), backend, inferenceMs };
}
