import type { Measurements, SecondOpinion, Warning } from '../ecg';
import { message } from '../words/say';

const LABELS = { prMs: 'PR', qrsMs: 'QRS', qtMs: 'QT' } as const;

/** Says where the second opinion measures otherwise, with both numbers. */
export function intervalsDisputed(
  measurements: Pick<Measurements, keyof typeof LABELS> & { readonly secondOpinion: SecondOpinion | null },
): readonly Warning[] {
  const { secondOpinion } = measurements;
  const intervals = (secondOpinion?.disputed ?? []).map((name) => ({
    of: LABELS[name],
    own: Math.round(measurements[name] ?? 0),
    other: Math.round(secondOpinion?.[name] ?? 0),
  }));
  return intervals.length > 0 ? [{ code: 'INTERVALS_DISPUTED', ...message('intervalsDisputed', { intervals }) }] : [];
}
