import type { LabelSystem } from './model';

/** In the order in which a report is written. */
export const REPORT_SECTIONS = [
  'alerts',
  'conclusion',
  'rate',
  'rhythm',
  'intervals',
  'axis',
  'p',
  'conduction',
  'hypertrophy',
  'infarction',
  'st-t',
  'comparison',
] as const;

export type ReportSection = (typeof REPORT_SECTIONS)[number];

export const STATEMENT_STATES = ['proposed', 'confirmed', 'rejected'] as const;

export type StatementState = (typeof STATEMENT_STATES)[number];

/** One sentence of a report, or a few that belong together. */
export interface ReportStatement {
  /** The same each time the report is drafted: `alert.QTC_LONG`, `measured.rate`, `finding.AFIB`, `added.1`. */
  readonly id: string;
  readonly section: ReportSection;
  readonly text: string;
  /** As it was drafted, before the reader changed it; null where the reader wrote it. */
  readonly drafted: string | null;
  readonly origin: 'measured' | 'network' | 'reader';
  readonly state: StatementState;
  /** What it says in codes; null where it has none. */
  readonly coding: { readonly system: LabelSystem; readonly code: string; readonly snomed: string | null } | null;
}

/** Who answers for a report, and since when. */
export interface Confirmation {
  /** The reader's name; null where none was given. */
  readonly by: string | null;
  /** ISO 8601, with the offset from UTC. */
  readonly at: string;
}

/** A written report: what is exported with an ECG. Rejected statements are in it, so that nothing is lost; no page prints them. */
export interface Report {
  readonly statements: readonly ReportStatement[];
  /** Null until a reader confirmed exactly these statements: then every export says UNCONFIRMED. */
  readonly confirmation: Confirmation | null;
}

/** What the reader did to a drafted report. */
export interface ReportEdits {
  readonly changed: Readonly<Partial<Record<string, { readonly text?: string; readonly state?: StatementState }>>>;
  readonly added: readonly { readonly id: string; readonly section: ReportSection; readonly text: string }[];
  /** With what was confirmed: another text is not. */
  readonly confirmed: (Confirmation & { readonly text: string }) | null;
}

export const NO_REPORT_EDITS: ReportEdits = { changed: {}, added: [], confirmed: null };
