import { type DeviceMeasurements, type Filters, type Patient, type Sex, UNKNOWN_PATIENT, type Warning } from '../ecg';
import { ageAt } from './dates';

/** What a file says of its patient, as it spells it; absent or empty where it says nothing. */
export interface StatedPatient {
  readonly id?: string;
  /** Parts in the order to show, `['Smith', 'Ann']`. */
  readonly name?: readonly string[];
  /** ISO date. */
  readonly birthDate?: string | null;
  readonly age?: string;
  /** `YEARS`, `a`, `months` …; years where absent. */
  readonly ageUnit?: string;
  readonly sex?: string;
}

const NOTHING =
  /^(|unknown|unspecified|undefined|not specified|none|n\/?a|u|un|unk|o|other|ambiguous|undifferentiated|\?|-|0|9)$/i;
const FEMALE = /^(f|female|w|woman|weiblich|femme|femenino|feminino|femminile|vrouw)$/i;
const MALE = /^(m|male|man|männlich|maennlich|homme|masculin|masculino|maschile)$/i;
/** Units of age in years: words, and UCUM's letters. */
const YEARS = new Map<string, number>([
  ['', 1],
  ['y', 1],
  ['a', 1],
  ['m', 1 / 12],
  ['w', 7 / 365.25],
  ['d', 1 / 365.25],
  ['h', 1 / 8766],
]);

/**
 * The patient with origins. An age that is stated wins over one that follows from the birth date and the starting time.
 *
 * @param startTime ISO date and time of the ECG
 * @returns the patient, and a warning for what could not be understood
 */
export function patientOf(
  { id = '', name = [], birthDate = null, age = '', ageUnit = '', sex = '' }: StatedPatient,
  startTime: string | null,
): { readonly patient: Patient; readonly warnings: readonly Warning[] } {
  const warnings: Warning[] = [];
  const stated = statedAge(age, ageUnit);
  if (stated === null && !/^(|-1|999?|unknown)$/i.test(age.trim()))
    warnings.push(unreadable('age', `${age} ${ageUnit}`));
  const sexRead = sexOf(sex);
  if (sexRead === 'unknown' && !NOTHING.test(sex.trim())) warnings.push(unreadable('sex', sex));
  const computed = ageAt(birthDate, startTime);
  const ageYears = stated ?? computed;
  if (stated !== null && computed !== null && Math.abs(stated - computed) > 1.5) {
    const message = `The file states an age of ${stated} years, but its dates give ${computed}: the stated age is used.`;
    warnings.push({ code: 'PATIENT_UNREADABLE', message });
  }
  return {
    patient: {
      ...UNKNOWN_PATIENT,
      id: id.trim() || null,
      name:
        name
          .map((part) => part.trim())
          .filter(Boolean)
          .join(' ') || null,
      birthDate,
      ageYears,
      sex: sexRead,
      ageOrigin: ageYears === null ? 'none' : 'file',
      sexOrigin: sexRead === 'unknown' ? 'none' : 'file',
    },
    warnings,
  };
}

/** What the device measured, or null where it measured nothing; zero and less is what devices write for “not measured”. */
export function measurementsOf(measured: DeviceMeasurements): DeviceMeasurements | null {
  const kept = (value: number | null) => (value !== null && value > 0 && value < 10_000 ? value : null);
  const { heartRateBpm, prMs, qrsMs, qtMs } = measured;
  const all = { heartRateBpm: kept(heartRateBpm), prMs: kept(prMs), qrsMs: kept(qrsMs), qtMs: kept(qtMs) };
  return Object.values(all).every((value) => value === null) ? null : all;
}

/** The device's filters in Hz, or null where the file names none; zero and less is what files write for “off” or “not said”. */
export function filtersOf(stated: Omit<Filters, 'zeroPhase'>): Filters | null {
  const kept = (value: number | null) => (value !== null && value > 0 && value < 10_000 ? value : null);
  const { highPassHz, lowPassHz, notchHz } = stated;
  const all = { highPassHz: kept(highPassHz), lowPassHz: kept(lowPassHz), notchHz: kept(notchHz) };
  return Object.values(all).every((value) => value === null) ? null : all;
}

function statedAge(age: string, unit: string): number | null {
  const fields = /^(\d{1,4}(?:[.,]\d+)?)\s*([a-z]*)/i.exec(age.trim());
  const factor = YEARS.get((unit.trim() || (fields?.[2] ?? '')).slice(0, 1).toLowerCase());
  if (!fields || factor === undefined) return null;
  const years = Number((fields[1] ?? '').replace(',', '.')) * factor;
  return years <= 130 ? Number(years.toFixed(2)) : null;
}

function sexOf(text: string): Sex {
  const plain = text.trim();
  if (FEMALE.test(plain)) return 'female';
  return MALE.test(plain) ? 'male' : 'unknown';
}

function unreadable(what: string, found: string): Warning {
  return {
    code: 'PATIENT_UNREADABLE',
    message: `The file's ${what} “${found.trim().slice(0, 40)}” could not be understood.`,
  };
}
