import type { ModelCard, OperatingPoint } from '../ecg';

/** The card with the thresholds of an operating point; a label that has no screening threshold keeps its own, and says which that is. */
export function atPoint(card: ModelCard, point: OperatingPoint): ModelCard {
  if (point === 'balanced') return card;
  const labels = card.labels.map((label) =>
    label.screening ? { ...label, threshold: label.screening.threshold, operatingPoint: point } : label,
  );
  return { ...card, labels };
}
