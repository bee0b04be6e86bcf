import { type Finding, learnedPrevalence, type OwnPrevalence, type Patient, type Prevalence } from '../ecg';

/** A group of the table that a model was counted by. */
export interface Group {
  readonly sex: 'female' | 'male';
  readonly fromYears: number;
  /** The oldest of the band; null for the last one, which is open. */
  readonly toYears: number | null;
}

export const groupsOf = ({ ageFromYears }: Prevalence): readonly Group[] =>
  (['female', 'male'] as const).flatMap((sex) =>
    ageFromYears.map((fromYears, n) => ({ sex, fromYears, toYears: (ageFromYears[n + 1] ?? Number.NaN) - 1 || null })),
  );

export interface PrevalenceRow {
  readonly code: string;
  readonly label: string;
  /** Among people of the patient's age and sex, share of one. */
  readonly learned: number;
}

/** The statements whose prevalence is known and that were made about this ECG. */
export function rowsOf(
  prevalence: Prevalence,
  findings: readonly Finding[],
  patient: Patient,
): readonly PrevalenceRow[] {
  return findings.flatMap(({ code, label, probability }): PrevalenceRow[] => {
    const learned = learnedPrevalence(prevalence, code, patient);
    return probability === null || learned === null ? [] : [{ code, label, learned }];
  });
}

/** How common each statement is in a group of the table. */
export function prevalenceIn(
  prevalence: Prevalence,
  rows: readonly PrevalenceRow[],
  { sex, fromYears }: Group,
): OwnPrevalence {
  const who = { sex, ageYears: fromYears };
  return Object.fromEntries(rows.map(({ code }) => [code, learnedPrevalence(prevalence, code, who) ?? Number.NaN]));
}

/** What stands in the boxes, per cent, as shares; an empty box leaves its statement as it was learned. */
export function entered(texts: Readonly<Record<string, string>>): OwnPrevalence {
  const shares = Object.entries(texts).map(
    ([code, text]) => [code, text.trim() === '' ? Number.NaN : Number(text) / 100] as const,
  );
  return Object.fromEntries(shares.filter(([, share]) => share >= 0 && share <= 1));
}
