import type { Ecg, QualityScore } from '../ecg';
import { partOf, qualityFeatures } from '../signal';
import { median } from '../signal/median';
import { type Head, headProbabilities } from './head';

/** The head learned on ten seconds; a longer recording is judged by the median of at most so many stretches, spread evenly. */
const STRETCH_S = 10;
const MOST_STRETCHES = 6;

/** What the quality head makes of an ECG as recorded; null unless all twelve leads are there in mV, sampled at 200 Hz or faster. */
export function scoreQuality(head: Head, ecg: Ecg): QualityScore | null {
  const count = Math.min(MOST_STRETCHES, Math.max(1, Math.floor(ecg.durationS / STRETCH_S)));
  const step = count > 1 ? (ecg.durationS - STRETCH_S) / (count - 1) : 0;
  const scores = Array.from({ length: count }, (_, n) => {
    const lengthS = Math.min(STRETCH_S, ecg.durationS);
    const part = partOf(ecg, ecg.startS + n * step, lengthS) ?? ecg;
    const features = qualityFeatures(part);
    return features && (headProbabilities(head, features)[0] ?? null);
  }).filter((score) => score !== null);
  if (scores.length === 0) return null;
  const probability = median(scores);
  const threshold = head.card.outputs[0]?.threshold ?? 0.5;
  return { probability, threshold, acceptable: probability >= threshold };
}
