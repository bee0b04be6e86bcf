import type { Finding, Measurements } from '../ecg';
import { statementText, type Words } from '../words';
import { grouped } from './groups';

/** What an ECG reader may expect an answer to, the statements that would give one, and whether a measurement does. */
const TOPICS: readonly {
  readonly name: keyof Words['findings']['topics'];
  readonly codes: readonly string[];
  readonly isMeasured?: (measurements: Measurements) => boolean;
}[] = [
  { name: 'stElevation', codes: ['STE_'], isMeasured: ({ st }) => st !== null },
  { name: 'stDepression', codes: ['STD_', 'ISC_'] },
  { name: 'infarction', codes: ['IMI', 'AMI', 'ASMI', 'LMI'] },
  { name: 'longQt', codes: ['LNGQT'], isMeasured: ({ qtcMs }) => qtcMs.fridericia !== null },
  { name: 'preExcitation', codes: ['WPW'] },
  { name: 'vt', codes: ['VT'] },
  { name: 'pacemaker', codes: ['PACE'] },
  { name: 'electrolytes', codes: ['EL'] },
];

/** Statements that say "nothing found", each in its own way. */
const NORMAL = ['NORM', 'SR', 'N'];

/** True where nothing but a normal ECG or sinus rhythm is stated: then the page says what this does not mean. */
export const nothingPresent = (findings: readonly Finding[]) =>
  !findings.some(({ status, code }) => status === 'present' && !NORMAL.includes(code));

/** What this reading says nothing about: statements that were not assessed, and topics that the model has no statement for. */
export function notAssessed(
  words: Words,
  findings: readonly Finding[],
  measurements: Measurements | null,
): readonly string[] {
  const { allStatements, superclasses, groups, topics } = words.findings;
  if (findings.every(({ status }) => status === 'notAssessed')) return [allStatements];
  const skipped = grouped(findings).flatMap(({ group, present, disputed, quiet, notAssessed: own }) => {
    const whole = present.length + disputed.length + quiet.length === 0;
    if (!whole) return own.map((finding) => statementText(words, finding));
    return [group === 'superclass' ? superclasses : groups[group]];
  });
  const codes = new Set(findings.map(({ code }) => code));
  const left = TOPICS.filter((topic) => !topic.codes.some((code) => codes.has(code)))
    .filter(({ isMeasured }) => !(measurements && isMeasured?.(measurements)))
    .map(({ name }) => topics[name]);
  return [...skipped, ...left];
}

/** NORM never stands alone. */
export function caution(words: Words, findings: readonly Finding[], measurements: Measurements | null): string {
  const sinusRhythm = findings.some(({ code, status }) => code === 'SR' && status === 'present');
  return words.findings.caution(sinusRhythm, notAssessed(words, findings, measurements));
}
