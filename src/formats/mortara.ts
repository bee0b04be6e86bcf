import { type ByteSource, EcgError, type Recording } from '../ecg';
import { base64Bytes, int16 } from './base64';
import { isoDate, isoTime } from './dates';
import { filtersOf, measurementsOf, patientOf } from './facts';
import { type DecodedSignal, inMemoryRecording } from './in-memory';
import { answeredRate, type ReadOptions } from './reader';
import { all, attribute, deep, find, numberOf, type XmlElement, xmlReader } from './xml';

/**
 * Mortara (Welch Allyn, Hillrom) ELI XML: an `ECG` with a `CHANNEL` for each lead, everything in attributes. Written from what public readers say of it
 * (EDFbrowser, ecg2dcm, ecgdatakit), whose test files it reads; no real file was at hand.
 */
export const mortara = xmlReader(
  (head) => /<ECG\s[^>]*>/.test(head) && /<(SOURCE|SUBJECT|DEMOGRAPHIC_FIELDS?|TYPICAL_CYCLE|CHANNEL)\b/.test(head),
  read,
);

/** Demographic fields by their number, for their labels are in the device's language. */
const FIELDS = { lastName: '1', id: '2', age: '3', sex: '4', firstName: '7', birthDate: '16' } as const;

function read(root: XmlElement, source: ByteSource, options: ReadOptions): Recording {
  const where = source.name;
  const signals = all(root, 'CHANNEL').map((channel) => signalOf(channel, options, where));
  const [date, clock] = moment(attribute(root, 'ACQUISITION_TIME') || attribute(root, 'ACQUISITION_TIME_XML'));
  const startTime = date && `${date}T${clock ?? '00:00:00'}`;
  const person = find(root, 'SUBJECT');
  const field = (name: keyof typeof FIELDS) =>
    deep(root, 'DEMOGRAPHIC_FIELD').find((one) => attribute(one, 'ID') === FIELDS[name]);
  const said = (name: string, number: keyof typeof FIELDS) =>
    attribute(person, name) || attribute(field(number), 'VALUE');
  const ageAt = [root, person].find((one) => attribute(one, 'AGE') !== '');
  const { patient, warnings } = patientOf(
    {
      id: said('ID', 'id'),
      name: [said('FIRST_NAME', 'firstName'), said('LAST_NAME', 'lastName')],
      birthDate: moment(attribute(person, 'DOB_XML') || said('DOB', 'birthDate'))[0],
      age: attribute(ageAt, 'AGE') || attribute(field('age'), 'VALUE'),
      ageUnit: ageAt ? attribute(ageAt, 'AGE_UNITS') : attribute(field('age'), 'UNITS'),
      sex: said('GENDER', 'sex'),
    },
    startTime,
  );
  const cycle = find(root, 'TYPICAL_CYCLE');
  const measured = [cycle, ...deep(root, 'AUTOMATIC_MEASUREMENTS'), root];
  const value = (...names: readonly string[]) =>
    measured.flatMap((one) => names.map((name) => numberOf(attribute(one, name)))).find((one) => one !== null) ?? null;
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
      qtMs: value('QT', 'QT_DURATION', 'QT_INTERVAL'),
    }),
    filters: filtersOf({ highPassHz: null, lowPassHz: numberOf(attribute(device, 'LOW_PASS_FILTER')), notchHz: null }),
    deviceStatements: deep(root, 'STATEMENT')
      .map((one) => attribute(one, 'TEXT') || one.text)
      .filter(Boolean),
    beat: beatOf(cycle),
    warnings,
  });
}

/** Day and time of `20110203040506` or `2011-02-03T04:05:06`; null where there is none. */
function moment(text: string): readonly [date: string | null, clock: string | null] {
  const plain = text.match(/\d+/g)?.join('') ?? '';
  const two = (at: number) => Number(plain.slice(at, at + 2) || Number.NaN);
  return [isoDate(Number(plain.slice(0, 4)), two(4), two(6)), isoTime(two(8), two(10), two(12) || 0)];
}

function signalOf(channel: XmlElement, options: ReadOptions, where: string): DecodedSignal {
  const spelling = attribute(channel, 'NAME');
  const counts = countsOf(channel, channel);
  if (!counts) {
    const found = ['BITS', 'FORMAT', 'ENCODING'].map((name) => attribute(channel, name)).join(' ');
    const detail = { expected: '16 bits, signed, base64', found, where };
    throw new EcgError('CORRUPT_FILE', `Lead ${spelling} of ${where} is stored in a way that is not read.`, detail);
  }
  const rate = numberOf(attribute(channel, 'SAMPLE_FREQ')) ?? answeredRate(options);
  if (rate === undefined) {
    const detail = { expected: 'sampling rate in Hz', where };
    throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, detail);
  }
  return { spelling, samplingRateHz: rate, ...scaled(counts, channel) };
}

/** The beat that the device made, whose rate and scale are its own; nothing where they are not said or it cannot be read. */
function beatOf(cycle: XmlElement | undefined): readonly DecodedSignal[] {
  const samplingRateHz = numberOf(attribute(cycle, 'SAMPLE_FREQ')) ?? 0;
  if (!cycle || samplingRateHz <= 0) return [];
  return all(cycle, 'TYPICAL_CYCLE_CHANNEL').flatMap((channel): DecodedSignal[] => {
    const counts = countsOf(channel, cycle);
    return counts ? [{ spelling: attribute(channel, 'NAME'), samplingRateHz, ...scaled(counts, cycle) }] : [];
  });
}

/** Stored numbers, or null where they are coded in another way than is known. @param how the element that says how they are coded */
function countsOf(channel: XmlElement, how: XmlElement): Float64Array<ArrayBuffer> | null {
  const said = (name: string, usual: string) => (attribute(how, name) || usual).toUpperCase() === usual;
  if (!said('BITS', '16') || !said('FORMAT', 'SIGNED') || !said('ENCODING', 'BASE64')) return null;
  const bytes = base64Bytes(attribute(channel, 'DATA') || channel.text);
  return bytes && int16(bytes);
}

function scaled(counts: Float64Array<ArrayBuffer>, how: XmlElement): Pick<DecodedSignal, 'unit' | 'values'> {
  const perMillivolt = numberOf(attribute(how, 'UNITS_PER_MV')) ?? 0;
  if (perMillivolt <= 0) return { unit: 'counts', values: counts };
  return { unit: 'mV', values: counts.map((value) => value / perMillivolt) };
}
