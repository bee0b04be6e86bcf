import { type Reading, UNKNOWN_PATIENT } from '..';

/** Ten seconds without a lead. */
export const RECORDING: NonNullable<Reading['recording']> = {
  samplingRateHz: 500,
  durationS: 10,
  startTime: null,
  device: null,
  leads: [],
  deviceMeasurements: null,
  deviceStatements: [],
};

/** A reading that says nothing of a file, but for what is given. */
export const readingOf = (name: string, part: Partial<Reading> = {}): Reading => ({
  source: { name, format: null, bytes: 1, sha256: null },
  recording: null,
  patient: UNKNOWN_PATIENT,
  quality: null,
  measurements: null,
  waves: {},
  beats: [],
  beatList: [],
  pacingSpikes: null,
  medianBeats: [],
  ranges: {},
  alerts: [],
  findings: [],
  model: null,
  warnings: [],
  error: null,
  ...part,
});
