import { isoDate, isoTime } from '../dates';

/**
 * A moment of MUSE as ISO: `04-22-2000`, month first as in the United States, unless the first number can be no month.
 * Exports of other countries write `22-APR-2000` or `2000-04-22`.
 *
 * @param time `11:34:00`, or empty for a date alone, which gives midnight
 */
export function americanMoment(date: string, time: string): string | null {
  const day = americanDate(date.trim());
  if (!day) return null;
  const [hours = 0, minutes = 0, seconds = 0] = time
    .trim()
    .split(':')
    .map((part) => Number.parseInt(part, 10) || 0);
  return `${day}T${isoTime(hours, minutes, seconds) ?? '00:00:00'}`;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function americanDate(date: string): string | null {
  const numbers = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(date)?.slice(1).map(Number);
  if (numbers) {
    const [first = 0, second = 0, year = 0] = numbers;
    return isoDate(year, first, second) ?? isoDate(year, second, first);
  }
  const words = /^(\d{1,2})[-/ ]([a-z]{3})[a-z]*[-/ ](\d{4})$/i.exec(date);
  if (words) return isoDate(Number(words[3]), MONTHS.indexOf((words[2] ?? '').toLowerCase()) + 1, Number(words[1]));
  const [year = 0, month = 0, day = 0] = (/^(\d{4})-?(\d\d)-?(\d\d)/.exec(date)?.slice(1) ?? []).map(Number);
  return isoDate(year, month, day);
}
