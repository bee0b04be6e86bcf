import type { Conflict, Finding } from '../ecg';
import { message } from '../words/say';
import { evidenceOf } from './evidence';
import { exclusions } from './exclusions';
import type { Judged, Measured } from './facts';

/** Statements that a measurement makes by itself: where it does and the network does not, that is said. */
const MADE_BY_MEASURING = ['1AVB', 'STACH', 'SBRAD', 'AFIB', 'CD', 'LNGQT'];

/**
 * The statements with what was measured for and against them, and what conflicts: with another statement, or with a measurement.
 * Probability and status stay as the network has them. Of two statements that exclude each other, one for which everything measured speaks
 * carries no conflict with one that is measured otherwise: the measurement settles it, and the other one says so.
 *
 * @param measured of the same ECG; statements that were not assessed get neither
 */
export function weighed(findings: readonly Finding[], measured: Measured): readonly Finding[] {
  const known = { findings, beatList: measured.beatList };
  const judged = new Map(findings.map(({ code }) => [code, evidenceOf(code, measured)]));
  const isRefuted = (code: string) => (judged.get(code) ?? []).some((one) => one.side === 'against' && one.decides);
  const isBorneOut = (own: readonly Judged[]) => own.length > 0 && own.every(({ side }) => side === 'for');

  return findings.map((finding) => {
    if (finding.status === 'notAssessed') return finding;
    const own = judged.get(finding.code) ?? [];
    const excluded = exclusions(finding, known).filter(
      (conflict) => conflict.code !== 'EXCLUDED' || !isBorneOut(own) || !conflict.with.every(isRefuted),
    );
    // What cannot be read at all needs no quarrel about its numbers.
    const isReadable = excluded.every(({ code }) => code !== 'UNREADABLE');
    return {
      ...finding,
      evidence: own.map(({ decides: _, ...fact }) => fact),
      conflicts: [...excluded, ...(isReadable ? disagreements(finding, own) : [])],
    };
  });
}

/** Where the network and what the statement is defined by say different things. */
function disagreements({ code, status }: Finding, judged: readonly Judged[]): readonly Conflict[] {
  if (status === 'present') {
    const against = judged.filter(({ side, decides }) => side === 'against' && decides);
    return against.length > 0 ? [measuredOtherwise('statedOtherwise', against)] : [];
  }
  const isMeasured =
    MADE_BY_MEASURING.includes(code) &&
    judged.every(({ side }) => side === 'for') &&
    judged[0]?.decides === true &&
    judged.length >= leastFacts(code);
  return isMeasured ? [measuredOtherwise('notStated', judged)] : [];
}

/** Fibrillation is not measured by irregular beats alone. */
const leastFacts = (code: string) => (code === 'AFIB' ? 2 : 1);

const measuredOtherwise = (id: 'statedOtherwise' | 'notStated', judged: readonly Judged[]): Conflict => ({
  code: 'MEASURED_OTHERWISE',
  with: [],
  ...message(id, { facts: judged.map(({ text, saying }) => saying ?? text) }),
});
