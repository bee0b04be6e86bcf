import type { Backend, Patient, Sex } from '../ecg';
import type { Words } from '../words';

export { percent } from '../report';

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `2 Mar 1957`: a date that nobody reads the wrong way round. */
export function dateText(iso: string): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? iso : DATE.format(date);
}

/** `31 Jan 2020, 10:00:00` as the device's clock had it. */
export const dateTimeText = (iso: string) => [dateText(iso), iso.slice(11, 19)].filter(Boolean).join(', ');

const SEXES: Record<Sex, string> = { female: 'Female', male: 'Male', unknown: 'Unknown' };

export const sexText = (sex: Sex) => SEXES[sex];

/** `63-year-old, female` as a line of print has it. */
export function agesText({ ageYears }: Patient): string {
  return ageYears === null ? 'unknown' : `${Number(ageYears.toFixed(1))} years`;
}

const BACKEND_NAMES: Record<Backend, string> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };

export const backendText = (backend: Backend) => BACKEND_NAMES[backend];

export const msText = (ms: number) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

/** `0:10` or `1:02:03`: a position in a recording. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, ...rest] = parts;
  return hours > 0 ? [hours, ...rest.map(two)].join(':') : `${rest[0]}:${two(rest[1] ?? 0)}`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** `18 s`, `30 min`, `24 h`. */
export function durationText({ seconds: inSeconds, minutes, hours }: Words, seconds: number): string {
  if (seconds < 120) return inSeconds(Number(seconds.toFixed(1)));
  if (seconds < 7200) return minutes(Math.round(seconds / 60));
  return hours(Number((seconds / 3600).toFixed(1)));
}
