export type Sex = 'female' | 'male' | 'unknown';

/** Where a value came from: the file, the reader's hand, or nowhere. */
export type Origin = 'file' | 'entered' | 'none';

/** Who the ECG belongs to, as far as is known. Identifiers never leave the page except in an export that the reader asks for. */
export interface Patient {
  readonly id: string | null;
  readonly name: string | null;
  /** ISO date, `1957-03-02`. */
  readonly birthDate: string | null;
  /** Age in years when the ECG was taken. */
  readonly ageYears: number | null;
  readonly sex: Sex;
  readonly ageOrigin: Origin;
  readonly sexOrigin: Origin;
}

export const UNKNOWN_PATIENT: Patient = {
  id: null,
  name: null,
  birthDate: null,
  ageYears: null,
  sex: 'unknown',
  ageOrigin: 'none',
  sexOrigin: 'none',
};

/** What the reader may enter where the file has none. An absent field is left as it was. */
export type PatientEdit = Partial<Pick<Patient, 'id' | 'name' | 'birthDate' | 'ageYears' | 'sex'>>;

/** The patient after the reader's edit; an edited age or sex carries its origin, an emptied one has none. */
export function editPatient(patient: Patient, edit: PatientEdit): Patient {
  return {
    ...patient,
    ...edit,
    ...('ageYears' in edit && { ageOrigin: edit.ageYears == null ? ('none' as const) : ('entered' as const) }),
    ...('sex' in edit && { sexOrigin: edit.sex === 'unknown' ? ('none' as const) : ('entered' as const) }),
  };
}
