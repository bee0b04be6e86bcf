import { EcgError, type Warning } from '../../ecg';
import { millivoltsPer } from '../channels';
import type { DecodedSignal } from '../in-memory';
import { answeredRate, type ReadOptions } from '../reader';
import { all, attribute, digits, find, numberOf, textAt, type XmlElement } from '../xml';
import { mdcLead } from './mdc';
import { type Moment, momentOf, type Timing, timingOf } from './time';

/** One stretch of one lead. */
interface Piece extends DecodedSignal {
  readonly startS: number;
}

/** What a series holds: its leads, each in one piece, and when it began. */
export interface DecodedSeries {
  readonly signals: readonly DecodedSignal[];
  readonly start: Moment | null;
  readonly warnings: readonly Warning[];
}

/** A gap between pieces is filled with missing samples, up to this many times what the pieces hold. */
const LONGEST_GAP = 4;

/** The length in samples of a series' longest lead, before anything is decoded. */
export function weightOf(series: XmlElement): number {
  return sets(series).reduce((sum, set) => sum + textAt(sequences(set)[1], 'value', 'digits').length, 0);
}

/**
 * Decodes a series. Its sequence sets are stretches of time (a 3 × 4 report stores four, of three leads each), which are laid on one time axis.
 *
 * @throws EcgError NEEDS_INPUT when no rate can be told
 */
export function decodeSeries(series: XmlElement, options: ReadOptions, where: string): DecodedSeries {
  const warnings: Warning[] = [];
  const pieces: Piece[] = [];
  let start: Moment | null = null;
  for (const set of sets(series)) {
    const leads = sequences(set).filter((one) => !isTime(one));
    const longest = Math.max(0, ...leads.map((lead) => digits(textAt(lead, 'value', 'digits')).length));
    if (longest === 0) continue;
    const timing = timingOf(sequences(set).find(isTime)) ?? assumedTiming(series, longest, options, where);
    warnings.push(...timing.warnings.filter(({ message }) => !warnings.some((known) => known.message === message)));
    start = earlier(start, timing.absolute);
    pieces.push(...leads.map((lead) => pieceOf(lead, timing)).filter(({ values }) => values.length > 0));
  }
  const joined = join(pieces);
  return {
    signals: joined.signals,
    start:
      start ??
      momentOf(attribute(find(series, 'effectiveTime', 'low') ?? find(series, 'effectiveTime', 'center'), 'value')),
    warnings: [...warnings, ...joined.warnings],
  };
}

function sets(series: XmlElement): readonly XmlElement[] {
  return all(series, 'component').flatMap((component) => all(component, 'sequenceSet'));
}

function sequences(set: XmlElement): readonly XmlElement[] {
  return all(set, 'component').flatMap((component) => all(component, 'sequence'));
}

function isTime(sequence: XmlElement): boolean {
  return /^TIME_/i.test(attribute(find(sequence, 'code'), 'code'));
}

/** Without a time sequence: the series' period over its samples, else the reader's answer. */
function assumedTiming(series: XmlElement, samples: number, options: ReadOptions, where: string): Timing {
  const [from, to] = ['low', 'high'].map((end) => momentOf(attribute(find(series, 'effectiveTime', end), 'value')));
  const seconds = from && to ? to.seconds - from.seconds : 0;
  const startS = from?.seconds ?? 0;
  const answered = answeredRate(options);
  if (answered !== undefined) return { samplingRateHz: answered, startS, absolute: from ?? null, warnings: [] };
  if (seconds > 0) {
    const samplingRateHz = samples / seconds;
    const message = `The file gives no time axis; ${samples} samples in ${seconds} s were read as ${Number(samplingRateHz.toPrecision(5))} Hz.`;
    return { samplingRateHz, startS, absolute: from ?? null, warnings: [{ code: 'RATE_ASSUMED', message }] };
  }
  throw new EcgError('NEEDS_INPUT', `${where} does not say its sampling rate: please enter it.`, {
    expected: 'sampling rate in Hz',
    where,
  });
}

/** A list of digits times `scale`, plus `origin`; both carry a unit. A scale without a unit, or none, leaves counts. */
function pieceOf(sequence: XmlElement, { samplingRateHz, startS }: Timing): Piece {
  const code = find(sequence, 'code');
  const spelling = mdcLead(attribute(code, 'code')) || attribute(code, 'displayName');
  const value = find(sequence, 'value');
  const [scale, origin] = ['scale', 'origin'].map((name) => find(value, name));
  const factor = numberOf(attribute(scale, 'value'));
  const unit = attribute(scale, 'unit') || attribute(origin, 'unit');
  const originUnit = attribute(origin, 'unit') || unit;
  const shift =
    ((numberOf(attribute(origin, 'value')) ?? 0) * (millivoltsPer(originUnit) ?? 1)) / (millivoltsPer(unit) ?? 1);
  const values = digits(textAt(value, 'digits')).map((digit) => digit * (factor ?? 1) + shift);
  return { spelling, unit: factor === null ? 'counts' : unit || 'counts', samplingRateHz, values, startS };
}

function earlier(a: Moment | null, b: Moment | null): Moment | null {
  if (!a || !b) return a ?? b;
  return a.seconds <= b.seconds ? a : b;
}

/** Pieces of the same lead one after the other on one time axis; what no piece covers is missing. */
function join(pieces: readonly Piece[]): {
  readonly signals: readonly DecodedSignal[];
  readonly warnings: readonly Warning[];
} {
  const names = [...new Set(pieces.map(({ spelling }) => spelling))];
  const zero = Math.min(...pieces.map(({ startS }) => startS));
  const held = pieces.reduce((sum, { values }) => sum + values.length, 0);
  const ends = pieces.map(
    ({ startS, values, samplingRateHz }) => Math.round((startS - zero) * samplingRateHz) + values.length,
  );
  const gaps = Math.max(0, ...ends) * names.length > LONGEST_GAP * held;
  const signals = names.map((name): DecodedSignal => {
    const own = pieces.filter(({ spelling }) => spelling === name);
    const [first] = own;
    if (!first) throw new RangeError(`no piece of ${name}`);
    if (gaps || (pieces.length === names.length && first.startS === zero)) return first;
    const rate = first.samplingRateHz;
    const same = own.filter(({ samplingRateHz, unit }) => samplingRateHz === rate && unit === first.unit);
    const place = ({ startS }: Piece) => Math.round((startS - zero) * rate);
    const values = new Float64Array(Math.max(...same.map((piece) => place(piece) + piece.values.length))).fill(
      Number.NaN,
    );
    for (const piece of same) values.set(piece.values, place(piece));
    return { ...first, values };
  });
  if (!gaps || pieces.length === names.length) return { signals, warnings: [] };
  const message = 'The file holds stretches that are far apart in time: the first one is shown.';
  return { signals, warnings: [{ code: 'PART_SHOWN', message }] };
}
