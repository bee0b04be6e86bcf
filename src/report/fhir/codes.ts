import type { Lead, Measurements } from '../../ecg';

/** A FHIR resource or a part of one: plain JSON. */
export type Json = { readonly [key: string]: unknown };

export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const UCUM = 'http://unitsofmeasure.org';
/** ISO 11073-10101, as FHIR R4 names it. */
export const MDC = 'urn:iso:std:iso:11073:10101';
/** SCP-ECG (EN 1064) and PTB-XL statement codes have no registered address. */
export const STATEMENTS = 'urn:efficientecg:statement';

export const concept = (system: string, code: string, display: string): Json => ({
  coding: [{ system, code, display }],
  text: display,
});

export const quantity = (value: number, unit: string, code: string): Json => ({ value, unit, system: UCUM, code });

/** MDC_ECG_ELEC_POTL_… of a standard lead: 131328 and the lead's number in SCP-ECG (EN 1064, 5.6.3). */
export const LEAD_CODES: Readonly<Record<Lead, number>> = {
  I: 131_329,
  II: 131_330,
  III: 131_389,
  aVR: 131_390,
  aVL: 131_391,
  aVF: 131_392,
  V1: 131_331,
  V2: 131_332,
  V3: 131_333,
  V4: 131_334,
  V5: 131_335,
  V6: 131_336,
};

/** Measurements that LOINC has a code for; the others carry their name alone. */
export const MEASURED: readonly {
  readonly loinc: string | null;
  readonly display: string;
  readonly unit: string;
  readonly ucum: string;
  readonly of: (m: Measurements) => number | null;
}[] = [
  { loinc: '8867-4', display: 'Heart rate', unit: 'bpm', ucum: '/min', of: (m) => m.heartRateBpm },
  { loinc: '8625-6', display: 'P-R interval', unit: 'ms', ucum: 'ms', of: (m) => m.prMs },
  { loinc: '8633-0', display: 'QRS duration', unit: 'ms', ucum: 'ms', of: (m) => m.qrsMs },
  { loinc: '8634-8', display: 'Q-T interval', unit: 'ms', ucum: 'ms', of: (m) => m.qtMs },
  { loinc: '76634-5', display: 'QTc (Fridericia)', unit: 'ms', ucum: 'ms', of: (m) => m.qtcMs.fridericia },
  { loinc: '76635-2', display: 'QTc (Bazett)', unit: 'ms', ucum: 'ms', of: (m) => m.qtcMs.bazett },
  { loinc: null, display: 'QTc (Framingham)', unit: 'ms', ucum: 'ms', of: (m) => m.qtcMs.framingham },
  { loinc: null, display: 'QTc (Hodges)', unit: 'ms', ucum: 'ms', of: (m) => m.qtcMs.hodges },
  { loinc: '8632-2', display: 'QRS axis', unit: '°', ucum: 'deg', of: (m) => m.qrsAxisDeg },
  { loinc: null, display: 'P axis', unit: '°', ucum: 'deg', of: (m) => m.pAxisDeg },
  { loinc: null, display: 'T axis', unit: '°', ucum: 'deg', of: (m) => m.tAxisDeg },
  { loinc: null, display: 'Sokolow-Lyon voltage', unit: 'mV', ucum: 'mV', of: (m) => m.voltages.sokolowLyonMv },
  { loinc: null, display: 'Cornell voltage', unit: 'mV', ucum: 'mV', of: (m) => m.voltages.cornellMv },
];
