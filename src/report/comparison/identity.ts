import { IDENTIFIERS, type Identifier, type IdentityMatch, type Patient } from '../../ecg';

/** Compares what both say. An age is no identifier: it changes. */
export function matchIdentity(a: Patient, b: Patient): IdentityMatch {
  const known = IDENTIFIERS.filter((field) => wordOf(a, field) !== null && wordOf(b, field) !== null);
  const isSame = (field: Identifier) => wordOf(a, field) === wordOf(b, field);
  return { same: known.filter(isSame), differing: known.filter((field) => !isSame(field)) };
}

/** Sex alone makes nobody the same patient. */
export const isIdentified = ({ same }: IdentityMatch) => same.some((field) => field !== 'sex');

/** As it is compared; null where nothing is known. */
function wordOf(patient: Patient, field: Identifier): string | null {
  const value = patient[field];
  if (value === null || value === 'unknown') return null;
  return (field === 'name' ? nameWord(value) : value.trim().toLowerCase()) || null;
}

/** `Doe^Jane`, `DOE, JANE` and `Jane Doe` are one name: its words, in whatever order. */
const nameWord = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}'’-]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');
