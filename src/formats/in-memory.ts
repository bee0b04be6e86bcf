import {
  type ByteSource,
  type Channel,
  type DeviceMeasurements,
  EcgError,
  type Filters,
  type Format,
  type Patient,
  type Recording,
  UNKNOWN_PATIENT,
  type Warning,
} from '../ecg';
import { decodedUnit, nameChannels, scaleWarnings } from './channels';
import { deviceBeatOf } from './device-beat';
import { placementWarnings } from './placement';

/** One signal as a reader decoded it. */
export interface DecodedSignal {
  /** The lead as the file spells it, empty where it names none. */
  readonly spelling: string;
  /** The unit of `values`. Voltages are brought to mV, other units keep their name and scale. */
  readonly unit: string;
  readonly samplingRateHz: number;
  /** Samples in `unit`, NaN where missing. */
  readonly values: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
}

/** What a file that is read as a whole gives. */
export interface Decoded {
  readonly format: Format;
  readonly signals: readonly DecodedSignal[];
  /** ISO date and time without zone. */
  readonly startTime?: string | null;
  readonly device?: string | null;
  readonly patient?: Patient;
  readonly filters?: Filters | null;
  readonly deviceMeasurements?: DeviceMeasurements | null;
  readonly deviceStatements?: readonly string[];
  /** The beat that the device made of its own. */
  readonly beat?: readonly DecodedSignal[];
  readonly warnings?: readonly Warning[];
}

/**
 * A recording of signals that are held in memory: for formats of seconds to minutes, whose files are decoded in one go.
 * Names the channels, brings voltages to mV and tells of missing samples and units without a scale.
 *
 * @param source the file that names the recording
 * @param parts all its files
 * @throws EcgError CORRUPT_FILE without a signal, or with a rate that is none
 */
export function inMemoryRecording(
  source: ByteSource,
  decoded: Decoded,
  parts: readonly ByteSource[] = [source],
): Recording {
  const where = source.name;
  const { signals } = decoded;
  if (!signals.some(({ values }) => values.length > 0)) {
    throw new EcgError('CORRUPT_FILE', `There is no signal in ${where}.`, { found: `${signals.length} leads`, where });
  }
  const wrong = signals.find(({ samplingRateHz: rate }) => !(rate > 0 && rate <= 1e6));
  if (wrong) {
    const detail = { expected: 'a rate up to 1 MHz', found: `${wrong.samplingRateHz} Hz`, where };
    throw new EcgError('CORRUPT_FILE', `The sampling rate in ${where} is none.`, detail);
  }
  const { names, warnings: nameWarnings } = nameChannels(signals.map(({ spelling }) => spelling));
  const samples = signals.map(({ values, unit }) => scaled(values, decodedUnit(unit).factor));
  const channels = signals.map(
    ({ unit, samplingRateHz, values, spelling }, index): Channel => ({
      name: names[index]?.name ?? spelling,
      lead: names[index]?.lead ?? null,
      unit: decodedUnit(unit).unit,
      samplingRateHz,
      sampleCount: values.length,
    }),
  );
  return {
    source: { name: where, format: decoded.format, parts },
    channels,
    durationS: Math.max(...channels.map(({ sampleCount, samplingRateHz }) => sampleCount / samplingRateHz)),
    startTime: decoded.startTime ?? null,
    device: decoded.device ?? null,
    patient: decoded.patient ?? UNKNOWN_PATIENT,
    filters: decoded.filters ?? null,
    deviceMeasurements: decoded.deviceMeasurements ?? null,
    deviceStatements: decoded.deviceStatements ?? [],
    ...deviceBeatOf(decoded.beat ?? []),
    warnings: [
      ...(decoded.warnings ?? []),
      ...nameWarnings,
      ...scaleWarnings(channels),
      ...placementWarnings(decoded.deviceStatements ?? []),
    ],
    samples: async (channel, start, count) => {
      const all = samples[channel];
      if (!all) throw new EcgError('INTERNAL', `${where} has no signal ${channel + 1}.`);
      const from = Math.max(0, Math.floor(start));
      return all.slice(from, Math.max(from, Math.floor(start + count)));
    },
  };
}

/** In double precision until the last step, so that 1 LSB stays 1 LSB. */
function scaled(values: DecodedSignal['values'], factor: number): Float32Array<ArrayBuffer> {
  if (factor === 1 && values instanceof Float32Array) return values;
  return Float32Array.from(values, (value) => value * factor);
}
