import { type Patient, UNKNOWN_PATIENT, type Warning } from '../../ecg';
import { message } from '../../words/say';
import { placementWarnings } from '../placement';

/** What the comments of a header say of the patient and of the ECG. `#Simulated: …` is what our own simulator writes. */
export interface Remarks {
  readonly patient: Patient;
  readonly statements: readonly string[];
  readonly warnings: readonly Warning[];
}

/** MIT-BIH: age, sex, tape and recorder numbers, `69 M 1085 1629 x1`. */
const MIT_BIH = /^(-?\d{1,3})\s+([MF?])\s+\d+\s+\d+\s+x\d/;
const UNKNOWN = /^(|n\/?a|nan|none|\(none\)|no|unknown|unspecified|-1|\?|-)\.?$/i;
const DIAGNOSIS = /^(dx|diagnos[ie]s|additional diagnoses|reason for admission|rhythm|(acute|former) infarction.*)$/i;

/**
 * Age, sex and diagnoses from free comments, in the forms of MIT-BIH (`69 M …`), PTB (`age: 81`), LUDB (`<age>: 71`) and the
 * PhysioNet challenges (`Age: 45`, `Dx: 426783006`).
 */
export function readRemarks(comments: readonly string[]): Remarks {
  const fields = comments.flatMap(keyValues);
  const classic = comments.map((line) => MIT_BIH.exec(line)).find((match) => match !== null);
  const age = fieldOf(fields, /^age$/i) ?? classic?.[1] ?? '';
  const sex = fieldOf(fields, /^(sex|gender)$/i) ?? classic?.[2] ?? '';
  const ageYears = /^\d{1,3}(\.\d+)?\b/.test(age) && Number.parseFloat(age) <= 130 ? Number.parseFloat(age) : null;
  const sexRead = /^f(emale)?\b/i.test(sex) ? 'female' : /^m(ale)?\b/i.test(sex) ? 'male' : 'unknown';
  const warnings: Warning[] = [];
  const simulated = fieldOf(fields, /^simulated$/i);
  if (simulated !== undefined) warnings.push({ code: 'SIMULATED', ...message('simulated', { what: simulated }) });
  if (ageYears === null && !UNKNOWN.test(age)) warnings.push(unreadable('age', age));
  if (sexRead === 'unknown' && !UNKNOWN.test(sex)) warnings.push(unreadable('sex', sex));
  warnings.push(...placementWarnings(comments));
  const patient: Patient = {
    ...UNKNOWN_PATIENT,
    ageYears,
    sex: sexRead,
    ageOrigin: ageYears === null ? 'none' : 'file',
    sexOrigin: sexRead === 'unknown' ? 'none' : 'file',
  };
  return { patient, statements: diagnoses(comments, fields), warnings };
}

type Field = readonly [key: string, value: string];

/** `<age>: 25  <sex>: M` gives two fields, `age: 81` gives one. */
function keyValues(line: string): Field[] {
  const tagged = [...line.matchAll(/<([^>]+)>:?\s*([^<]*)/g)];
  if (tagged.length > 0) return tagged.map(([, key = '', value = '']): Field => [key.trim(), value.trim()]);
  const plain = /^([^:]{1,60}?)\s*:\s*(.*)$/.exec(line);
  return plain ? [[plain[1] ?? '', (plain[2] ?? '').trim()]] : [];
}

function fieldOf(fields: readonly Field[], key: RegExp): string | undefined {
  return fields.find(([name]) => key.test(name))?.[1];
}

/** LUDB lists them on the lines after `<diagnoses>:`; all others name each. */
function diagnoses(comments: readonly string[], fields: readonly Field[]): readonly string[] {
  const heading = comments.findIndex((line) => /^<diagnos[ie]s>:?\s*$/i.test(line));
  if (heading >= 0) {
    const after = comments.slice(heading + 1);
    const end = after.findIndex((line) => line.startsWith('<'));
    return end < 0 ? after : after.slice(0, end);
  }
  return fields
    .filter(([key, value]) => DIAGNOSIS.test(key) && !UNKNOWN.test(value))
    .map(([key, value]) => (/^diagnos/i.test(key) ? value : `${key}: ${value}`));
}

function unreadable(what: string, found: string): Warning {
  return { code: 'PATIENT_UNREADABLE', message: `The file's ${what} “${found.slice(0, 40)}” could not be understood.` };
}
