import { dateInWords } from './date-words';

type Notes = readonly (readonly [key: string, value: string])[];

const RATE = /^(\d+(?:[.,]\d+)?)\s*(hz|hertz|hercios|h[eé]rcios|ヘルツ|赫兹|赫茲|герц\p{L}*|гц|헤르츠)$/iu;
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}$/;
const VOLTAGE = /^[µμu]?m?V$/;

/**
 * What stands above the numbers of an Apple Watch's export, with the keys that it has in English: the Health app writes them in the language
 * of the telephone (seen by others: German, Spanish, Chinese, Japanese), so each is told by what its value looks like. Other notes stay.
 */
export function inEnglish(notes: Notes): Notes {
  const isWatch = notes.some(([, value]) => /^(apple )?watch[\d, ]*$/i.test(value));
  const english = notes.some(([key]) => /^sample rate$/i.test(key));
  if (!isWatch || english || !notes.some(([, value]) => RATE.test(value))) return notes;
  const when = notes.findIndex(([, value]) => MOMENT.test(value));
  const born = notes.findIndex(([, value], index) => index < when && dateInWords(value) !== null);
  return notes.map(([key, value], index) => {
    const rate = RATE.exec(value)?.[1];
    if (rate !== undefined) return ['Sample Rate', `${rate} hertz`];
    if (VOLTAGE.test(value)) return ['Unit', value];
    if (index === when) return ['Recorded Date', value];
    if (when >= 0 && index === when + 1) return ['Classification', value];
    if (index === born) return ['Date of Birth', dateInWords(value) ?? value];
    if (index === 0 && index < when) return ['Name', value];
    if (/^(apple )?watch[\d, ]*$/i.test(value)) return ['Device', value];
    return /(^|[^A-Z])I$/.test(value) ? ['Lead', 'I'] : [key, value];
  });
}
