import { isoDate } from '../dates';

/** Beginnings of the months' names in English, German, French, Spanish, Italian, Portuguese and Dutch, without accents. */
const MONTHS = [
  'jan|gen|ene',
  'feb|fev',
  'mar|mrz|mrt|maa',
  'apr|avr|abr',
  'mai|may|mag|mei',
  'jun|juin|giu',
  'jul|juil|lug',
  'aug|aou|ago',
  'sep|set',
  'oct|okt|out|ott',
  'nov',
  'dec|dez|dic',
].map((names) => new RegExp(`^(${names})`));

/**
 * The ISO date that a text is: `1957-03-02`, `1957/03/02`, `1957年3月2日`, `02.03.1957`, `Mar 2, 1957`, `2 March 1957`, `2 de mar. de 1957`; null for
 * anything else. With dots the day comes first; days and months as bare numbers with other marks are not told apart.
 */
export function dateInWords(text: string): string | null {
  const plain = text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const [, year, month, day] = /^(\d{4})[-/年. ]\s*(\d{1,2})[-/月. ]\s*(\d{1,2})日?(?!\d)/.exec(plain) ?? [];
  if (year) return isoDate(Number(year), Number(month), Number(day));
  const dots = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(plain);
  if (dots) return isoDate(Number(dots[3]), Number(dots[2]), Number(dots[1]));
  const words = plain.replace(/\bde\b/g, ' ').match(/\d+|[a-z]+/g) ?? [];
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
  const name = words.find((word) => /^[a-z]{3,}$/.test(word)) ?? '';
  if (words.length !== 3 || numbers.length !== 2 || (numbers[1] ?? 0) < 1000) return null;
  return isoDate(numbers[1] ?? 0, MONTHS.findIndex((month) => month.test(name)) + 1, numbers[0] ?? 0);
}
