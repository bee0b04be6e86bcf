import type { Lead } from './leads';
import type { Unit } from './recording';
import type { Saying } from './saying';

/** One lead as recorded: never filtered, at its own rate. */
export interface EcgLead {
  /** The name to show and to export. */
  readonly name: string;
  /** The standard lead, or null for a signal that is none. */
  readonly lead: Lead | null;
  readonly unit: Unit;
  readonly samplingRateHz: number;
  /** True where the lead was computed from others by Einthoven's or Goldberger's identities. */
  readonly derived: boolean;
  /** Samples in the unit, NaN where missing. */
  readonly samples: Float32Array<ArrayBuffer>;
}

/** A stretch of an ECG in memory: the standard leads in the house's order, then all others. What is drawn, measured and exported. */
export interface Ecg {
  /** Where the stretch begins in the recording, seconds. */
  readonly startS: number;
  readonly durationS: number;
  readonly leads: readonly EcgLead[];
}

export const QUALITY_ISSUES = [
  'missing',
  'flat',
  'clipped',
  'noise',
  'wander',
  'gaps',
  'mains',
  'loose',
  'low',
] as const;

export type QualityIssue = (typeof QUALITY_ISSUES)[number];

export interface LeadQuality {
  readonly name: Lead;
  readonly issues: readonly QualityIssue[];
}

/** What a head that learned from cardiologists' judgements makes of the ECG as a whole; the rules alone decide. */
export interface QualityScore {
  /** That the ECG may be read, 0 to 1. */
  readonly probability: number;
  readonly threshold: number;
  readonly acceptable: boolean;
}

export interface Quality {
  /** False blocks the network's statements, never the trace or the alerts. */
  readonly acceptable: boolean;
  /** Share of the recorded leads without a disqualifying issue, 0 to 1. */
  readonly score: number;
  readonly leads: readonly LeadQuality[];
  /** Why it is not acceptable: one sentence. */
  readonly reason: string | null;
  readonly reasonSaying?: Saying | null;
  /** Nothing in any lead looks like a heartbeat: flat or chaotic everywhere. */
  readonly chaotic: boolean;
  /** Null where the head could not be asked: fewer than twelve leads, no voltage, or no network. */
  readonly network?: QualityScore | null;
}
