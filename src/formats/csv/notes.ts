import type { Patient, Warning } from '../../ecg';
import { patientOf } from '../facts';
import { dateInWords } from './date-words';

type Notes = readonly (readonly [key: string, value: string])[];

/** What the lines above a table say of the ECG, in the words of Apple's ECG export and of other recorders. */
export interface NotedFacts {
  readonly patient: Patient;
  readonly startTime: string | null;
  readonly device: string | null;
  readonly statements: readonly string[];
  /** The lead of a table of one column, empty where no line tells it. */
  readonly lead: string;
  readonly warnings: readonly Warning[];
}

/** Patient, start, device, classification and lead from the `key,value` lines above a table. */
export function readNotes(notes: Notes): NotedFacts {
  const of = (key: RegExp) => plain(notes.find(([name]) => key.test(name.trim()))?.[1] ?? '');
  const [, date, clock = null] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/.exec(of(/^(recorded date|recording date|date|start( time)?)$/i)) ?? [];
  const startTime = date && clock ? `${date}T${clock}` : null;
  const { patient, warnings } = patientOf(
    {
      name: [of(/^(patient )?name$/i)],
      birthDate: dateInWords(of(/^(date of birth|birth ?date|dob|geburtsdatum)$/i)),
      age: of(/^age$/i),
      sex: of(/^(sex|gender)$/i),
    },
    startTime,
  );
  const classification = of(/^classification$/i);
  return {
    patient,
    startTime,
    device: of(/^device$/i) || null,
    statements: classification ? [classification] : [],
    lead: of(/^lead$/i),
    warnings,
  };
}

function plain(value: string): string {
  return value.replace(/^"(.*)"$/, '$1').trim();
}
