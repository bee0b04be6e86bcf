import type { Measurements, SecondOpinion, Warning } from '../ecg';

const LABELS = { prMs: 'PR', qrsMs: 'QRS', qtMs: 'QT' } as const;

/** Says where the second opinion measures otherwise, with both numbers. */
export function intervalsDisputed(
  measurements: Pick<Measurements, keyof typeof LABELS> & { readonly secondOpinion: SecondOpinion | null },
): readonly Warning[] {
  const { secondOpinion } = measurements;
  const named = (secondOpinion?.disputed ?? []).map((name) => {
    const [own, other] = [measurements[name], secondOpinion?.[name]].map((ms) => Math.round(ms ?? 0));
    return `${LABELS[name]} (${own} ms shown, ${other} ms)`;
  });
  if (named.length === 0) return [];
  const message = `A second method, without a network, measures otherwise: ${named.join(', ')}. Check the marks on the trace.`;
  return [{ code: 'INTERVALS_DISPUTED', message }];
}
