import type { Lead } from './leads';
import type { AlertCode } from './reading';
import type { Saying } from './saying';

/** What says whose ECG it is. */
export const IDENTIFIERS = ['id', 'name', 'birthDate', 'sex'] as const;

export type Identifier = (typeof IDENTIFIERS)[number];

/** Whether two ECGs are one patient's, as far as both say who that is. */
export interface IdentityMatch {
  /** Known on both, and the same. */
  readonly same: readonly Identifier[];
  /** Known on both, and not the same. */
  readonly differing: readonly Identifier[];
}

/** A number on the other ECG and on this one; null is "not measurable". */
export interface MeasurementChange {
  readonly name: 'heartRateBpm' | 'prMs' | 'qrsMs' | 'qtMs' | 'qtcFridericiaMs' | 'qrsAxisDeg';
  readonly other: number | null;
  readonly here: number | null;
  /** This one less the other; of an axis the shorter way round. Null where one is not known. */
  readonly change: number | null;
}

/** The ST level at J in a lead of both, mV. */
export interface StChange {
  readonly lead: Lead;
  readonly otherMv: number;
  readonly hereMv: number;
}

/** A statement that one of the two makes and the other does not, with the calibrated probability of each. */
export interface StatementChange {
  readonly code: string;
  readonly label: string;
  readonly statedHere: boolean;
  readonly other: number;
  readonly here: number;
}

/** An alert that one of the two raises and the other does not, in its own words. */
export interface AlertChange {
  readonly code: AlertCode;
  readonly message: string;
  readonly saying?: Saying;
  readonly raisedHere: boolean;
}

/** What changed between another ECG and this one. */
export interface Comparison {
  /** The other ECG: its file, and when it was taken; null where that is not known. */
  readonly with: { readonly file: string; readonly startTime: string | null; readonly isSameFile: boolean };
  /** When the other one was taken; unknown where one of the two has no time. */
  readonly order: 'earlier' | 'later' | 'unknown';
  readonly identity: IdentityMatch;
  readonly alerts: readonly AlertChange[];
  readonly measurements: readonly MeasurementChange[];
  /** Leads that were measured in both, in the house's order. */
  readonly st: readonly StChange[];
  /** How many statements the network made or did not make of both; 0 where it did not read one of them. */
  readonly statementsCompared: number;
  readonly statements: readonly StatementChange[];
}
