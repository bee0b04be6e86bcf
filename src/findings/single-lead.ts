import type { Finding, HeadCard, Worded } from '../ecg';
import { say } from '../words/say';

/** The class of the Challenge of 2017 that says that no rhythm can be told. */
const NOISE = '~';

/** What the head of one lead made of a recording, or why it said nothing. */
export type SingleLead = { readonly probabilities: readonly number[] } | { readonly reason: Worded };

/**
 * The rhythm of a recording of one lead as statements, one a class. The likeliest class is stated, so that a statement's threshold is the
 * probability of the likeliest other one; where that class is noise, no rhythm is assessed.
 */
export function singleLeadFindings(card: HeadCard, read: SingleLead, ageReason: Worded | null): readonly Finding[] {
  const probabilities = 'probabilities' in read && ageReason === null ? read.probabilities : null;
  const likeliest = probabilities ? card.outputs[probabilities.indexOf(Math.max(...probabilities))]?.code : null;
  return card.outputs.map(({ code, label, snomed }, n): Finding => {
    const others = probabilities?.filter((_, other) => other !== n) ?? [];
    const isHidden = likeliest === NOISE && code !== NOISE;
    const probability = isHidden ? null : (probabilities?.[n] ?? null);
    const reason = ageReason ?? ('reason' in read ? read.reason : say('leadTooNoisy', {}));
    const why = probability === null ? reason : null;
    return {
      code,
      system: 'cinc2017',
      snomed,
      label,
      group: 'rhythm',
      probability,
      threshold: others.length > 0 ? Math.max(...others) : 0.5,
      operatingPoint: 'balanced',
      status: probability === null ? 'notAssessed' : code === likeliest ? 'present' : 'absent',
      reason: why?.text ?? null,
      reasonSaying: why?.saying ?? null,
      evidence: [],
      conflicts: [],
    };
  });
}
