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
]);

/**
 * The standard lead that a file's spelling means, or null for anything else.
 *
 * Accepts case, blanks, NULs, `Lead I (Einthoven)`, `Lead 1`, `ECG II`, `-` and `_` between the parts, and the modified limb leads of MIT-BIH.
 * A bare number is no lead: `ECG 1` is a recorder's first channel, and `0 1 2 …` heads a table that nobody named.
 */
export function standardLead(spelling: string): Lead | null {
  const plain = spelling
    .replace(/\([^)]*\)/g, '')
    .replace(/[\0\s_.:-]/g, '')
    .replace(/^(lead(?=\D)|ecg(?=.)|ekg(?=.))/i, '')
    .toUpperCase();
  return BY_SPELLING.get(plain) ?? null;
}
