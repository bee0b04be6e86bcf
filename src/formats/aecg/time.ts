import type { Warning } from '../../ecg';
import { isoDate, isoTime } from '../dates';
import { attribute, digits, find, numberOf, textAt, type XmlElement } from '../xml';

/** A moment of HL7 (`20021122091000.000+0100`) in parts. */
export interface Moment {
  /** ISO date and time without zone. */
  readonly iso: string;
  /** Seconds since 1970, zone left out, for differences within one file. */
  readonly seconds: number;
}

/** Reads an HL7 timestamp (TS): year to day are needed, what is finer may be missing. */
export function momentOf(value: string): Moment | null {
  const fields = /^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?([.,]\d+)?/.exec(value.trim());
  if (!fields) return null;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = fields
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const date = isoDate(year, month, day);
  const time = isoTime(hours, minutes, seconds);
  if (!date || !time) return null;
  const fraction = Number((fields[7] ?? '').replace(',', '.') || 0);
  return { iso: `${date}T${time}`, seconds: Date.parse(`${date}T${time}Z`) / 1000 + fraction };
}

/** Seconds in a unit of UCUM. */
const SECONDS = new Map([
  ['s', 1],
  ['ms', 1e-3],
  ['us', 1e-6],
  ['min', 60],
]);

/** How the samples of a sequence set follow each other. */
export interface Timing {
  readonly samplingRateHz: number;
  /** Seconds of the first sample, on the clock (absolute) or from the series' start (relative). */
  readonly startS: number;
  readonly absolute: Moment | null;
  readonly warnings: readonly Warning[];
}

/**
 * The time sequence of a sequence set: a generated list (`GLIST_TS`, `GLIST_PQ`: head and increment) or written-out digits (`SLIST_TS`, `SLIST_PQ`).
 * Null when there is none or its step is no time.
 */
export function timingOf(sequence: XmlElement | undefined): Timing | null {
  const value = find(sequence, 'value');
  const step = stepOf(value);
  if (!value || !step) return null;
  const head = attribute(find(value, 'head') ?? find(value, 'origin'), 'value');
  const absolute = /ABSOLUTE/i.test(attribute(find(sequence, 'code'), 'code')) ? momentOf(head) : null;
  const relative =
    (numberOf(head) ?? 0) * (SECONDS.get(attribute(find(value, 'head') ?? find(value, 'origin'), 'unit') || 's') ?? 1);
  return { samplingRateHz: step.hz, startS: absolute?.seconds ?? relative, absolute, warnings: step.warnings };
}

function stepOf(value: XmlElement | undefined): { readonly hz: number; readonly warnings: readonly Warning[] } | null {
  const increment = find(value, 'increment');
  const written = digits(textAt(value, 'digits'));
  const scale = increment ?? find(value, 'scale');
  const text = attribute(scale, 'value');
  const unit = attribute(scale, 'unit');
  const steps = increment ? 1 : (written[1] ?? Number.NaN) - (written[0] ?? Number.NaN);
  const seconds = (numberOf(text) ?? Number.NaN) * steps * (SECONDS.get(unit || 's') ?? Number.NaN);
  if (!(seconds > 0)) return null;
  const message = `The file gives no unit of time; ${text} was read as seconds.`;
  const hz = roundedRate(1 / seconds, text);
  return { hz, warnings: unit === '' ? [{ code: 'RATE_ASSUMED', message }] : [] };
}

/** 1 / 0.00333 s is 300.3 Hz: where the digits that are written cannot tell a rate from a whole number, it is that number. */
function roundedRate(hz: number, written: string): number {
  const decimals = /\.(\d+)$/.exec(written)?.[1]?.length ?? 0;
  const uncertainty = (0.5 * 10 ** -decimals) / (Number(written) || 1);
  const whole = Math.round(hz);
  return whole > 0 && Math.abs(hz - whole) / hz <= uncertainty ? whole : hz;
}
