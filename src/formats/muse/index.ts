import { type ByteSource, EcgError, type Filters, type Recording, type Warning } from '../../ecg';
import { filtersOf, measurementsOf, patientOf } from '../facts';
import { type DecodedSignal, inMemoryRecording } from '../in-memory';
import { answeredRate, type ReadOptions } from '../reader';
import { all, find, numberAt, textAt, type XmlElement, xmlReader } from '../xml';
import { americanMoment } from './dates';
import { museLead } from './waveform';

/**
 * GE MUSE XML (`RestingECG`, GE Healthcare's MUSE 7 to 9): 8 stored leads, sometimes 12 and more, of 16-bit numbers in base64.
 * III, aVR, aVL and aVF are derived where every other recording's are. Proved on files of MUSE 7.1, 8.0 and 9.0.
 */
export const museXml = xmlReader((head) => /<(\w+:)?RestingECG\b/.test(head), read);

function read(root: XmlElement, source: ByteSource, options: ReadOptions): Recording {
  const where = source.name;
  const waveforms = all(root, 'Waveform');
  const shown = waveforms.filter(isRhythm).sort((a, b) => lengthOf(b) - lengthOf(a))[0] ?? waveforms[0];
  if (!shown)
    throw new EcgError('CORRUPT_FILE', `There is no waveform in ${where}.`, { expected: '<Waveform>', where });
  const rate = rateOf(root, shown, options, where);
  const decoded = all(shown, 'LeadData').map((lead) => museLead(lead, rate.hz, where));
  const median = waveforms.find((waveform) => /^median$/i.test(textAt(waveform, 'WaveformType')));
  const test = find(root, 'TestDemographics');
  const startTime = americanMoment(textAt(test, 'AcquisitionDate'), textAt(test, 'AcquisitionTime'));
  const { patient, warnings } = patientIn(root, startTime);
  const device = ['AcquisitionDevice', 'AnalysisSoftwareVersion'].map((name) => textAt(test, name));
  return inMemoryRecording(source, {
    format: 'muse-xml',
    signals: decoded.map(({ signal }) => signal),
    startTime,
    device: device[0] ? `GE ${device[0]}${device[1] ? `, software ${device[1]}` : ''}` : null,
    patient,
    filters: filtersIn(shown),
    deviceMeasurements: measurementsIn(root),
    deviceStatements: statementsIn(root),
    beat: median && median !== shown ? beatIn(median, rate.hz, where) : [],
    warnings: [
      ...warnings,
      ...rate.warnings,
      ...notShown(
        waveforms.filter((one) => one !== median || one === shown),
        shown,
      ),
      ...new Set(decoded.flatMap((lead) => lead.warnings)),
    ],
  });
}

function isRhythm(waveform: XmlElement): boolean {
  return /^rhythm$/i.test(textAt(waveform, 'WaveformType'));
}

function lengthOf(waveform: XmlElement): number {
  return numberAt(waveform, 'LeadData', 'LeadSampleCountTotal') ?? 0;
}

/** The median beat at its own rate, the rhythm's where it gives none; nothing where it cannot be read, since the rhythm stands without it. */
function beatIn(median: XmlElement, rhythmHz: number, where: string): readonly DecodedSignal[] {
  const hz = positive(numberAt(median, 'SampleBase'), numberAt(median, 'SampleExponent')) ?? rhythmHz;
  try {
    return all(median, 'LeadData').map((lead) => museLead(lead, hz, where).signal);
  } catch {
    return [];
  }
}

/** The waveform's own `SampleBase`, times ten to its exponent. `ECGSampleBase` belongs to the measurements' time unit and is often zero or another. */
function rateOf(
  root: XmlElement,
  waveform: XmlElement,
  options: ReadOptions,
  where: string,
): { readonly hz: number; readonly warnings: readonly Warning[] } {
  const hz = positive(numberAt(waveform, 'SampleBase'), numberAt(waveform, 'SampleExponent'));
  const sections = ['RestingECGMeasurements', 'OriginalRestingECGMeasurements'].map((name) => find(root, name));
  const other = sections
    .map((section) => positive(numberAt(section, 'ECGSampleBase'), numberAt(section, 'ECGSampleExponent')))
    .find((value) => value !== null);
  if (hz !== null) {
    if (other == null || other === hz) return { hz, warnings: [] };
    const message = `The waveform is said to have ${hz} samples a second, the measurements are based on ${other}: the waveform's own rate is used.`;
    return { hz, warnings: [{ code: 'RATE_ASSUMED', message }] };
  }
  const assumed = other ?? answeredRate(options);
  if (assumed === undefined) {
    throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, {
      expected: 'sampling rate in Hz',
      where,
    });
  }
  if (other == null) return { hz: assumed, warnings: [] };
  const message = `The waveform gives no sampling rate; ${assumed} Hz is that of the measurements.`;
  return { hz: assumed, warnings: [{ code: 'RATE_ASSUMED', message }] };
}

function positive(base: number | null, exponent: number | null): number | null {
  const hz = (base ?? 0) * 10 ** (exponent ?? 0);
  return hz >= 1 && hz <= 1e6 ? hz : null;
}

function notShown(waveforms: readonly XmlElement[], shown: XmlElement): readonly Warning[] {
  if (!isRhythm(shown)) {
    const message = `The file holds no rhythm but only “${textAt(shown, 'WaveformType') || 'a waveform'}”, which is shown.`;
    return [{ code: 'PART_SHOWN', message }];
  }
  const others = waveforms
    .filter((waveform) => waveform !== shown)
    .map((one) => textAt(one, 'WaveformType') || 'unnamed');
  if (others.length === 0) return [];
  const message = `The rhythm is shown; the file also holds: ${others.join(', ')}.`;
  return [{ code: 'PART_SHOWN', message }];
}

function patientIn(root: XmlElement, startTime: string | null): ReturnType<typeof patientOf> {
  const person = find(root, 'PatientDemographics');
  const stated = {
    id: textAt(person, 'PatientID'),
    name: [textAt(person, 'PatientFirstName'), textAt(person, 'PatientLastName')],
    birthDate: americanMoment(textAt(person, 'DateofBirth'), '')?.slice(0, 10) ?? null,
    age: textAt(person, 'PatientAge'),
    ageUnit: textAt(person, 'AgeUnits'),
    sex: textAt(person, 'Gender'),
  };
  return patientOf(stated, startTime);
}

function measurementsIn(root: XmlElement): Recording['deviceMeasurements'] {
  const sections = ['RestingECGMeasurements', 'OriginalRestingECGMeasurements'].map((name) => find(root, name));
  const first = (name: string) => sections.map((section) => numberAt(section, name)).find((value) => value !== null);
  return measurementsOf({
    heartRateBpm: first('VentricularRate') ?? null,
    prMs: first('PRInterval') ?? null,
    qrsMs: first('QRSDuration') ?? null,
    qtMs: first('QTInterval') ?? null,
  });
}

/** The high-pass is written in hundredths of a hertz (`5` is 0.05 Hz, `16` is 0.16 Hz), low-pass and mains filter in hertz. */
function filtersIn(waveform: XmlElement): Filters | null {
  const hundredths = numberAt(waveform, 'HighPassFilter');
  return filtersOf({
    highPassHz: Number.isInteger(hundredths) ? (hundredths ?? 0) / 100 : null,
    lowPassHz: numberAt(waveform, 'LowPassFilter'),
    notchHz: numberAt(waveform, 'ACFilter'),
  });
}

/** MUSE cuts a sentence into pieces; the last piece of a line carries the flag `ENDSLINE`. */
function statementsIn(root: XmlElement): readonly string[] {
  const pieces = ['Diagnosis', 'OriginalDiagnosis']
    .map((name) => all(find(root, name), 'DiagnosisStatement'))
    .find((statements) => statements.length > 0);
  const lines: string[] = [];
  let line: string[] = [];
  for (const piece of pieces ?? []) {
    line.push(textAt(piece, 'StmtText'));
    if (!all(piece, 'StmtFlag').some(({ text }) => text === 'ENDSLINE')) continue;
    lines.push(line.join(' '));
    line = [];
  }
  return [...lines, line.join(' ')].map((text) => text.trim()).filter(Boolean);
}
