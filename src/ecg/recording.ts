import type { Lead } from './leads';
import type { Patient } from './patient';
import type { Warning } from './warnings';

/** Bytes that can be read in parts, so that 24 h open as lazily as 10 s. A dropped `File` and a buffer both are one. */
export interface ByteSource {
  /** The name as dropped, with its path inside a folder or an archive where it has one (`ward/a.dat`). */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The bytes from `start` up to but not including `end` (default: to the end), cut at the size. */
  read(start?: number, end?: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** The formats that this build opens. A closed list; each has one reader in `formats/`. */
export const FORMATS = [
  'wfdb',
  'edf',
  'bdf',
  'csv',
  'dicom',
  'muse-xml',
  'scp',
  'hl7-aecg',
  'ishne',
  'alivecor-atc',
  'mfer',
  'philips-xml',
  'schiller-xml',
  'cardiosoft-xml',
  'mortara-xml',
  'muse-txt',
  'fhir-json',
  'json',
  'npy',
  'npz',
] as const;

export type Format = (typeof FORMATS)[number];

/** What the samples of a channel are after decoding: `mV` for every voltage, else the file's own unit (`NU`, `mmHg`). */
export type Unit = string;

/** One recorded signal with a rate and a unit of its own. */
export interface Channel {
  /** The name to show: the standard lead where it is one, else as the file spells it. */
  readonly name: string;
  /** The standard lead, or null for a signal that is none (Frank X, respiration, V7 …). */
  readonly lead: Lead | null;
  readonly unit: Unit;
  readonly samplingRateHz: number;
  readonly sampleCount: number;
}

/** What the acquiring device measured itself. */
export interface DeviceMeasurements {
  readonly heartRateBpm: number | null;
  readonly prMs: number | null;
  readonly qrsMs: number | null;
  readonly qtMs: number | null;
}

/** What the device did to the signal before it was stored, as the file says; null for what it does not say. */
export interface Filters {
  readonly highPassHz: number | null;
  readonly lowPassHz: number | null;
  readonly notchHz: number | null;
  /** A high-pass that runs both ways moves no ST level up to 0.67 Hz (Kligfield et al. 2007). Absent where the file does not say. */
  readonly zeroPhase?: boolean;
}

/** What a person, a device or a program wrote at a moment of the recording. */
export interface Annotation {
  /** Seconds from the first sample. */
  readonly timeS: number;
  /** As WFDB prints it: `N`, `V`, `+` at a change of rhythm, `"` for a text alone. */
  readonly symbol: string;
  /** `(AFIB`, a remark; empty where there is none. */
  readonly text: string;
  /** Who says so: the annotator's file ending (`atr`), or `edf`. */
  readonly source: string;
}

export interface Annotations {
  /** All of them; `list` may end before. */
  readonly count: number;
  /** In the order of time. */
  readonly list: readonly Annotation[];
}

/** One lead of the beat that a device made of its own (a median, a mean, a reference beat): a shape, which stands at no time. */
export interface DeviceBeat {
  readonly lead: Lead;
  readonly samplingRateHz: number;
  /** mV, NaN where missing. */
  readonly samples: Float32Array<ArrayBuffer>;
}

/** A decoded file: what it says of itself, and samples on demand. Nothing in it is filtered or resampled. */
export interface Recording {
  readonly source: { readonly name: string; readonly format: Format; readonly parts: readonly ByteSource[] };
  readonly channels: readonly Channel[];
  /** Length in seconds of the longest channel. */
  readonly durationS: number;
  /** ISO date and time without zone, as the device's clock had it: `2020-01-31T10:00:00`. */
  readonly startTime: string | null;
  readonly device: string | null;
  readonly patient: Patient;
  /** Absent or null where the file says nothing of filters. */
  readonly filters?: Filters | null;
  readonly deviceMeasurements: DeviceMeasurements | null;
  readonly deviceStatements: readonly string[];
  /** The standard leads of the device's own beat; absent where the file has none. */
  readonly deviceBeat?: readonly DeviceBeat[];
  readonly warnings: readonly Warning[];
  /** Reads the annotations in the file or beside it; absent where there can be none. Throws EcgError when the bytes cannot be read. */
  readonly annotations?: () => Promise<Annotations>;
  /**
   * Samples of one channel in its unit, NaN where missing.
   *
   * @param channel index into `channels`
   * @param start first sample; @param count number of samples (both are cut at the channel's end)
   * @throws EcgError when the bytes cannot be read or decoded
   */
  samples(channel: number, start: number, count: number): Promise<Float32Array<ArrayBuffer>>;
}
