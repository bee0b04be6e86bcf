import { EcgError, type Warning } from '../../ecg';
import type { Table } from './table';

/** What a table says about time: its rate, and which columns are no signals. */
export interface Timing {
  /** Null where no column tells. */
  readonly rateHz: number | null;
  readonly startTime: string | null;
  /** Columns that count samples or time. */
  readonly columns: ReadonlySet<number>;
  readonly warnings: readonly Warning[];
}

type TimeUnit = 's' | 'ms' | 'us';
const PER_SECOND: Readonly<Record<TimeUnit, number>> = { s: 1, ms: 1e3, us: 1e6 };

const TIME =
  /^(lead|name|channel|time|t|elapsed ?time|timestamp|date ?time|clock|zeit|seconds?|secs?|s|milli(second)?s?|msecs?|ms|micro(second)?s?|us)$/i;
const INDEX = /^(index|idx|samples?|samples?[ _]?(#|no\.?|nr\.?|num|number|index|id)|n|#|no\.?|nr\.?|unnamed: ?0)$/i;
/** Rates at which ECGs are sampled: what a column of times without a unit must give to be believed. */
const PLAUSIBLE_HZ = [50, 4000] as const;

/**
 * Finds the columns that count time or samples, and the sampling rate from them.
 *
 * @throws EcgError CORRUPT_FILE when time does not go on evenly
 */
export function readTiming(table: Table, where: string): Timing {
  const headings = table.headings.map(plainHeading);
  const named = headings.findIndex((heading, index) => TIME.test(heading) && isRising(table.columns[index]));
  const clock = table.clocks.indexOf(true);
  const guessed =
    table.columns.length > 1 && (headings[0] === '' || INDEX.test(headings[0] ?? '')) && isRising(table.columns[0])
      ? 0
      : -1;
  const counted = headings.flatMap((heading, index) =>
    INDEX.test(heading) && countsSamples(table.columns[index]) ? [index] : [],
  );
  const column = named >= 0 ? named : clock >= 0 ? clock : guessed;
  const times = table.columns[column];
  if (!times) return { rateHz: null, startTime: null, columns: new Set(counted), warnings: [] };
  const columns = new Set([...counted, column]);
  const stated = statedUnit(table, column);
  if (stated === null && countsSamples(times)) return { rateHz: null, startTime: null, columns, warnings: [] };
  if (named < 0 && clock < 0 && !isEven(times))
    return { rateHz: null, startTime: null, columns: new Set(counted), warnings: [] };
  const { stepInUnit, uneven } = meanStep(times, where);
  const unit = stated ?? guessUnit(stepInUnit);
  if (!unit) return { rateHz: null, startTime: null, columns, warnings: [] };
  const rateHz = roundRate(times, stepInUnit, PER_SECOND[unit]);
  if (!(rateHz >= 1 && rateHz <= 1e6)) {
    const message = `The time column of ${where} gives ${+rateHz.toPrecision(3)} Hz, at which no ECG is sampled.`;
    throw new EcgError('CORRUPT_FILE', message, { expected: '1 Hz to 1 MHz', found: `${rateHz} Hz`, where });
  }
  const warnings: Warning[] = [];
  if (stated === null) {
    const message = `The time column has no unit; read as ${unit}, it gives ${+rateHz.toFixed(3)} Hz.`;
    warnings.push({ code: 'RATE_ASSUMED', message });
  } else if (uneven) {
    const message = `The times wander by more than half a sample; an even ${+rateHz.toFixed(3)} Hz was assumed.`;
    warnings.push({ code: 'RATE_ASSUMED', message });
  }
  return { rateHz, startTime: dateOf(times[0] ?? 0, table.clocks[column] ?? false), columns, warnings };
}

/** `Time (s)`, `time_s` and `t/s` without their unit. */
function plainHeading(heading: string): string {
  return heading
    .replace(/[[(/].*$/, '')
    .replace(/[_ ](s|sec|seconds|ms|msec|us)$/i, '')
    .replace(/[_ ]+/g, ' ')
    .trim();
}

function statedUnit({ headings, units, clocks }: Table, column: number): TimeUnit | null {
  if (clocks[column]) return 's';
  const unit = units[column] || /[[(/_ ]\s*(\w+)\s*[\])]?$/.exec(headings[column] ?? '')?.[1] || headings[column] || '';
  if (/^(s|secs?|seconds?)$/i.test(unit)) return 's';
  if (/^(ms|msecs?|milli(second)?s?)$/i.test(unit)) return 'ms';
  return /^(us|µs|micro(second)?s?)$/i.test(unit) ? 'us' : null;
}

/** Seconds if that gives a rate at which ECGs are sampled, else milliseconds; null when neither does. */
function guessUnit(step: number): TimeUnit | null {
  const [low, high] = PLAUSIBLE_HZ;
  const fits = (unit: TimeUnit) => PER_SECOND[unit] / step >= low && PER_SECOND[unit] / step <= high;
  return fits('s') ? 's' : fits('ms') ? 'ms' : null;
}

/** The mean step; times may be rounded, but none may be two samples away from an even grid. */
function meanStep(times: Float64Array, where: string): { readonly stepInUnit: number; readonly uneven: boolean } {
  const first = times[0] ?? 0;
  const step = ((times.at(-1) ?? 0) - first) / (times.length - 1);
  const resolution = 10 ** -decimals(times);
  let farthest = 0;
  let at = 0;
  for (let i = 0; i < times.length; i++) {
    const off = Math.abs((times[i] ?? Number.NaN) - first - i * step);
    if (!(off <= farthest)) [farthest, at] = [Number.isNaN(off) ? Number.POSITIVE_INFINITY : off, i];
  }
  if (!(step > 0) || farthest > 2 * step + resolution) {
    const message = `Time does not go on evenly in ${where} (near row ${at + 1}): samples are missing or it is no time column.`;
    const detail = { expected: `a step of ${step}`, found: `${times[at - 1]} then ${times[at]}`, where };
    throw new EcgError('CORRUPT_FILE', message, detail);
  }
  return { stepInUnit: step, uneven: farthest > step / 2 + resolution };
}

/** The rate, rounded to a whole number where the times are too coarse to tell it from that. */
function roundRate(times: Float64Array, step: number, perSecond: number): number {
  const rate = perSecond / step;
  const doubt = (rate * 10 ** -decimals(times)) / (step * (times.length - 1)) + 1e-9 * rate;
  return Math.abs(rate - Math.round(rate)) <= doubt ? Math.round(rate) : rate;
}

/** Decimals that the times are written with, at most nine. */
function decimals(times: Float64Array): number {
  const some = times.subarray(0, 1000);
  for (let places = 0; places < 9; places++) {
    const scale = 10 ** places;
    if (some.every((time) => Math.abs(time * scale - Math.round(time * scale)) < 1e-6 * Math.max(1, scale)))
      return places;
  }
  return 9;
}

function isRising(values: Float64Array | undefined): boolean {
  return (
    values !== undefined &&
    values.length > 2 &&
    values.every((value, i) => i === 0 || value > (values[i - 1] ?? Number.NaN))
  );
}

function isEven(values: Float64Array): boolean {
  const step = ((values.at(-1) ?? 0) - (values[0] ?? 0)) / (values.length - 1);
  return values.every((value, i) => Math.abs(value - (values[0] ?? 0) - i * step) <= step);
}

function countsSamples(values: Float64Array | undefined): boolean {
  return isRising(values) && (values?.every((value, i) => i === 0 || value === (values[i - 1] ?? 0) + 1) ?? false);
}

/** A clock with a date is a starting time; a time of day alone is none. */
function dateOf(seconds: number, clock: boolean): string | null {
  return clock && seconds > 366 * 86400 ? new Date(seconds * 1000).toISOString().slice(0, 19) : null;
}
