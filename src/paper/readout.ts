import type { Ecg, LeadWaves } from '../ecg';
import type { Band } from './bands';
import { leadBeats } from './spans';

/** The numbers of one wave in its lead; null where there is nothing to measure it against. */
export interface Readout {
  readonly onsetS: number;
  readonly offsetS: number;
  readonly durationMs: number;
  /** Height of the peak over the level before the wave, a T's over that before its QRS; in the lead's unit. */
  readonly amplitude: number | null;
  readonly unit: string;
  /** Of the beat that the wave belongs to, in this lead. */
  readonly prMs: number | null;
  readonly qtMs: number | null;
}

/** A level is the mean over this time, one period of 50 Hz, seconds. */
const LEVEL_S = 0.02;

/** What a reader wants to know of a wave that is pointed at, from the recorded signal. */
export function readout({ kind, lead, wave }: Band, ecg: Ecg, own: LeadWaves): Readout {
  const beat = leadBeats(own).find((candidate) => candidate[kind]?.peak === wave.peak);
  const recorded = ecg.leads.find((candidate) => candidate.lead === lead);
  const reference = kind === 't' ? beat?.qrs.onset : wave.onset;
  return {
    onsetS: wave.onset,
    offsetS: wave.offset,
    durationMs: 1000 * (wave.offset - wave.onset),
    amplitude:
      recorded && reference !== undefined ? height(recorded, wave.peak - ecg.startS, reference - ecg.startS) : null,
    unit: recorded?.unit ?? '',
    prMs: beat?.p ? 1000 * (beat.qrs.onset - beat.p.onset) : null,
    qtMs: beat?.t ? 1000 * (beat.t.offset - beat.qrs.onset) : null,
  };
}

function height({ samples, samplingRateHz }: Ecg['leads'][number], peakS: number, referenceS: number): number | null {
  const end = Math.round(referenceS * samplingRateHz);
  const before = samples.subarray(Math.max(0, end - Math.round(LEVEL_S * samplingRateHz)), Math.max(0, end));
  const level = before.reduce((sum, v) => sum + v, 0) / before.length;
  const value = (samples[Math.round(peakS * samplingRateHz)] ?? Number.NaN) - level;
  return Number.isNaN(value) ? null : value;
}
