import { type ByteSource, EcgError, type Filters, type Recording, type Warning } from '../ecg';
import { isoDate, isoTime } from './dates';
import { filtersOf, measurementsOf, patientOf } from './facts';
import { inMemoryRecording } from './in-memory';
import { answeredRate, type ReadOptions } from './reader';
import { all, deep, digits, find, numberAt, numberOf, textAt, type XmlElement, xmlReader } from './xml';

/** Schiller's EDI XML (`SchillerEDI`, exported by SEMA): rhythm and averages as comma-separated numbers. Proved on one file of an AT-110. */
export const schiller = xmlReader((head) => /<(\w+:)?[\w.]*SchillerEDI\b/i.test(head), read);

function read(root: XmlElement, source: ByteSource, options: ReadOptions): Recording {
  const where = source.name;
  const every = deep(root, 'wavedata');
  const lengthOf = (one: XmlElement) => textAt(one, 'channel', 'data').length;
  const rhythms = every
    .filter((one) => /^ECG_RHYTHM/i.test(textAt(one, 'type')))
    .sort((a, b) => lengthOf(b) - lengthOf(a));
  const shown = rhythms[0] ?? every[0];
  if (!shown)
    throw new EcgError('CORRUPT_FILE', `There is no waveform in ${where}.`, { expected: '<wavedata>', where });
  const rate = numberAt(shown, 'resolution', 'samplerate', 'value') ?? answeredRate(options);
  if (rate === undefined) {
    const detail = { expected: 'sampling rate in Hz', where };
    throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, detail);
  }
  const scale = numberAt(shown, 'resolution', 'yres', 'unitperbit');
  const unit = scale === null ? 'counts' : textAt(shown, 'resolution', 'yres', 'units') || 'counts';
  const description = find(root, 'examdescript');
  const startTime = momentOf(
    textAt(description, 'startdatetime', 'date'),
    textAt(description, 'startdatetime', 'time'),
  );
  const { patient, warnings } = patientIn(root, startTime);
  const hardware = find(description, 'aquiringdevice', 'hardware');
  const device = [textAt(hardware, 'vendor'), textAt(hardware, 'model') || textAt(hardware, 'type')].filter(Boolean);
  return inMemoryRecording(source, {
    format: 'schiller-xml',
    signals: all(shown, 'channel').map((channel) => ({
      spelling: textAt(channel, 'name'),
      unit,
      samplingRateHz: rate,
      values: digits(textAt(channel, 'data')).map((value) => value * (scale ?? 1)),
    })),
    startTime,
    device: device.join(' ') || null,
    patient,
    filters: filtersIn(root),
    deviceMeasurements: measurementsIn(root),
    deviceStatements: statementsIn(root),
    warnings: [...warnings, ...rateWarnings(shown, rate), ...notShown(every, shown)],
  });
}

/** What an exponent other than one does to the rate is nowhere described. */
function rateWarnings(shown: XmlElement, rate: number): readonly Warning[] {
  const exponent = textAt(shown, 'resolution', 'samplerate', 'exponent');
  if (/^[01]?$/.test(exponent)) return [];
  const message = `The sampling rate has the exponent ${exponent}, whose meaning is not known; ${rate} Hz is used as it stands.`;
  return [{ code: 'RATE_ASSUMED', message }];
}

function notShown(every: readonly XmlElement[], shown: XmlElement): readonly Warning[] {
  const others = every.filter((one) => one !== shown).map((one) => textAt(one, 'type') || 'unnamed');
  if (!/^ECG_RHYTHM/i.test(textAt(shown, 'type'))) {
    const message = `The file holds no rhythm but only “${textAt(shown, 'type') || 'unnamed'}”, which is shown.`;
    return [{ code: 'PART_SHOWN', message }];
  }
  if (others.length === 0) return [];
  return [{ code: 'PART_SHOWN', message: `The rhythm is shown; the file also holds: ${others.join(', ')}.` }];
}

/** `20060502` and `140610000`, with milliseconds. */
function momentOf(date: string, time: string): string | null {
  const [year = 0, month = 0, day = 0] = (/^(\d{4})[-.]?(\d\d)[-.]?(\d\d)/.exec(date)?.slice(1) ?? []).map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = (/^(\d\d):?(\d\d):?(\d\d)/.exec(time)?.slice(1) ?? []).map(Number);
  const day0 = isoDate(year, month, day);
  return day0 && `${day0}T${isoTime(hours, minutes, seconds) ?? '00:00:00'}`;
}

function patientIn(root: XmlElement, startTime: string | null): ReturnType<typeof patientOf> {
  const person = find(root, 'patdata');
  const stated = {
    id: textAt(person, 'id'),
    name: [textAt(person, 'firstname'), textAt(person, 'lastname')],
    birthDate: momentOf(textAt(person, 'birthdate'), '')?.slice(0, 10) ?? null,
    age: textAt(person, 'age', 'value') || textAt(person, 'age'),
    ageUnit: textAt(person, 'age', 'unit'),
    sex: textAt(person, 'gender').replace(/^GENDER_/, ''),
  };
  return patientOf(stated, startTime);
}

function measurementsIn(root: XmlElement): Recording['deviceMeasurements'] {
  const values = new Map(deep(root, 'annotation_global').map((one) => [textAt(one, 'name'), textAt(one, 'value')]));
  const value = (name: string) => numberOf(values.get(name) ?? '');
  return measurementsOf({ heartRateBpm: value('HR'), prMs: value('PQ'), qrsMs: value('QRS'), qtMs: value('QT') });
}

function filtersIn(root: XmlElement): Filters | null {
  const values = new Map(deep(root, 'filter').map((one) => [textAt(one, 'name'), textAt(one, 'value')]));
  const value = (name: string) => numberOf(/[\d.]+/.exec(values.get(name) ?? '')?.[0] ?? '');
  return filtersOf({
    highPassHz: value('HIGHPASS_CUTOFF_FREQ'),
    lowPassHz: value('LOWPASS_CUTOFF_FREQ'),
    notchHz: value('MAINS'),
  });
}

function statementsIn(root: XmlElement): readonly string[] {
  return deep(root, 'textdata')
    .filter((one) => textAt(one, 'type') === 'INTERPRETATION')
    .flatMap((one) => textAt(one, 'textdata').split(/[\r\n]+/))
    .map((line) => line.trim())
    .filter(Boolean);
}
