import { type ByteSource, type Channel, EcgError, type Recording, UNKNOWN_PATIENT } from '../ecg';
import { decodedUnit, nameChannels, scaleWarnings } from './channels';
import type { Decoded } from './in-memory';
import { placementWarnings } from './placement';

/** One signal whose samples stay in the file until they are asked for. */
export interface LazySignal {
  /** The lead as the file spells it, empty where it names none. */
  readonly spelling: string;
  readonly unit: string;
  readonly samplingRateHz: number;
  readonly sampleCount: number;
  /** Samples in `unit`, NaN where missing; `start` and `count` lie within `sampleCount`. */
  read(start: number, count: number): Promise<Float64Array<ArrayBuffer>>;
}

/**
 * A recording of signals that are read on demand: for formats of hours, whose files are never held as a whole. The twin of
 * `inMemoryRecording`.
 *
 * @throws EcgError CORRUPT_FILE without a signal, or with a rate that is none
 */
export function lazyRecording(
  source: ByteSource,
  { signals, ...decoded }: Omit<Decoded, 'signals'> & { readonly signals: readonly LazySignal[] },
): Recording {
  const where = source.name;
  if (!signals.some(({ sampleCount }) => sampleCount > 0)) {
    throw new EcgError('CORRUPT_FILE', `There is no signal in ${where}.`, { found: `${signals.length} leads`, where });
  }
  const wrong = signals.find(({ samplingRateHz: rate }) => !(rate > 0 && rate <= 1e6));
  if (wrong) {
    const detail = { expected: 'a rate up to 1 MHz', found: `${wrong.samplingRateHz} Hz`, where };
    throw new EcgError('CORRUPT_FILE', `The sampling rate in ${where} is none.`, detail);
  }
  const { names, warnings } = nameChannels(signals.map(({ spelling }) => spelling));
  const channels = signals.map(
    ({ spelling, unit, samplingRateHz, sampleCount }, index): Channel => ({
      name: names[index]?.name ?? spelling,
      lead: names[index]?.lead ?? null,
      unit: decodedUnit(unit).unit,
      samplingRateHz,
      sampleCount,
    }),
  );
  return {
    source: { name: where, format: decoded.format, parts: [source] },
    channels,
    durationS: Math.max(...channels.map(({ sampleCount, samplingRateHz }) => sampleCount / samplingRateHz)),
    startTime: decoded.startTime ?? null,
    device: decoded.device ?? null,
    patient: decoded.patient ?? UNKNOWN_PATIENT,
    deviceMeasurements: decoded.deviceMeasurements ?? null,
    deviceStatements: decoded.deviceStatements ?? [],
    warnings: [
      ...(decoded.warnings ?? []),
      ...warnings,
      ...scaleWarnings(channels),
      ...placementWarnings(decoded.deviceStatements ?? []),
    ],
    samples: async (channel, start, count) => {
      const signal = signals[channel];
      if (!signal) throw new EcgError('INTERNAL', `${where} has no signal ${channel + 1}.`);
      const from = Math.min(Math.max(0, Math.floor(start)), signal.sampleCount);
      const to = Math.min(Math.max(from, Math.floor(start + count)), signal.sampleCount);
      const { factor } = decodedUnit(signal.unit);
      return Float32Array.from(await signal.read(from, to - from), (value) => value * factor);
    },
  };
}

/**
 * Reads ranges of a source, all of each or none. Leads are asked for one after the other, so the last answer is kept.
 *
 * @returns a reader that throws EcgError TRUNCATED_FILE when the bytes are not there any more, or UNREADABLE_FILE
 */
export function rangeReader(source: ByteSource): (start: number, end: number) => Promise<DataView> {
  let last: { readonly start: number; readonly end: number; readonly view: Promise<DataView> } | null = null;

  async function load(start: number, end: number): Promise<DataView> {
    const bytes = await source.read(start, end);
    if (bytes.length < end - start) {
      const message = `${source.name} is shorter than it was when it was opened.`;
      throw new EcgError('TRUNCATED_FILE', message, { where: source.name });
    }
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  return (start, end) => {
    if (last?.start === start && last.end === end) return last.view;
    const view = load(start, end);
    last = { start, end, view };
    view.catch(() => {
      if (last?.view === view) last = null;
    });
    return view;
  };
}
