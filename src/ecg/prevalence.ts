import type { Prevalence } from './model';
import type { Patient } from './patient';

/** How common statements are among a reader's own patients, shares of one, by code; a statement that is left out stays as it was learned. */
export type OwnPrevalence = Readonly<Record<string, number>>;

/** What a reader's own prevalence did to one statement. */
export interface PrevalenceShift {
  /** The probability without it. */
  readonly from: number;
  /** How common the statement is where the network learned, among people of the patient's age and sex where both are known. */
  readonly learned: number;
  readonly own: number;
}

type Who = Pick<Patient, 'ageYears' | 'sex'>;

/** A share of one that is neither never nor always: its logarithm of odds is finite. */
const LEAST = 1e-4;

/**
 * How common a statement is where the network learned, among people of this age band and sex; among all where either is unknown. Half an ECG
 * is added to both sides, so that a band without one does not say never.
 *
 * @returns null where nothing was counted for the statement
 */
export function learnedPrevalence(
  { ageFromYears, records, positives }: Prevalence,
  code: string,
  who: Who,
): number | null {
  const own = positives[code];
  if (!own) return null;
  const { ageYears, sex } = who;
  const band = ageYears === null ? -1 : ageFromYears.findLastIndex((from) => ageYears >= from);
  const sexes = sex === 'unknown' || band < 0 ? (['female', 'male'] as const) : ([sex] as const);
  const count = (of: typeof own) =>
    sexes.reduce(
      (sum, one) => sum + (sexes.length === 1 ? (of[one][band] ?? 0) : of[one].reduce((a, b) => a + b, 0)),
      0,
    );
  return (count(own) + 0.5) / (count(records) + 1);
}

/** A probability where the statement is more or less common: its log-odds move by the difference of the prevalences' (Saerens et al. 2002). */
export function atPrevalence(probability: number, learned: number, own: number): number {
  const z = logit(probability) + logit(own) - logit(learned);
  return 1 / (1 + Math.exp(-z));
}

function logit(share: number): number {
  const p = Math.min(Math.max(share, LEAST), 1 - LEAST);
  return Math.log(p / (1 - p));
}
