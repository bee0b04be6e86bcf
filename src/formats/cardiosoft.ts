import { type ByteSource, EcgError, type Filters, type Recording, type Warning } from '../ecg';
import { isoDate, isoTime } from './dates';
import { filtersOf, measurementsOf, patientOf } from './facts';
import { type DecodedSignal, inMemoryRecording } from './in-memory';
import { answeredRate, type ReadOptions } from './reader';
import { all, attribute, digits, find, numberAt, textAt, type XmlElement, xmlReader } from './xml';

/**
 * GE CardioSoft and CASE XML (`CardiologyXML`): the strip of a resting ECG with its leads in full, else the full disclosure of a stress test.
 * Proved on one file of CardioSoft V6.73 that holds both; III = II − I holds in the disclosure only as it is read here.
 */
export const cardiosoft = xmlReader((head) => /<(\w+:)?CardiologyXML\b/.test(head), read);

function read(root: XmlElement, source: ByteSource, options: ReadOptions): Recording {
  const where = source.name;
  const strip = find(root, 'StripData');
  const disclosure = find(root, 'FullDisclosure');
  const strips = all(strip, 'WaveformData').filter(({ text }) => text !== '');
  const shown = strips.length > 0 ? strip : disclosure;
  const rate = numberAt(shown, 'SampleRate') ?? answeredRate(options);
  if (!shown)
    throw new EcgError('CORRUPT_FILE', `There is no waveform in ${where}.`, { expected: '<StripData>', where });
  if (rate === undefined) {
    const detail = { expected: 'sampling rate in Hz', where };
    throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, detail);
  }
  const scale = numberAt(shown, 'Resolution');
  const unit = scale === null ? 'counts' : unitOf(attribute(find(shown, 'Resolution'), 'units'));
  const leads = shown === strip ? strips.map(leadOf) : disclosed(shown, rate);
  const startTime = momentIn(find(root, 'ObservationDateTime'));
  const { patient, warnings } = patientIn(root, startTime);
  const device = find(root, 'ClinicalInfo', 'DeviceInfo');
  const statements = ['Conclusion', 'Diagnosis'].map((name) =>
    all(find(root, 'Interpretation', name), `${name}Text`)
      .map(({ text }) => text)
      .filter(Boolean),
  );
  const measured = find(root, 'RestingECGMeasurements');
  return inMemoryRecording(source, {
    format: 'cardiosoft-xml',
    signals: leads.map(
      ([spelling, values]): DecodedSignal => ({
        spelling,
        unit,
        samplingRateHz: rate,
        values: values.map((value) => value * (scale ?? 1)),
      }),
    ),
    startTime,
    device: [textAt(device, 'Desc'), textAt(device, 'SoftwareVer')].filter(Boolean).join(' ') || null,
    patient,
    filters: filtersIn(root),
    deviceMeasurements: measurementsOf({
      heartRateBpm: numberAt(measured, 'VentricularRate'),
      prMs: numberAt(measured, 'PQInterval') ?? numberAt(measured, 'PRInterval'),
      qrsMs: numberAt(measured, 'QRSDuration'),
      qtMs: numberAt(measured, 'QTInterval'),
    }),
    deviceStatements: statements.find((lines) => lines.length > 0) ?? [],
    beat: beatIn(find(measured, 'MedianSamples')),
    warnings: [...warnings, ...notShown(shown === strip, disclosure)],
  });
}

/** The median beats, as far as the file says that they are valid. */
function beatIn(medians: XmlElement | undefined): readonly DecodedSignal[] {
  const samplingRateHz = numberAt(medians, 'SampleRate');
  const scale = numberAt(medians, 'Resolution');
  if (samplingRateHz === null || scale === null) return [];
  const unit = unitOf(attribute(find(medians, 'Resolution'), 'units'));
  const [from, to] = [numberAt(medians, 'FirstValid') ?? 0, numberAt(medians, 'LastValid')];
  return all(medians, 'WaveformData').map((waveform): DecodedSignal => {
    const [spelling, values] = leadOf(waveform);
    const valid = values.slice(Math.max(0, from), to === null ? values.length : to + 1);
    return { spelling, unit, samplingRateHz, values: valid.map((value) => value * scale) };
  });
}

type Lead = readonly [spelling: string, values: Float64Array<ArrayBuffer>];

function leadOf(waveform: XmlElement): Lead {
  return [attribute(waveform, 'lead'), digits(waveform.text)];
}

/** `uVperLsb` → `uV` */
function unitOf(units: string): string {
  return units.replace(/per.*$/i, '') || 'counts';
}

/** The disclosure goes second by second: a second of the first lead, a second of the next, and so on; a last part of a second is shorter in all. */
function disclosed(disclosure: XmlElement, rate: number): readonly Lead[] {
  const names = textAt(disclosure, 'LeadOrder')
    .split(',')
    .map((name) => name.trim());
  const samples = digits(textAt(disclosure, 'FullDisclosureData'));
  const length = Math.floor(samples.length / names.length);
  const block = Math.round(rate);
  return names.map((name, lead): Lead => {
    const values = new Float64Array(length);
    for (let at = 0; at < length; at += block) {
      const count = Math.min(block, length - at);
      const from = at * names.length + lead * count;
      values.set(samples.subarray(from, from + count), at);
    }
    return [name, values];
  });
}

function filtersIn(root: XmlElement): Filters | null {
  const setting = find(root, 'FilterSetting');
  const notch = [50, 60].find((hz) => /^yes$/i.test(textAt(setting, `Filter${hz}Hz`)));
  return filtersOf({
    highPassHz: numberAt(setting, 'HighPass'),
    lowPassHz: numberAt(setting, 'LowPass'),
    notchHz: notch ?? null,
  });
}

function notShown(strip: boolean, disclosure: XmlElement | undefined): readonly Warning[] {
  if (!strip || textAt(disclosure, 'FullDisclosureData') === '') return [];
  return [{ code: 'PART_SHOWN', message: 'The rhythm is shown; the file also holds a full disclosure.' }];
}

function momentIn(element: XmlElement | undefined): string | null {
  const [year, month, day, hours, minutes, seconds] = ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second'].map(
    (name) => numberAt(element, name) ?? 0,
  );
  const date = isoDate(year ?? 0, month ?? 0, day ?? 0);
  return date && `${date}T${isoTime(hours ?? 0, minutes ?? 0, Math.floor(seconds ?? 0)) ?? '00:00:00'}`;
}

function patientIn(root: XmlElement, startTime: string | null): ReturnType<typeof patientOf> {
  const person = find(root, 'PatientInfo');
  const stated = {
    id: textAt(person, 'PID'),
    name: [textAt(person, 'Name', 'GivenName'), textAt(person, 'Name', 'FamilyName')],
    birthDate: momentIn(find(person, 'BirthDateTime'))?.slice(0, 10) ?? null,
    age: textAt(person, 'Age'),
    ageUnit: attribute(find(person, 'Age'), 'units'),
    sex: textAt(person, 'Gender'),
  };
  return patientOf(stated, startTime);
}
