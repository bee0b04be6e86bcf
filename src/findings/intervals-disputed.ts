import type { Measurements, SecondOpinion, Warning } from '../ecg';
import { message } from '../words/say';

const LABELS = { prMs: 'PR', qrsMs: 'QRS', qtMs: 'QT' } as const;

/** Says where the second opinion measures otherwise, with both numbers, and where it alone sees P waves. */
export function intervalsDisputed(
  measurements: Pick<Measurements, keyof typeof LABELS> & { readonly secondOpinion: SecondOpinion | null },
): readonly Warning[] {
  const { secondOpinion } = measurements;
  const disputed = (secondOpinion?.disputed ?? []).map((name) => ({
    of: LABELS[name],
    own: measurements[name],
    other: Math.round(secondOpinion?.[name] ?? 0),
  }));
  const intervals = disputed.flatMap(({ own, ...rest }) => (own === null ? [] : [{ ...rest, own: Math.round(own) }]));
  const unseen = disputed.find(({ own }) => own === null);
  return [
    ...(intervals.length > 0 ? [message('intervalsDisputed', { intervals })] : []),
    ...(unseen ? [message('pNotSeen', { prMs: unseen.other })] : []),
  ].map((sentence) => ({ code: 'INTERVALS_DISPUTED', ...sentence }));
}
