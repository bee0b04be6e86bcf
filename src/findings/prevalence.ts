import {
  atPrevalence,
  type Finding,
  learnedPrevalence,
  type ModelCard,
  type OwnPrevalence,
  type Patient,
} from '../ecg';

/**
 * The statements as they are where the reader's own patients have them more or less often: probability and status follow, the threshold
 * stays, and each statement that moved says what it was without. A statement that was not assessed, or of which nothing was counted, stays.
 */
export function shifted(
  findings: readonly Finding[],
  { prevalence }: Pick<ModelCard, 'prevalence'>,
  own: OwnPrevalence,
  patient: Patient,
): readonly Finding[] {
  return findings.map((finding) => {
    const { code, probability: from, threshold } = finding;
    const wanted = own[code];
    const learned = prevalence ? learnedPrevalence(prevalence, code, patient) : null;
    if (from === null || wanted === undefined || learned === null) return finding;
    const probability = atPrevalence(from, learned, wanted);
    const status = probability >= threshold ? 'present' : 'absent';
    return { ...finding, probability, status, shift: { from, learned, own: wanted } };
  });
}
