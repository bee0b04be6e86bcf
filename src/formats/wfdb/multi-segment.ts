import { type ByteSource, type Channel, EcgError, type Recording, type Warning } from '../../ecg';
import { decodedUnit, list, nameChannels, scaleWarnings } from '../channels';
import { answeredRate, checkAbort, type ReadOptions } from '../reader';
import { annotationsIn } from './annotators';
import { readRemarks } from './comments';
import type { HeaderSignal } from './header';
import { gainWarnings, noRate, samplesOf } from './record';
import type { SegmentedRecord } from './segments';
import { openSignals, type Signal } from './signals';

/** A segment in its place: the frames that it covers, and the signal of each channel, null where it has none. */
interface Piece {
  readonly start: number;
  readonly frames: number;
  /** Frames that its files hold. */
  readonly recorded: number;
  readonly signals: readonly (Signal | null)[];
}

/**
 * Opens a record of several segments, one after the other, after header(5) (G. B. Moody, WFDB Applications Guide).
 *
 * With a fixed layout every segment has the first one's signals in the same order; with a variable one the layout header lists the
 * signals and a segment's are found by their names. Where a segment has no such signal, or is null (`~`), samples are missing.
 *
 * @throws EcgError NEEDS_INPUT (no sampling rate), CORRUPT_FILE, and what opening a segment throws
 */
export async function openSegments(
  { master, segments, layout }: SegmentedRecord,
  annotated: readonly ByteSource[],
  options: ReadOptions,
): Promise<Recording> {
  const { source, header } = master;
  const frameRateHz = header.frameRateHz ?? answeredRate(options);
  if (frameRateHz === undefined) throw noRate(source.name);
  const first = segments.find(({ file }) => file)?.file;
  if (!first) throw new EcgError('EMPTY_FILE', `${source.name} joins no segment that holds samples.`);
  const described = (layout ?? first).header.signals;
  const opened = new Map<HeaderSignal, Signal>();
  const pieces: Piece[] = [];
  const warnings = new Map<string, Warning>();
  let start = 0;
  for (const { file, signals, frames } of segments) {
    checkAbort(options);
    const {
      readable,
      frames: recorded,
      warnings: found,
    } = file ? await openSignals(file, signals) : { readable: [], frames: 0, warnings: [] };
    for (const warning of found) warnings.set(warning.message, warning);
    for (const signal of readable) opened.set(signal.header, signal);
    const places = described.map((wanted, index) =>
      layout ? file?.header.signals.find(({ name }) => name === wanted.name) : file?.header.signals[index],
    );
    pieces.push({ start, frames, recorded, signals: places.map((place) => (place && opened.get(place)) ?? null) });
    start += frames;
  }
  const total = start;
  const present = described.flatMap((_, index) => pieces.find(({ signals }) => signals[index])?.signals[index] ?? []);
  const indices = described.flatMap((_, index) => (pieces.some(({ signals }) => signals[index]) ? [index] : []));
  const { names, warnings: nameWarnings } = nameChannels(present.map((signal) => signal.header.name));
  const channels = present.map(
    ({ header: { unit, samplesPerFrame } }, index): Channel => ({
      name: names[index]?.name ?? '',
      lead: names[index]?.lead ?? null,
      unit: decodedUnit(unit).unit,
      samplingRateHz: frameRateHz * samplesPerFrame,
      sampleCount: total * samplesPerFrame,
    }),
  );
  const all = [master, ...(layout ? [layout] : []), ...segments.flatMap(({ file }) => file ?? [])];
  const remarks = readRemarks([...new Set(all.flatMap((file) => file.header.comments))]);
  return {
    source: { name: source.name, format: 'wfdb', parts: partsOf({ master, segments, layout }) },
    channels,
    durationS: total / frameRateHz,
    startTime: header.startTime ?? (segments[0]?.file === first ? first.header.startTime : null),
    device: null,
    patient: remarks.patient,
    deviceMeasurements: null,
    deviceStatements: remarks.statements,
    warnings: [
      ...warnings.values(),
      ...lengthWarnings(header.frames, total),
      ...missingWarnings(pieces, indices, channels),
      ...gainWarnings(present, channels),
      ...nameWarnings,
      ...scaleWarnings(channels),
      ...remarks.warnings,
    ],
    ...(annotated.length > 0 && { annotations: () => annotationsIn(annotated, frameRateHz) }),
    samples: async (channel, from, count) => {
      const index = indices[channel];
      const model = present[channel];
      if (index === undefined || !model) throw new EcgError('INTERNAL', `${source.name} has no signal ${channel + 1}.`);
      return stretch(pieces, index, model, total, from, count);
    },
  };
}

/** All files of the record, each once: the master header, the layout, then each segment's header and signal files. */
export function partsOf({ master, segments, layout }: SegmentedRecord): readonly ByteSource[] {
  const segmentParts = segments.flatMap(({ file, signals }) => (file ? [file.source, ...signals] : []));
  return [...new Set([master.source, ...(layout ? [layout.source] : []), ...segmentParts])];
}

/** Samples of one channel over all pieces, NaN where none has them. */
async function stretch(
  pieces: readonly Piece[],
  index: number,
  { header }: Signal,
  total: number,
  start: number,
  count: number,
): Promise<Float32Array<ArrayBuffer>> {
  const perFrame = header.samplesPerFrame;
  const from = Math.min(Math.max(0, Math.floor(start)), total * perFrame);
  const to = Math.min(Math.max(from, Math.floor(start + count)), total * perFrame);
  const samples = new Float32Array(to - from).fill(Number.NaN);
  for (const piece of pieces) {
    const signal = piece.signals[index];
    const begin = piece.start * perFrame;
    const first = Math.max(from, begin);
    const end = Math.min(to, begin + Math.min(piece.frames, piece.recorded) * perFrame);
    if (first < end && signal && fits(signal.header, header))
      samples.set(await samplesOf(signal, piece.recorded, first - begin, end - first), first - from);
  }
  return samples;
}

/** A segment's signal continues a channel when both have one rate and one unit. */
function fits(signal: HeaderSignal, model: HeaderSignal): boolean {
  return (
    signal.samplesPerFrame === model.samplesPerFrame && decodedUnit(signal.unit).unit === decodedUnit(model.unit).unit
  );
}

function lengthWarnings(claimed: number | null, total: number): readonly Warning[] {
  if (claimed === total) return [];
  const message = 'The length is that of the segments together; the header gives none, or another.';
  return [{ code: 'LENGTH_FROM_DATA', message }];
}

function missingWarnings(
  pieces: readonly Piece[],
  indices: readonly number[],
  channels: readonly Channel[],
): readonly Warning[] {
  const gaps = indices.flatMap((index, channel) => {
    const model = pieces.find(({ signals }) => signals[index])?.signals[index]?.header;
    const whole = pieces.every(({ frames, recorded, signals }) => {
      const signal = signals[index];
      return frames === 0 || (signal && model && fits(signal.header, model) && recorded >= frames);
    });
    return whole ? [] : [channels[channel]?.name ?? ''];
  });
  if (gaps.length === 0) return [];
  return [{ code: 'SAMPLES_MISSING', message: `${list(gaps)}: not recorded, or not alike, in some of the segments.` }];
}
