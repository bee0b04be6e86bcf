import { LEADS, type MedianBeat } from '../src/ecg';

/** From so far before to so far after the moment of alignment, which every median beat reaches; seconds. */
const FROM_S = -0.25;
const TO_S = 0.45;
const RATE_HZ = 100;

/**
 * The median beat of the twelve leads as a sequence for the training's autoencoder: 70 moments 10 ms apart, each of 12 values, the mean of
 * the samples nearer than 5 ms; each lead at mean 0 and deviation 1, because part of the training's records have no millivolts. A lead
 * without a beat is 0. Null where no lead has one.
 */
export function alignedBeats(beats: readonly MedianBeat[]): readonly (readonly number[])[] | null {
  if (beats.length === 0) return null;
  const leads = LEADS.map((lead) => onGrid(beats.find((beat) => beat.lead === lead)));
  return Array.from({ length: Math.round((TO_S - FROM_S) * RATE_HZ) }, (_, n) => leads.map((lead) => lead[n] ?? 0));
}

function onGrid(beat: MedianBeat | undefined): readonly number[] {
  if (!beat) return [];
  const values = Array.from({ length: Math.round((TO_S - FROM_S) * RATE_HZ) }, (_, n) =>
    near(beat, FROM_S + n / RATE_HZ),
  );
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  if (!(deviation > 0)) return [];
  return values.map((v) => Math.round(((v - mean) / deviation) * 1000) / 1000);
}

/** NaN where a sample is missing, so that the lead has no beat. */
function near({ samples, startS, samplingRateHz }: MedianBeat, timeS: number): number {
  const at = (timeS - startS) * samplingRateHz;
  const half = (0.5 / RATE_HZ) * samplingRateHz;
  const part = samples.subarray(Math.ceil(at - half), Math.floor(at + half) + 1);
  return part.reduce((sum, v) => sum + v, 0) / part.length;
}
