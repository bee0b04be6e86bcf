import {
  FURTHER_LEADS,
  LEADS,
  type Patient,
  type Reading,
  type RecordingSummary,
  type ReportEdits,
  type SourceSummary,
  type Warning,
  type WarningCode,
} from '../ecg';
import { ENGLISH } from '../words';
import type { analysis } from './json';

/** What a de-identified export says of itself. */
export const DEIDENTIFIED = ENGLISH.fhir.deidentified;

/** The name that stands for a file's. */
export const NO_NAME = 'deidentified';

/** Over it an age is rare enough to tell who it is (45 CFR 164.514(b)(2)(i)(C)), years. */
const OLDEST = 90;

/** Warnings whose words are made of our own and of numbers alone; the words of all others may hold what a file says. */
export const OWN_WORDS: readonly WarningCode[] = [
  'LEADS_DERIVED',
  'WINDOWS_AVERAGED',
  'WINDOWS_SAMPLED',
  'MEASURED_IN_PART',
  'LIMB_LEADS_INCONSISTENT',
  'UNITS_DOUBTFUL',
  'ELECTRODES_EXCHANGED',
  'ST_NOT_DIAGNOSTIC',
  'BEATS_DISPUTED',
  'INTERVALS_DISPUTED',
  'WAVES_CLASSICAL',
  'MARKS_EDITED',
];

const UNITS = /^([mµu]?V|mmHg|NU|%|bpm|Hz|m?s|°C)$/;
const RHYTHM = /^\([A-Z]{1,6}$/;

/**
 * The reading without what tells whose it is: everything that a file or a reader can write text into is left out or made anew, and what
 * is kept is named here one by one, so that whatever a reading holds one day is left out until someone adds it.
 *
 * @param n tells it from others of its export
 */
export function deidentified(reading: Reading, n?: number): Reading {
  const { quality, measurements, ranges, waves, beats, beatList, pacingSpikes, medianBeats, alerts, findings } =
    reading;
  return {
    source: withoutName(reading.source, n),
    recording: reading.recording && withoutWords(reading.recording),
    patient: withoutIdentity(reading.patient),
    quality,
    measurements,
    ranges,
    waves,
    beats,
    beatList,
    pacingSpikes,
    medianBeats,
    alerts,
    findings,
    ...(reading.trend && { trend: reading.trend }),
    model: reading.model,
    warnings: reading.warnings.map(withoutText),
    error: reading.error && { code: reading.error.code, message: NO_WORDS, detail: {} },
  };
}

/** What the reader decided, without what the reader wrote; nobody confirmed the report in these words, so it is unconfirmed. */
export function withoutWriting({ changed }: ReportEdits): ReportEdits {
  const states = Object.entries(changed).flatMap(([id, change]) =>
    change?.state && !id.startsWith('added') ? [[id, { state: change.state }] as const] : [],
  );
  return { changed: Object.fromEntries(states), added: [], confirmed: null };
}

type Analysis = ReturnType<typeof analysis>;

/** The same of an analysis that was written before: the reader's words are gone, and a conclusion that holds them too. */
export function deidentifiedAnalysis(written: Analysis, n?: number): Analysis & { readonly deidentified: string } {
  const { source, recording, patient, warnings, error, report, comparison: _, deviceBeat: __, ...measured } = written;
  const statements = (report?.statements ?? []).filter(
    ({ origin, section }) => origin !== 'reader' && section !== 'comparison',
  );
  const untouched =
    report?.statements.every(({ text, drafted, state }) => text === drafted && state === 'proposed') ?? true;
  return {
    ...measured,
    source: withoutName(source, n),
    recording: recording && withoutWords(recording),
    patient: withoutIdentity(patient),
    warnings: warnings.map(withoutText),
    report: report && {
      status: 'UNCONFIRMED',
      confirmedBy: null,
      confirmedAt: null,
      statements: statements
        .filter(({ section }) => untouched || section !== 'conclusion')
        .map((statement) => ({ ...statement, text: statement.drafted ?? '' })),
    },
    error: error && { code: error.code, message: NO_WORDS },
    deidentified: DEIDENTIFIED,
  };
}

const withoutName = ({ format, bytes }: SourceSummary, n?: number): SourceSummary => ({
  name: n === undefined ? NO_NAME : `${NO_NAME}-${String(n + 1).padStart(5, '0')}`,
  format,
  bytes,
  sha256: null,
});

/** The number that stands for an age is whole; an age that was never known stays so. */
const withoutIdentity = ({ ageYears, sex, ageOrigin, sexOrigin }: Patient): Patient => ({
  id: null,
  name: null,
  birthDate: null,
  ageYears: ageYears === null ? null : Math.min(OLDEST, Math.floor(ageYears)),
  sex,
  ageOrigin,
  sexOrigin,
});

function withoutWords(recording: RecordingSummary): RecordingSummary {
  const { samplingRateHz, durationS, leads, filters, deviceMeasurements, annotations } = recording;
  return {
    samplingRateHz,
    durationS,
    startTime: null,
    device: null,
    leads: leads.map(({ name, unit, samples, samplingRateHz: rate, missing, derived }, i) => ({
      name: leadName(name, i),
      samples,
      samplingRateHz: rate,
      missing,
      derived,
      unit: UNITS.test(unit) ? unit : '',
    })),
    ...(filters !== undefined && { filters }),
    deviceMeasurements,
    deviceStatements: [],
    ...(annotations && {
      annotations: {
        count: annotations.count,
        list: annotations.list.map(({ timeS, symbol, text }) => ({
          timeS,
          symbol: symbol.slice(0, 1),
          text: RHYTHM.test(text) ? text : '',
          source: 'file',
        })),
      },
    }),
  };
}

const KNOWN_LEADS: readonly string[] = [...LEADS, ...FURTHER_LEADS];

/** A signal that is no standard lead is known by its place. */
export function leadName(name: string, place: number): string {
  return KNOWN_LEADS.includes(name) ? name : `signal ${place + 1}`;
}

const NO_WORDS = 'See the code: its words may hold what the file says and were removed.';

function withoutText(warning: Warning): Warning {
  const { code } = warning;
  return OWN_WORDS.includes(code) ? warning : { code, message: NO_WORDS };
}
