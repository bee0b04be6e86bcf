import { type ByteSource, type Channel, EcgError, type Recording, type Warning } from '../../ecg';
import { decodedUnit, list, nameChannels, scaleWarnings } from '../channels';
import { answeredRate, type ReadOptions } from '../reader';
import { annotationsIn } from './annotators';
import { checksumWarnings } from './checksum';
import { readRemarks } from './comments';
import type { HeaderFile } from './pairing';
import { openSignals, type Signal } from './signals';

/** Steps per mV of an amplifier that nobody calibrated (header(5)). */
const DEFAULT_GAIN = 200;

/**
 * Opens a WFDB record after the public header(5) and signal(5) specifications (G. B. Moody, WFDB Applications Guide).
 *
 * Every channel keeps its own rate: the frame rate times its samples per frame. Skew is taken out: a signal that lags by `n` frames
 * is read `n` frames later, and its last `n` frames are missing. Voltages come in mV, other units as they are.
 *
 * @param signals the record's signal files in the order in which the header first names them
 * @param annotated its annotation files
 * @throws EcgError UNSUPPORTED_FORMAT, NEEDS_INPUT (no sampling rate), EMPTY_FILE, TRUNCATED_FILE, CORRUPT_FILE
 */
export async function openRecord(
  file: HeaderFile,
  signals: readonly ByteSource[],
  annotated: readonly ByteSource[],
  options: ReadOptions,
): Promise<Recording> {
  const { source, header } = file;
  const frameRateHz = header.frameRateHz ?? answeredRate(options);
  if (frameRateHz === undefined) throw noRate(source.name);
  const { readable, frames, warnings: readWarnings } = await openSignals(file, signals);
  const { names, warnings: nameWarnings } = nameChannels(readable.map(({ header: { name } }) => name));
  const channels = readable.map(
    ({ header: { unit, samplesPerFrame } }, index): Channel => ({
      name: names[index]?.name ?? '',
      lead: names[index]?.lead ?? null,
      unit: decodedUnit(unit).unit,
      samplingRateHz: frameRateHz * samplesPerFrame,
      sampleCount: frames * samplesPerFrame,
    }),
  );
  const remarks = readRemarks(header.comments);
  return {
    source: { name: source.name, format: 'wfdb', parts: [source, ...signals] },
    channels,
    durationS: frames / frameRateHz,
    startTime: header.startTime,
    device: null,
    patient: remarks.patient,
    deviceMeasurements: null,
    deviceStatements: remarks.statements,
    warnings: [
      ...readWarnings,
      ...gainWarnings(readable, channels),
      ...skewWarnings(readable, channels, frameRateHz),
      ...nameWarnings,
      ...scaleWarnings(channels),
      ...(await checksumWarnings(readable, channels, frames)),
      ...remarks.warnings,
    ],
    ...(annotated.length > 0 && { annotations: () => annotationsIn(annotated, frameRateHz) }),
    samples: async (channel, start, count) => {
      const signal = readable[channel];
      if (!signal) throw new EcgError('INTERNAL', `${source.name} has no signal ${channel + 1}.`);
      return samplesOf(signal, frames, start, count);
    },
  };
}

/** What is asked when no header gives a rate. */
export function noRate(where: string): EcgError {
  const message = `${where} does not say its sampling rate: please enter it.`;
  return new EcgError('NEEDS_INPUT', message, { expected: 'sampling rate in Hz', where });
}

/** Samples in the channel's unit, cut at its ends. */
export async function samplesOf(
  signal: Signal,
  frames: number,
  start: number,
  count: number,
): Promise<Float32Array<ArrayBuffer>> {
  const { header, file, slot, missing } = signal;
  const length = frames * slot.count;
  const from = Math.min(Math.max(0, Math.floor(start)), length);
  const to = Math.min(Math.max(from, Math.floor(start + count)), length);
  const lag = header.skew * slot.count;
  const present = Math.max(0, Math.min(to, length - lag) - from);
  const raw = present > 0 ? await file.read(slot, from + lag, present) : new Int32Array(0);
  const scale = decodedUnit(header.unit).factor / (header.gain ?? DEFAULT_GAIN);
  const samples = new Float32Array(to - from).fill(Number.NaN);
  for (let i = 0; i < raw.length; i++) {
    const value = raw[i] ?? 0;
    if (value !== missing) samples[i] = (value - header.baseline) * scale;
  }
  return samples;
}

export function gainWarnings(signals: readonly Signal[], channels: readonly Channel[]): readonly Warning[] {
  const without = channels.filter((_, index) => signals[index]?.header.gain === null).map(({ name }) => name);
  if (without.length === 0) return [];
  const message = `${list(without)}: the file gives no gain, so ${DEFAULT_GAIN} steps per unit were assumed; the amplitude is not certain.`;
  return [{ code: 'GAIN_ASSUMED', message }];
}

function skewWarnings(
  signals: readonly Signal[],
  channels: readonly Channel[],
  frameRateHz: number,
): readonly Warning[] {
  const skewed = signals.flatMap(({ header: { skew } }, index) =>
    skew > 0 ? [`${channels[index]?.name} by ${((1000 * skew) / frameRateHz).toFixed(1)} ms`] : [],
  );
  if (skewed.length === 0) return [];
  return [{ code: 'SIGNALS_SKEWED', message: `Brought forward in time, as the header says: ${list(skewed)}.` }];
}
