import type { Comparison } from './comparison';
import type { Quality } from './ecg';
import type { ErrorRecord } from './errors';
import type { FurtherLead, Lead } from './leads';
import type { Backend, LabelSystem, OperatingPoint, StatementGroup } from './model';
import type { Patient } from './patient';
import type { PrevalenceShift } from './prevalence';
import type { Ranges } from './ranges';
import type { Annotations, DeviceMeasurements, Filters, Format, Unit } from './recording';
import type { Saying } from './saying';
import type { Warning } from './warnings';

/** What names a recording: the file that stands for it, and all its bytes. */
export interface SourceSummary {
  readonly name: string;
  /** Null while nothing could be recognised. */
  readonly format: Format | null;
  readonly bytes: number;
  /** Over all parts: the file that names the recording, then the others. Null until the bytes have been read. */
  readonly sha256: string | null;
}

/** A lead as the page and the analysis list it. */
export interface LeadSummary {
  readonly name: string;
  readonly samples: number;
  readonly samplingRateHz: number;
  /** Missing (NaN) samples in the whole recording, or null while it has not been read to its end. */
  readonly missing: number | null;
  readonly derived: boolean;
  readonly unit: Unit;
}

/** A recording without its samples. */
export interface RecordingSummary {
  readonly samplingRateHz: number;
  readonly durationS: number;
  readonly startTime: string | null;
  readonly device: string | null;
  readonly leads: readonly LeadSummary[];
  /** What the device filtered, as the file says; absent or null where it does not. */
  readonly filters?: Filters | null;
  readonly deviceMeasurements: DeviceMeasurements | null;
  readonly deviceStatements: readonly string[];
  /** Absent where the file has none, and before the analysis. */
  readonly annotations?: Annotations;
}

export type Boundary = 'onset' | 'offset';

/** A wave's onset, peak and offset, seconds from the start of the recording. */
export interface Wave {
  readonly onset: number;
  readonly peak: number;
  readonly offset: number;
  /** The boundaries that the reader set by hand; absent where none was. */
  readonly edited?: readonly Boundary[];
}

export interface LeadWaves {
  readonly p: readonly Wave[];
  readonly qrs: readonly Wave[];
  readonly t: readonly Wave[];
}

/** Boundaries of a wave in a median beat, seconds from the moment its beats are aligned at. */
export interface BeatMark {
  readonly onset: number;
  readonly offset: number;
}

/** The usual beat of one lead: the beats of the dominant shape laid over one another, sample by sample their median. */
export interface MedianBeat {
  readonly lead: Lead;
  readonly unit: Unit;
  readonly samplingRateHz: number;
  /** Where the first sample lies, seconds from the moment of alignment (at the QRS): negative. */
  readonly startS: number;
  /** In the lead's unit, as recorded but for the level before the QRS, which is 0 here; NaN where missing. */
  readonly samples: Float32Array<ArrayBuffer>;
  readonly p: BeatMark | null;
  readonly qrs: BeatMark | null;
  readonly t: BeatMark | null;
  /** The moment of alignment of each beat in it, seconds from the start of the recording: to lay the single beats over it. */
  readonly beatTimesS: readonly number[];
}

/** A lead of the device's beat where it lies best over ours, at our median's rate and on its level. */
export type PlacedBeat = Pick<MedianBeat, 'lead' | 'samplingRateHz' | 'startS' | 'samples'>;

/** Normal (bundle branch block included), supraventricular or ventricular premature, paced, not classifiable (after ANSI/AAMI EC57). */
export const BEAT_CLASSES = ['N', 'S', 'V', 'paced', 'Q'] as const;

export type BeatClass = (typeof BEAT_CLASSES)[number];

export interface ClassifiedBeat {
  /** Of its R peak, seconds from the start. */
  readonly timeS: number;
  readonly class: BeatClass;
}

export type Regularity = 'regular' | 'irregular';

/** What a method that no network has a part in measures, ms, and which intervals it disputes. */
export interface SecondOpinion {
  readonly prMs: number | null;
  readonly qrsMs: number | null;
  readonly qtMs: number | null;
  readonly disputed: readonly ('prMs' | 'qrsMs' | 'qtMs')[];
}

/** Measured numbers; null is "not measurable", never a default. */
export interface Measurements {
  readonly heartRateBpm: number | null;
  readonly rrMs: number | null;
  readonly prMs: number | null;
  readonly pMs: number | null;
  readonly qrsMs: number | null;
  readonly qtMs: number | null;
  readonly qtcMs: {
    readonly bazett: number | null;
    readonly fridericia: number | null;
    readonly framingham: number | null;
    readonly hodges: number | null;
  };
  /** QT and QTc (Fridericia) with the excess of a wide QRS taken off; null where QRS is below 120 ms. */
  readonly wideQrsQt: { readonly qtMs: number; readonly qtcFridericiaMs: number } | null;
  /** Null where there is no network's measurement to compare with, and where the reader has set marks. */
  readonly secondOpinion: SecondOpinion | null;
  readonly pAxisDeg: number | null;
  readonly qrsAxisDeg: number | null;
  readonly tAxisDeg: number | null;
  /** ST level at J against the QRS onset in each lead, mV. */
  readonly st: Readonly<Partial<Record<Lead, number>>> | null;
  /** ST level at J in right-sided and posterior leads, mV; null where none was recorded. */
  readonly stFurther: Readonly<Partial<Record<FurtherLead, number>>> | null;
  /** The same as `st` 60 ms behind J: whether the segment rises. */
  readonly st60: Readonly<Partial<Record<Lead, number>>> | null;
  /** Height of R and depth of S in each lead against the level before the QRS, mV; 0 where there is none. */
  readonly amplitudes: Readonly<Partial<Record<Lead, { readonly rMv: number; readonly sMv: number }>>> | null;
  /** Sums of voltage criteria, mV; null where a lead of theirs was not measured. */
  readonly voltages: { readonly sokolowLyonMv: number | null; readonly cornellMv: number | null };
  /** Null where P waves are absent or not regular. */
  readonly atrialRateBpm: number | null;
  /** Regular P waves that no QRS followed, as a count; null where P waves are absent or not regular. */
  readonly blockedP: number | null;
  readonly rhythm: {
    readonly meanRrMs: number | null;
    readonly sdnnMs: number | null;
    readonly rmssdMs: number | null;
    readonly regularity: Regularity | null;
  };
}

export const ALERT_CODES = [
  'RATE_LOW',
  'RATE_HIGH',
  'PAUSE',
  'NO_RHYTHM',
  'WIDE_QRS_TACHYCARDIA',
  'AV_BLOCK_SUSPECTED',
  'QTC_LONG',
  'ST_ELEVATION',
  'ST_NOT_APPLICABLE',
  'ST_DEPRESSION',
  'SGARBOSSA',
] as const;

export type AlertCode = (typeof ALERT_CODES)[number];

/** What must be seen first, whatever the network says. */
export interface Alert {
  readonly code: AlertCode;
  readonly message: string;
  /** The message by name and values; in another language it is said from these. Absent in readings of earlier versions. */
  readonly saying?: Saying;
}

export type FindingStatus = 'present' | 'absent' | 'notAssessed';

/** A measured fact that speaks for or against a statement. */
export interface Fact {
  readonly side: 'for' | 'against';
  /** `PR 228 ms, over 200`. */
  readonly text: string;
  readonly saying?: Saying;
  /** What shows it: a measurement by its name on the page, `st`, `beatList` or `pacingSpikes` (docs/codes.md); null where no mark does. */
  readonly measurement: string | null;
}

export const CONFLICT_CODES = ['UNREADABLE', 'EXCLUDED', 'MEASURED_OTHERWISE'] as const;

export type ConflictCode = (typeof CONFLICT_CODES)[number];

/** What speaks against taking a statement as it stands. The statement is shown with it, never hidden. */
export interface Conflict {
  readonly code: ConflictCode;
  /** The statements it conflicts with, by code; empty where a measurement does. */
  readonly with: readonly string[];
  /** One sentence. */
  readonly message: string;
  readonly saying?: Saying;
}

/** One statement of the network about this ECG. */
export interface Finding {
  readonly code: string;
  readonly system: LabelSystem;
  readonly snomed: string | null;
  readonly label: string;
  readonly group: StatementGroup;
  /** Calibrated, 0 to 1; null where not assessed. */
  readonly probability: number | null;
  readonly threshold: number;
  readonly operatingPoint: OperatingPoint;
  readonly status: FindingStatus;
  /** Present where the reader's own prevalence moved the probability. */
  readonly shift?: PrevalenceShift;
  /** Why it was not assessed. */
  readonly reason: string | null;
  readonly reasonSaying?: Saying | null;
  /** What was measured for and against it, whatever the network says. */
  readonly evidence: readonly Fact[];
  readonly conflicts: readonly Conflict[];
}

/** Which network ran, where, and how long it took. */
export interface ModelRun {
  readonly id: string;
  readonly version: string;
  readonly weightsSha256: string;
  readonly backend: Backend;
  /** Network alone, all windows, milliseconds. Null when nothing was assessed. */
  readonly inferenceMs: number | null;
  /** The reader brought it; absent where it is one of the page's own. */
  readonly own?: true;
}

/** What a recording of several windows shows over time. */
export interface Trend {
  /** The stretches that the network saw, seconds from the start, with the mean rate of the beats in each; null where none were measured. */
  readonly windows: readonly {
    readonly startS: number;
    readonly durationS: number;
    readonly heartRateBpm: number | null;
  }[];
  /** Calibrated probability of each statement that could be assessed, one for each window, by code. */
  readonly probabilities: Readonly<Record<string, readonly number[]>>;
}

/** Everything that is known about one recording. Plain data: crosses the worker's boundary and becomes every export. */
export interface Reading {
  readonly source: SourceSummary;
  readonly recording: RecordingSummary | null;
  readonly patient: Patient;
  readonly quality: Quality | null;
  readonly measurements: Measurements | null;
  /** What is normal beside the measurements, for this patient; empty where nothing was measured. */
  readonly ranges: Ranges;
  readonly waves: Readonly<Partial<Record<Lead, LeadWaves>>>;
  /** Times of the detected beats' R peaks, seconds from the start. */
  readonly beats: readonly number[];
  /** The same beats with their classes. */
  readonly beatList: readonly ClassifiedBeat[];
  /** Moments of pacing spikes, seconds from the start; null, unknown, below 500 Hz or with fewer than three recorded leads. */
  readonly pacingSpikes: readonly number[] | null;
  /** One for each standard lead, in the house's order; empty where there are fewer than two beats of one shape. */
  readonly medianBeats: readonly MedianBeat[];
  /** The device's own beat, laid over `medianBeats`; absent where the file has none or there are no median beats. */
  readonly deviceBeat?: readonly PlacedBeat[];
  readonly alerts: readonly Alert[];
  readonly findings: readonly Finding[];
  /** Absent where one pass saw the whole recording. */
  readonly trend?: Trend;
  readonly model: ModelRun | null;
  /** What changed against another ECG of the patient; absent where the reader compared none. */
  readonly comparison?: Comparison;
  readonly warnings: readonly Warning[];
  readonly error: ErrorRecord | null;
}
