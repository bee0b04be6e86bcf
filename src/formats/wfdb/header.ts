import { EcgError } from '../../ecg';

/** One signal line of a header, defaults filled in as header(5) says. */
export interface HeaderSignal {
  readonly fileName: string;
  readonly format: number;
  readonly samplesPerFrame: number;
  /** Frames by which this signal lags behind the others in the file. */
  readonly skew: number;
  /** Bytes before the first sample. */
  readonly byteOffset: number;
  /** Converter steps per unit, null where the header gives none. */
  readonly gain: number | null;
  /** The converter's output for zero in the unit. */
  readonly baseline: number;
  readonly unit: string;
  /** Where difference formats start from. */
  readonly initialValue: number;
  /** 16-bit sum of all samples, null where the header gives none. */
  readonly checksum: number | null;
  readonly name: string;
}

/** One segment line of a multi-segment header: another record, or `~` for a time in which nothing was recorded. */
export interface SegmentLine {
  readonly name: string;
  readonly frames: number;
}

export interface Header {
  readonly record: string;
  /** The segments of a record that is joined from others, null for an ordinary record. */
  readonly segments: readonly SegmentLine[] | null;
  /** Frames per second, null where the header gives none. */
  readonly frameRateHz: number | null;
  /** Frames in the record, null where the header gives none. */
  readonly frames: number | null;
  /** ISO date and time, null unless the header has both. */
  readonly startTime: string | null;
  readonly signals: readonly HeaderSignal[];
  /** Lines after `#`, trimmed, without empty ones. */
  readonly comments: readonly string[];
}

/** No recorder has more; a header that claims more is broken. */
const MAX_SIGNALS = 1000;
/** A slower signal is a trend, not an ECG. */
const MIN_RATE_HZ = 1;
const MAX_RATE_HZ = 1e6;
const MAX_SAMPLES_PER_FRAME = 1e5;

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const RECORD_LINE = new RegExp(
  String.raw`^([^\s/]+)(?:/(\d+))?\s+(\d+)(?:\s+(${NUMBER})(?:/(?:${NUMBER})(?:\(${NUMBER}\))?)?(?:\s+(\d+)(?:\s+(.*))?)?)?\s*$`,
);
const SIGNAL_LINE = /^(\S+)\s+(\d+)(?:x(\d+))?(?::(\d+))?(?:\+(\d+))?(?:\s+(.*))?$/;
const GAIN = new RegExp(String.raw`^(${NUMBER})(?:\((-?\d+(?:\.\d*)?)\))?(?:/(\S+))?$`);

/** True when the text is a WFDB header by its content: a record line, then signal or segment lines (or a comment, or the end). */
export function isHeader(text: string): boolean {
  const [first = '', ...rest] = contentLines(text.slice(0, 65536));
  const record = RECORD_LINE.exec(first);
  if (!record) return false;
  const lines = rest.slice(0, Math.min(Number(record[3]), 3));
  if (record[2] !== undefined) return rest.length > 0 && /^\S+\s+\d+/.test(rest[0] ?? '');
  return lines.length > 0 && lines.every((line) => /^\S*[a-z]/i.test(line) && SIGNAL_LINE.test(line));
}

/**
 * Reads a header after the public header(5) specification (G. B. Moody, WFDB Applications Guide).
 *
 * @throws EcgError CORRUPT_FILE, TRUNCATED_FILE (fewer signal lines than promised) or TOO_LARGE
 */
export function parseHeader(text: string, where: string): Header {
  const [first = '', ...rest] = contentLines(text);
  const fields = RECORD_LINE.exec(first);
  if (!fields) throw corrupt(where, 'a record line: name, number of signals, sampling rate, length', first);
  const [, record = '', segments, count = '0', rate, frames, clock = ''] = fields;
  const frameRateHz = rate === undefined ? null : Number(rate);
  if (frameRateHz !== null && !(frameRateHz >= MIN_RATE_HZ))
    throw corrupt(where, 'a sampling rate of 1 Hz or more', first);
  if (
    Number(count) > MAX_SIGNALS ||
    (frameRateHz ?? 0) > MAX_RATE_HZ ||
    Number(frames ?? 0) > Number.MAX_SAFE_INTEGER
  ) {
    const message = `${where} claims more signals, a higher rate or a longer record than any recorder makes.`;
    throw new EcgError('TOO_LARGE', message, {
      expected: `at most ${MAX_SIGNALS} signals, 1 MHz`,
      found: first,
      where,
    });
  }
  const lines = segments === undefined ? rest.slice(0, Number(count)) : [];
  if (segments === undefined && lines.length < Number(count)) {
    const detail = { expected: `${count} signal lines`, found: `${lines.length}`, where };
    throw new EcgError('TRUNCATED_FILE', `${where} is cut off: signals that it announces are not described.`, detail);
  }
  const segmentLines =
    segments === undefined ? null : rest.slice(0, Number(segments)).map((line) => parseSegment(line, where));
  if (segmentLines && segmentLines.length < Number(segments)) {
    const detail = { expected: `${segments} segment lines`, found: `${segmentLines.length}`, where };
    throw new EcgError('TRUNCATED_FILE', `${where} is cut off: segments that it announces are not named.`, detail);
  }
  const signals = lines.map((line) => parseSignal(line, where));
  if (signals.some(({ samplesPerFrame }) => samplesPerFrame * (frameRateHz ?? 1) > MAX_RATE_HZ)) {
    throw new EcgError('TOO_LARGE', `${where} claims a higher rate than any recorder has.`, { found: first, where });
  }
  return {
    record,
    segments: segmentLines,
    frameRateHz,
    frames: Number(frames ?? 0) > 0 ? Number(frames) : null,
    startTime: startTime(clock),
    signals,
    comments: commentLines(text),
  };
}

function parseSegment(line: string, where: string): SegmentLine {
  const [, name = '', frames = ''] = /^(\S+)\s+(\d{1,15})\s*$/.exec(line) ?? [];
  if (!name) throw corrupt(where, 'a segment line: record, number of samples', line);
  return { name, frames: Number(frames) };
}

function parseSignal(line: string, where: string): HeaderSignal {
  const fields = SIGNAL_LINE.exec(line);
  if (!fields) throw corrupt(where, 'a signal line: file, format, gain …', line);
  const [, fileName = '', format = '', perFrame, skew = '0', offset = '0', rest = ''] = fields;
  const [gainField = '', , zero, initial, sum] = rest.split(/\s+/);
  const gain = gainField === '' ? ['', '0'] : GAIN.exec(gainField);
  const numbers = [zero, initial, sum].map((field) => (field === undefined ? null : Number(field)));
  const samplesPerFrame = Math.max(1, Number(perFrame ?? 1));
  if (!gain || numbers.some(Number.isNaN)) throw corrupt(where, 'gain, resolution, zero, first value, checksum', line);
  if (samplesPerFrame > MAX_SAMPLES_PER_FRAME || Number(skew) > 1e9) {
    const detail = { expected: `at most ${MAX_SAMPLES_PER_FRAME} samples a frame`, found: line, where };
    throw new EcgError('TOO_LARGE', `${where} claims more samples than any recorder makes.`, detail);
  }
  const [adcZero, initialValue, checksum] = numbers;
  return {
    fileName,
    format: Number(format),
    samplesPerFrame,
    skew: Number(skew),
    byteOffset: Number(offset),
    gain: Number(gain[1]) === 0 ? null : Number(gain[1]),
    baseline: Number(gain[2] ?? adcZero ?? 0),
    unit: gain[3] ?? 'mV',
    initialValue: initialValue ?? adcZero ?? 0,
    checksum: checksum ?? null,
    name: /^\S+(?:\s+\S+){5}\s+(.*)$/.exec(rest)?.[1]?.trim() ?? '',
  };
}

/** `10:20:30.5 31/01/2020` as ISO date and time; null unless both are there and real. */
function startTime(clock: string): string | null {
  const fields = /^\s*(\d{1,2}):(\d{2}):(\d{2})(?:\.\d*)?\s+(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(clock);
  if (!fields) return null;
  const [, hour = '', minute, second, day = '', month = '', year] = fields;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}:${second}`;
  const date = new Date(`${iso}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

function contentLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => (/^\s*(#|$)/.test(line) ? [] : [line.trim()]));
}

function commentLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => /^\s*#[\s#]*(.*\S)/.exec(line)?.[1] ?? []);
}

function corrupt(where: string, expected: string, found: string): EcgError {
  return new EcgError('CORRUPT_FILE', `${where} is not a readable WFDB header.`, {
    expected,
    found: found.slice(0, 200),
    where,
  });
}
