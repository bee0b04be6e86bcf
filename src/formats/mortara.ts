import { type ByteSource, EcgError, type Recording, type Warning } from '../ecg';
import { base64Bytes, int16 } from './base64';
import { isoDate, isoTime } from './dates';
import { measurementsOf, patientOf } from './facts';
import { type DecodedSignal, inMemoryRecording } from './in-memory';
import { answeredRate, type ReadOptions } from './reader';
import { all, attribute, deep, find, numberOf, type XmlElement, xmlReader } from './xml';

/**
 * Mortara (Welch Allyn, Hillrom) ELI XML: an `ECG` with a `CHANNEL` for each lead, everything in attributes. Written from what public readers say of it;
 * no real file was at hand.
 */
export const mortara = xmlReader(
  (head) => /<ECG\s[^>]*>/.test(head) && /<(SOURCE|SUBJECT|CHANNEL|AUTOMATIC_MEASUREMENTS)\b/.test(head),
  read,
);

function read(root: XmlElement, source: ByteSource, options: ReadOptions): Recording {
  const where = source.name;
  const signals = all(root, 'CHANNEL').map((channel) => signalOf(channel, options, where));
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = (
    attribute(root, 'ACQUISITION_TIME').match(/\d+/g)?.join('') ?? ''
  )
    .replace(/^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?.*/, '$1 $2 $3 $4 $5 $6')
    .split(' ')
    .map(Number);
  const date = isoDate(year, month, day);
  const startTime = date && `${date}T${isoTime(hours, minutes, seconds) ?? '00:00:00'}`;
  const person = find(root, 'SUBJECT');
  const { patient, warnings } = patientOf(
    {
      id: attribute(person, 'ID'),
      name: [attribute(person, 'FIRST_NAME'), attribute(person, 'LAST_NAME')],
      age: attribute(person, 'AGE'),
      ageUnit: attribute(person, 'AGE_UNITS'),
      sex: attribute(person, 'GENDER'),
    },
    startTime,
  );
  const measured = deep(root, 'AUTOMATIC_MEASUREMENTS')[0] ?? find(root, 'TYPICAL_CYCLE');
  const value = (...names: readonly string[]) =>
    names.map((name) => numberOf(attribute(measured, name))).find((one) => one !== null) ?? null;
  const device = find(root, 'SOURCE');
  return inMemoryRecording(source, {
    format: 'mortara-xml',
    signals,
    startTime,
    device:
      ['MANUFACTURER', 'MODEL']
        .map((name) => attribute(device, name))
        .filter(Boolean)
        .join(' ') || null,
    patient,
    deviceMeasurements: measurementsOf({
      heartRateBpm: value('VENT_RATE'),
      prMs: value('PR_DURATION', 'PR_INTERVAL'),
      qrsMs: value('QRS_DURATION'),
      qtMs: value('QT_DURATION', 'QT_INTERVAL'),
    }),
    deviceStatements: deep(root, 'STATEMENT')
      .map((one) => attribute(one, 'TEXT') || one.text)
      .filter(Boolean),
    warnings: [...warnings, ...cycleWarning(root)],
  });
}

function signalOf(channel: XmlElement, options: ReadOptions, where: string): DecodedSignal {
  const spelling = attribute(channel, 'NAME');
  const bytes = base64Bytes(attribute(channel, 'DATA') || channel.text);
  const bits = attribute(channel, 'BITS') || '16';
  const format = attribute(channel, 'FORMAT') || 'SIGNED';
  const encoding = attribute(channel, 'ENCODING') || 'BASE64';
  if (!bytes || bits !== '16' || format !== 'SIGNED' || encoding.toUpperCase() !== 'BASE64') {
    const detail = { expected: '16 bits, signed, base64', found: `${bits} ${format} ${encoding}`, where };
    throw new EcgError('CORRUPT_FILE', `Lead ${spelling} of ${where} is stored in a way that is not read.`, detail);
  }
  const rate = numberOf(attribute(channel, 'SAMPLE_FREQ')) ?? answeredRate(options);
  if (rate === undefined) {
    const detail = { expected: 'sampling rate in Hz', where };
    throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, detail);
  }
  const perMillivolt = numberOf(attribute(channel, 'UNITS_PER_MV'));
  const scaled = perMillivolt !== null && perMillivolt > 0;
  const values = int16(bytes).map((value) => (scaled ? value / perMillivolt : value));
  return { spelling, unit: scaled ? 'mV' : 'counts', samplingRateHz: rate, values };
}

function cycleWarning(root: XmlElement): readonly Warning[] {
  if (!find(root, 'TYPICAL_CYCLE')) return [];
  return [{ code: 'PART_SHOWN', message: 'The rhythm is shown; the file also holds a typical cycle.' }];
}
