/** An ISO date of a calendar day that exists, or null. Years before 1800 are a recorder's "not set". */
export function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1800 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
}

/** `10:02:00` of a time of day that exists, or null. */
export function isoTime(hours: number, minutes: number, seconds: number): string | null {
  const real = [hours, minutes, seconds].every(Number.isInteger) && hours >= 0 && minutes >= 0 && seconds >= 0;
  if (!real || hours > 23 || minutes > 59 || seconds > 59) return null;
  return [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Whole years from a birth date to a moment (both ISO), or null when one is missing or the age is none. */
export function ageAt(birthDate: string | null, moment: string | null): number | null {
  if (!birthDate || !moment) return null;
  const years = Number(moment.slice(0, 4)) - Number(birthDate.slice(0, 4));
  const age = moment.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
  return age >= 0 && age <= 130 ? age : null;
}
