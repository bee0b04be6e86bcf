/** The twelve standard leads in the house's order. Every list of leads follows it. */
export const LEADS = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;

export type Lead = (typeof LEADS)[number];

const BY_SPELLING = new Map<string, Lead>([
  ...LEADS.map((lead) => [lead.toUpperCase(), lead] as const),
  ['LEAD1', 'I'],
  ['LEAD2', 'II'],
  ['LEAD3', 'III'],
  ['MLI', 'I'],
  ['MLII', 'II'],
  ['MLIII', 'III'],
  ['DI', 'I'],
  ['DII', 'II'],
  ['DIII', 'III'],
]);

const ROMAN = new Map([
  ['Ⅰ', 'I'],
  ['Ⅱ', 'II'],
  ['Ⅲ', 'III'],
]);

/**
 * The standard lead that a file's spelling means, or null for anything else.
 *
 * Accepts case, blanks, NULs, `Lead I (Einthoven)`, `Lead 1`, `ECG II`, `ECG lead II`, `II导联`, `Ⅱ`, `DII` (as French, Spanish and Portuguese have it),
 * `II [uV]`, `II_mV`, `-` and `_` between the parts, and the modified limb leads of MIT-BIH. A bare number is no lead: `ECG 1` is a recorder's first
 * channel, and `0 1 2 …` heads a table that nobody named. Nor is `-aVR`, which is aVR upside down (Cabrera).
 */
export function standardLead(spelling: string): Lead | null {
  return BY_SPELLING.get(plainName(spelling)) ?? null;
}

/** In capitals, without the words and marks around a lead's name. */
function plainName(spelling: string): string {
  const plain = spelling
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/[\s_,/]+[mµμu]V\s*$/i, '')
    .replace(/[Ⅰ-Ⅲ]/g, (numeral) => ROMAN.get(numeral) ?? '');
  if (/^[\0\s]*[-−–]/.test(plain)) return '';
  return plain
    .replace(/[\0\s_.:-]/g, '')
    .replace(/^(mdc)?e[ck]g(?=.)/i, '')
    .replace(/^lead(?=\D)/i, '')
    .replace(/(?<=.)(lead|导联|e[ck]g)$/i, '')
    .toUpperCase();
}

/** Leads beyond the twelve that a recording may have, as they are spelled on paper: right-sided, posterior, Frank's orthogonal ones. */
export const FURTHER_LEADS = ['V3R', 'V4R', 'V5R', 'V6R', 'V7', 'V8', 'V9', 'X', 'Y', 'Z'] as const;

export type FurtherLead = (typeof FURTHER_LEADS)[number];

/** The right-sided (`V4R`, `rV4`), posterior (`V8`) or Frank lead (`X`, `VX`, `Frank Y`) that a file's spelling means, or null for anything else. */
export function furtherLead(spelling: string): FurtherLead | null {
  const plain = plainName(spelling)
    .replace(/^RV([3-6])$/, 'V$1R')
    .replace(/^(FRANK|V)(?=[XYZ]$)/, '');
  return FURTHER_LEADS.find((lead) => lead === plain) ?? null;
}
