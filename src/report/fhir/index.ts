import type { Ecg, Patient, Reading, Report } from '../../ecg';
import { ENGLISH, statementText, type Words } from '../../words';
import { reportText } from '../written';
import { concept, type Json, LOINC } from './codes';
import { ageObservation, codingsOf, findingObservation, measurementObservations } from './observations';
import { waveform } from './waveform';

/** HL7 v3 ObservationValue: the resource was de-identified. */
const REDACTED = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'REDACTED',
  display: 'redacted',
};

/**
 * The reading as a FHIR R4 Bundle: DiagnosticReport, Patient, Device, and an Observation for the signal, each measurement and each statement.
 *
 * @param written the report: without a reader's confirmation everything is preliminary
 * @param ecg the stretch that goes along as SampledData
 * @param now when the report is issued; null where the bundle is de-identified and says no date
 * @param words of the language of all that is free text; what a code is called stays as its terminology has it
 * @returns JSON of one collection
 */
export function fhirBundle(
  reading: Reading,
  ecg: Ecg,
  written: Report,
  now: Date | null,
  words: Words = ENGLISH,
): string {
  const { patient, recording, measurements, findings, model, source } = reading;
  const patientUrl = url();
  const deviceUrl = url();
  const startTime = recording?.startTime ?? null;
  const { notice, report: say, fhir } = words;
  const common = {
    language: words.language,
    status: written.confirmation ? 'final' : 'preliminary',
    subject: { reference: patientUrl },
    device: { reference: deviceUrl },
    ...(startTime && { effectiveDateTime: startTime.slice(0, 10) }),
  };
  const observations = [
    waveform(ecg, { ...common, note: [{ text: signalNote(fhir, ecg, startTime) }] }),
    ...ageObservation(patient, common),
    ...measurementObservations(measurements, common),
    ...findings.map((finding) => findingObservation(words, finding, common)),
  ].map((resource) => ({ fullUrl: url(), resource }));
  const present = findings.filter(({ status }) => status === 'present');
  const report = {
    resourceType: 'DiagnosticReport',
    language: words.language,
    status: common.status,
    category: [
      concept('http://terminology.hl7.org/CodeSystem/v2-0074', 'EC', 'Electrocardiac (e.g., EKG, EEC, Holter)'),
    ],
    code: concept(LOINC, '11524-6', 'EKG study'),
    subject: common.subject,
    ...(startTime && { effectiveDateTime: startTime.slice(0, 10) }),
    ...(now && { issued: now.toISOString() }),
    ...(written.confirmation?.by && { resultsInterpreter: [{ display: written.confirmation.by }] }),
    result: observations.map(({ fullUrl }) => ({ reference: fullUrl })),
    conclusion: [
      reportText(written),
      ...(model?.own ? [fhir.ownModel] : []),
      ...(now ? [] : [fhir.deidentified]),
      written.confirmation ? notice : `${notice} ${say.printedUnconfirmed}`,
    ].join('\n'),
    ...(present.length > 0 && {
      conclusionCode: present.map((finding) => ({ coding: codingsOf(finding), text: statementText(words, finding) })),
    }),
  };
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    ...(now ? { timestamp: now.toISOString() } : { meta: { security: [REDACTED] } }),
    entry: [
      { fullUrl: url(), resource: report },
      { fullUrl: patientUrl, resource: patientResource(patient) },
      { fullUrl: deviceUrl, resource: deviceResource(words, model, source.sha256) },
      ...observations,
    ],
  };
  return `${JSON.stringify(bundle, null, 1)}\n`;
}

const url = () => `urn:uuid:${crypto.randomUUID()}`;

/** FHIR wants a time zone beside a time of day, and no ECG file names one: the date goes into its field, the clock into words. */
function signalNote(words: Words['fhir'], { startS, durationS }: Ecg, startTime: string | null): string {
  const stretch = words.signal(durationS, startS);
  return startTime ? `${stretch} ${words.acquired(startTime)}` : stretch;
}

function patientResource({ id, name, birthDate, sex }: Patient): Json {
  return {
    resourceType: 'Patient',
    ...(id && { identifier: [{ value: id }] }),
    ...(name && { name: [{ text: name }] }),
    gender: sex,
    ...(birthDate && { birthDate }),
  };
}

function deviceResource({ fhir, notice, language }: Words, model: Reading['model'], fileSha256: string | null): Json {
  const versions = model
    ? [
        { type: { text: fhir.network(model.id) }, value: model.version },
        { type: { text: fhir.weights }, value: model.weightsSha256 },
      ]
    : [];
  return {
    resourceType: 'Device',
    language,
    deviceName: [{ name: 'EfficientECG in the browser', type: 'user-friendly-name' }],
    ...(versions.length > 0 && { version: versions }),
    note: [
      { text: notice },
      ...(model?.own ? [{ text: fhir.ownModel }] : []),
      ...(fileSha256 ? [{ text: fhir.file(fileSha256) }] : []),
    ],
  };
}
