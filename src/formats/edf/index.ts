import { type ByteSource, type Channel, EcgError, type Recording, type Warning } from '../../ecg';
import { decodedUnit, nameChannels, scaleWarnings } from '../channels';
import { placementWarnings } from '../placement';
import { answeredRate, type Reader, type ReadOptions } from '../reader';
import { describeFile } from './describe';
import { type EdfHeader, type EdfSignal, isEdf, readHeader } from './header';
import { isAnnotations, type Timeline, timeline } from './onsets';
import { type Scale, sampleReader } from './samples';
import { MOST_RECORDS, textsIn } from './texts';

/** EDF and EDF+ (16 bits), BDF and BDF+ (24 bits). */
export const edf: Reader = {
  claim: async (files) =>
    files
      .filter(({ head }) => isEdf(head))
      .map(({ source }) => ({ parts: [source], open: (options) => openEdf(source, options) })),
};

/**
 * Opens a European Data Format file after the public specifications of EDF and EDF+ (edfplus.info) and BioSemi's BDF. Proved with
 * the three files of pyedflib's tests. Samples stay in the file and every signal keeps its rate; gaps of a discontinuous file are missing
 * samples; the texts of the annotation signal are given apart.
 *
 * @throws EcgError NEEDS_INPUT (records of no length: the rate; no unit anywhere: the unit), CORRUPT_FILE, TRUNCATED_FILE, TOO_LARGE
 */
async function openEdf(source: ByteSource, options: ReadOptions): Promise<Recording> {
  const header = await readHeader(source);
  const shown = header.signals.filter((signal) => !isAnnotations(signal) && signal.samplesPerRecord > 0);
  if (shown.length === 0) {
    throw new EcgError('CORRUPT_FILE', `There is no signal in ${source.name}.`, { where: source.name });
  }
  const records = recordsIn(source, header);
  const rates = shown.map((signal) => rateOf(signal, header, options, source.name));
  const units = unitsOf(shown, options, source.name);
  const time = await timeline(source, header, records, options);
  const scales = shown.map((signal, i) => scaleOf(signal, units[i] ?? ''));
  const { names, warnings: nameWarnings } = nameChannels(shown.map(({ label }) => label));
  const channels = shown.map(
    ({ samplesPerRecord }, i): Channel => ({
      name: names[i]?.name ?? '',
      lead: names[i]?.lead ?? null,
      unit: scales[i] ? decodedUnit(units[i] ?? '').unit : 'adu',
      samplingRateHz: rates[i] ?? 0,
      sampleCount: endOf(time, samplesPerRecord, rates[i] ?? 0),
    }),
  );
  const annotated = header.signals.some(isAnnotations);
  const read = sampleReader(source, header);
  const { warnings, ...described } = describeFile(header, time.delayS);
  return {
    source: { name: source.name, format: header.sampleBytes === 3 ? 'bdf' : 'edf', parts: [source] },
    channels,
    durationS: Math.max(...channels.map(({ sampleCount, samplingRateHz }) => sampleCount / samplingRateHz)),
    ...described,
    deviceMeasurements: null,
    deviceStatements: [],
    warnings: [
      ...lengthWarnings(header),
      ...gapWarnings(time),
      ...nameWarnings,
      ...scaleWarnings(channels),
      ...warnings,
      ...placementWarnings([header.recording, ...shown.flatMap(({ label, transducer }) => [label, transducer])]),
      ...(annotated && records > MOST_RECORDS ? [IN_PART] : []),
    ],
    ...(annotated && { annotations: () => textsIn(source, header, records, time.delayS) }),
    samples: async (channel, start, count) => {
      const [signal, known] = [shown[channel], channels[channel]];
      if (!signal || !known) throw new EcgError('INTERNAL', `${source.name} has no signal ${channel + 1}.`);
      const from = Math.min(Math.max(0, Math.floor(start)), known.sampleCount);
      const to = Math.min(Math.max(from, Math.floor(start + count)), known.sampleCount);
      const scale = scales[channel] ?? { gain: 1, offset: 0 };
      return read(signal, scale, time.runs, known.samplingRateHz, from, to - from);
    },
  };
}

const IN_PART: Warning = {
  code: 'PART_SHOWN',
  message: `Annotations are read from the first ${MOST_RECORDS} data records of the file.`,
};

/** The header's number of data records, held against the file's length; the length alone where the header does not know. */
function recordsIn(source: ByteSource, { headerBytes, recordBytes, records }: EdfHeader): number {
  const held = Math.floor((source.size - headerBytes) / recordBytes);
  if (held < (records ?? 1) || records === 0) {
    const detail = { expected: `${records ?? 1} data records`, found: `${held}`, where: source.name };
    const message = `${source.name} is cut off: it holds ${held} of the ${records ?? 'unknown number of'} data records that it promises.`;
    throw new EcgError('TRUNCATED_FILE', message, detail);
  }
  return records ?? held;
}

function rateOf(signal: EdfSignal, header: EdfHeader, options: ReadOptions, where: string): number {
  const rate = header.recordSeconds > 0 ? signal.samplesPerRecord / header.recordSeconds : answeredRate(options);
  if (rate === undefined) {
    const message = `${where} does not say how long its data records are: please enter the sampling rate.`;
    throw new EcgError('NEEDS_INPUT', message, { expected: 'sampling rate in Hz', where });
  }
  if (rate > 1e6) {
    throw new EcgError('TOO_LARGE', `${where} claims a higher rate than any recorder has.`, {
      found: `${rate} Hz`,
      where,
    });
  }
  // 0.1 is no binary number: 20 samples in 0.1 s are 200 Hz, not 199.99999999999997.
  return Number(rate.toPrecision(12));
}

/** The units as spelt; where no signal has one they are the reader's answer. */
function unitsOf(signals: readonly EdfSignal[], { unit }: ReadOptions, where: string): readonly string[] {
  if (signals.some((signal) => signal.unit !== '')) return signals.map((signal) => signal.unit);
  if (unit) return signals.map(() => unit);
  const message = `${where} does not say its unit: please say whether the values are in mV or µV.`;
  throw new EcgError('NEEDS_INPUT', message, { expected: 'unit mV or uV', where });
}

/** To the decoded unit (mV for voltages), or null where the header's ranges give no scale. */
function scaleOf({ physicalMin, physicalMax, digitalMin, digitalMax }: EdfSignal, unit: string): Scale | null {
  const gain = (physicalMax - physicalMin) / (digitalMax - digitalMin);
  if (!Number.isFinite(gain) || gain === 0) return null;
  const factor = decodedUnit(unit).factor;
  return { gain: gain * factor, offset: (physicalMin - digitalMin * gain) * factor };
}

function endOf({ runs }: Timeline, samplesPerRecord: number, rateHz: number): number {
  const last = runs.at(-1);
  return last ? Math.round(last.startS * rateHz) + last.records * samplesPerRecord : 0;
}

function lengthWarnings({ records }: EdfHeader): readonly Warning[] {
  if (records !== null) return [];
  const message = 'The header gives no length; it was taken from the size of the data.';
  return [{ code: 'LENGTH_FROM_DATA', message }];
}

function gapWarnings({ runs, known }: Timeline): readonly Warning[] {
  if (!known) {
    const message = 'The file says that it has gaps, but not where they are: what is shown together may lie apart.';
    return [{ code: 'SAMPLES_MISSING', message }];
  }
  if (runs.length < 2) return [];
  const message = `The recording was interrupted ${runs.length - 1} times; nothing was recorded there.`;
  return [{ code: 'SAMPLES_MISSING', message }];
}
