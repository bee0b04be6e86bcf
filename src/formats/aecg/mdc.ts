import { leadOfCode } from '../lead-codes';

/** First numbers of the lead codes of ISO 11073-10102 (`MDC_ECG_LEAD_…`) and of the potentials of 11073-10101 (`MDC_ECG_ELEC_POTL_…`). */
const BASES = [131_328, 131_072];

/**
 * The lead that an MDC code means, as a name: `MDC_ECG_LEAD_AVR` and `MDC_ECG_ELEC_POTL_AVR` give `AVR`, 131329 gives `I`.
 * Anything else comes back as it is.
 */
export function mdcLead(code: string): string {
  const named = /^MDC_ECG_(?:LEAD|ELEC_POTL)_(\w+)$/i.exec(code.trim())?.[1];
  if (named) return named.replace(/^C([1-6])$/i, 'V$1').replaceAll('_', ' ');
  const number = /^\d{6}$/.test(code.trim()) ? Number(code) : Number.NaN;
  const base = BASES.find((first) => number > first && number < first + 256);
  return base === undefined ? code.trim() : leadOfCode(number - base);
}
