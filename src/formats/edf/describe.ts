import type { Patient, Warning } from '../../ecg';
import { isoDate, isoTime } from '../dates';
import { patientOf } from '../facts';
import type { EdfHeader } from './header';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Lines with the subfields of EDF+, which some recorders write in plain EDF too. */
const PATIENT = /^\S+\s+[mfx]\s+(\d{1,2}-[a-z]{3}-\d{4}|x)(\s|$)/i;
const RECORDING = /^startdate\s+(\d{1,2}-[a-z]{3}-\d{4}|x)(\s|$)/i;

/** What the header's free lines say: EDF+ gives them subfields, EDF does not. */
export interface Description {
  readonly startTime: string | null;
  readonly device: string | null;
  readonly patient: Patient;
  readonly warnings: readonly Warning[];
}

/**
 * Patient, device and starting time.
 *
 * @param delayS seconds from the header's time to the first sample (EDF+ gives the part of a second that way)
 */
export function describeFile(header: EdfHeader, delayS: number): Description {
  const plus = header.variant !== '';
  const [, startDate = '', , , equipment = ''] =
    plus || RECORDING.test(header.recording) ? subfields(header.recording) : [];
  const startTime = later(startOf(header, wordDate(startDate)), delayS);
  const [id = '', sex = '', birth = '', name = ''] =
    plus || PATIENT.test(header.patient) ? subfields(header.patient) : [header.patient];
  const stated = { id, sex, birthDate: wordDate(birth), name: [name] };
  return { startTime, device: equipment || null, ...patientOf(stated, startTime) };
}

/** Words between blanks; `X` stands for what is not told, `_` for a blank inside. */
function subfields(line: string): readonly string[] {
  return line.split(/\s+/).map((word) => (/^x$/i.test(word) ? '' : word.replaceAll('_', ' ').trim()));
}

/** `30-JUN-1969` */
function wordDate(text: string): string | null {
  const [, day, month = '', year] = /^(\d{1,2})-([a-z]{3})-(\d{4})$/i.exec(text) ?? [];
  return isoDate(Number(year), MONTHS.indexOf(month.toUpperCase()) + 1, Number(day));
}

/** The date of the recording line where it has one, else the header's: its two-digit years run from 1985 to 2084. */
function startOf({ date, time }: EdfHeader, stated: string | null): string | null {
  const [, day, month, year] = /^(\d\d)\D(\d\d)\D(\d\d)/.exec(date) ?? [];
  const [, hours, minutes, seconds] = /^(\d\d)\D(\d\d)\D(\d\d)/.exec(time) ?? [];
  const century = Number(year) >= 85 ? 1900 : 2000;
  const on = stated ?? isoDate(century + Number(year), Number(month), Number(day));
  const at = isoTime(Number(hours), Number(minutes), Number(seconds));
  return on && at && `${on}T${at}`;
}

function later(start: string | null, seconds: number): string | null {
  if (start === null) return null;
  const moment = new Date(`${start}Z`).getTime() + 1000 * Math.floor(seconds);
  return Number.isFinite(moment) ? new Date(moment).toISOString().slice(0, 19) : start;
}
