import type { ModelInput, Sex } from '../ecg';

/** Who the ECG belongs to, as far as the network asks. */
export interface Demographics {
  /** Null when unknown. */
  readonly ageYears: number | null;
  readonly sex: Sex;
}

const SEXES: readonly Sex[] = ['female', 'male', 'unknown'];

/** The same age and sex for each of `batch` windows: age [batch, 2] = scaled years, known; sex [batch, 3] one-hot. */
export function demographicInputs({ ageYears, sex }: Demographics, { age }: ModelInput, batch: number) {
  const known = ageYears !== null && Number.isFinite(ageYears);
  const years = known ? Math.min(Math.max(ageYears, 0), age.maxYears) : 0;
  return {
    age: rows([years / age.scaleYears, known ? 1 : 0], batch),
    sex: rows(
      SEXES.map((one) => (one === sex ? 1 : 0)),
      batch,
    ),
  };
}

function rows(row: readonly number[], count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: row.length * count }, (_, i) => row[i % row.length] ?? 0);
}
