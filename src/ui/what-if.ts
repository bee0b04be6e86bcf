import type { Finding, Sex } from '../ecg';

export interface Person {
  readonly ageYears: number | null;
  readonly sex: Sex;
}

export const OLDEST_YEARS = 90;
export const YOUNGEST_YEARS = 18;
const STEP_YEARS = 6;

/** Every age in steps, of both sexes: what the spread is taken over. */
export const EVERYONE: readonly Person[] = (['female', 'male'] as const).flatMap((sex) =>
  Array.from({ length: (OLDEST_YEARS - YOUNGEST_YEARS) / STEP_YEARS + 1 }, (_, n) => ({
    ageYears: YOUNGEST_YEARS + n * STEP_YEARS,
    sex,
  })),
);

export interface Shift {
  readonly code: string;
  readonly label: string;
  /** Probability for the patient, for the person asked about, and the range over everyone. */
  readonly now: number;
  readonly other: number;
  readonly lowest: number;
  readonly highest: number;
  /** The threshold lies between: status depends on age or sex. */
  readonly decides: boolean;
}

type Row = Readonly<Record<string, number>>;

/** How much age and sex matter for each statement of this ECG, what moves most first. */
export function shifts(findings: readonly Finding[], row: Row, everyone: readonly Row[]): readonly Shift[] {
  return findings
    .flatMap(({ code, label, probability, threshold }): Shift[] => {
      const other = row[code];
      if (probability === null || other === undefined) return [];
      const all = [probability, other, ...everyone.flatMap((one) => one[code] ?? [])];
      const [lowest, highest] = [Math.min(...all), Math.max(...all)];
      const decides = lowest < threshold && highest >= threshold;
      return [{ code, label, now: probability, other, lowest, highest, decides }];
    })
    .sort((a, b) => b.highest - b.lowest - (a.highest - a.lowest));
}
