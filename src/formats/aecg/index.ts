import { type ByteSource, EcgError, type Recording, type Warning } from '../../ecg';
import { patientOf } from '../facts';
import { type DecodedSignal, inMemoryRecording } from '../in-memory';
import type { ReadOptions } from '../reader';
import { all, attribute, deep, find, textAt, type XmlElement, xmlReader } from '../xml';
import { measurementsIn, statementsIn } from './annotations';
import { filtersIn } from './filters';
import { decodeSeries, weightOf } from './series';
import { momentOf } from './time';

/**
 * HL7 v3 annotated ECG (PORT_MT020001; HL7 aECG Implementation Guide, 21 March 2005; ANSI/HL7 V3 ECG R1-2004).
 * The longest rhythm series is shown. Proved on HL7's own example and on files of the FDA's aecg-python.
 */
export const aecg = xmlReader((head) => /<(\w+:)?AnnotatedECG\b/.test(head), read);

function read(root: XmlElement, source: ByteSource, options: ReadOptions): Recording {
  const where = source.name;
  const series = [...all(root, 'component').flatMap((component) => all(component, 'series'))];
  const derived = series.flatMap((one) => deep(one, 'derivedSeries'));
  const every = [...series, ...derived].filter((one) => weightOf(one) > 0);
  const rhythms = every.filter((one) => /^RHYTHM/i.test(codeOf(one))).sort((a, b) => weightOf(b) - weightOf(a));
  const shown = rhythms[0] ?? every[0];
  if (!shown) {
    throw new EcgError('CORRUPT_FILE', `There is no signal in ${where}.`, { expected: 'a series with digits', where });
  }
  const beat = every.find((one) => /^REPRESENTATIVE/i.test(codeOf(one)));
  const { signals, start, warnings } = decodeSeries(shown, options, where);
  const moment = find(root, 'effectiveTime');
  const stated = ['center', 'low']
    .map((name) => momentOf(attribute(find(moment, name), 'value')))
    .find((one) => one !== null);
  const startTime = (start ?? stated ?? momentOf(attribute(moment, 'value')))?.iso ?? null;
  const { patient, warnings: patientWarnings } = patientIn(root, startTime);
  const annotated = [...series, ...derived.filter((one) => !series.includes(one))];
  return inMemoryRecording(source, {
    format: 'hl7-aecg',
    signals,
    startTime,
    device: deviceIn(shown) ?? deviceIn(series[0]),
    patient,
    filters: filtersIn(shown),
    deviceMeasurements: measurementsIn(annotated),
    deviceStatements: statementsIn(annotated),
    beat: beat && beat !== shown ? beatIn(beat, where) : [],
    warnings: [
      ...patientWarnings,
      ...warnings,
      ...notShown(
        every.filter((one) => one !== beat || one === shown),
        shown,
      ),
    ],
  });
}

/** The representative beat; nothing where it does not say its rate, since the rhythm stands without it. */
function beatIn(series: XmlElement, where: string): readonly DecodedSignal[] {
  try {
    return decodeSeries(series, {}, where).signals;
  } catch {
    return [];
  }
}

function codeOf(series: XmlElement): string {
  return attribute(find(series, 'code'), 'code');
}

function notShown(every: readonly XmlElement[], shown: XmlElement): readonly Warning[] {
  const others = every
    .filter((one) => one !== shown)
    .map((one) => codeOf(one).toLowerCase().replaceAll('_', ' ') || 'unnamed');
  if (!/^RHYTHM/i.test(codeOf(shown))) {
    const message = `The file holds no rhythm but only “${codeOf(shown) || 'unnamed'}”, which is shown.`;
    return [{ code: 'PART_SHOWN', message }];
  }
  if (others.length === 0) return [];
  return [{ code: 'PART_SHOWN', message: `The rhythm is shown; the file also holds: ${others.join(', ')}.` }];
}

function patientIn(root: XmlElement, startTime: string | null): ReturnType<typeof patientOf> {
  const subject = deep(root, 'trialSubject')[0];
  const person = find(subject, 'subjectDemographicPerson');
  const name = find(person, 'name');
  const id = find(subject, 'id');
  const age = deep(root, 'relatedObservation').find((one) => attribute(find(one, 'code'), 'code') === AGE);
  return patientOf(
    {
      id: attribute(id, 'extension') || attribute(id, 'root'),
      name: name ? [textAt(name, 'given'), textAt(name, 'family'), name.text] : [],
      birthDate: momentOf(attribute(find(person, 'birthTime'), 'value'))?.iso.slice(0, 10) ?? null,
      age: attribute(find(age, 'value'), 'value'),
      ageUnit: attribute(find(age, 'value'), 'unit'),
      sex: attribute(find(person, 'administrativeGenderCode'), 'code'),
    },
    startTime,
  );
}

/** LOINC: reported age. */
const AGE = '21612-7';

function deviceIn(series: XmlElement | undefined): string | null {
  const author = find(series, 'author', 'seriesAuthor');
  const device = find(author, 'manufacturedSeriesDevice');
  const parts = [
    textAt(author, 'manufacturerOrganization', 'name'),
    textAt(device, 'manufacturerModelName'),
    textAt(device, 'softwareName'),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : null;
}
