import type { Finding, Measurements } from '../ecg';
import { grouped } from './groups';

/** What an ECG reader may expect an answer to, the statements that would give one, and whether a measurement does. */
const TOPICS: readonly {
  readonly text: string;
  readonly codes: readonly string[];
  readonly isMeasured?: (measurements: Measurements) => boolean;
}[] = [
  { text: 'ST elevation', codes: ['STE_'], isMeasured: ({ st }) => st !== null },
  { text: 'ST depression', codes: ['STD_', 'ISC_'] },
  { text: 'site and age of an infarction', codes: ['IMI', 'AMI', 'ASMI', 'LMI'] },
  { text: 'long QT', codes: ['LNGQT'], isMeasured: ({ qtcMs }) => qtcMs.fridericia !== null },
  { text: 'pre-excitation', codes: ['WPW'] },
  { text: 'ventricular tachycardia', codes: ['VT'] },
  { text: 'pacemaker function', codes: ['PACE'] },
  { text: 'electrolyte disorders', codes: ['EL'] },
];

/** Statements that say "nothing found", each in its own way. */
const NORMAL = ['NORM', 'SR'];

/** True where nothing but a normal ECG or sinus rhythm is stated: then the page says what this does not mean. */
export const nothingPresent = (findings: readonly Finding[]) =>
  !findings.some(({ status, code }) => status === 'present' && !NORMAL.includes(code));

/** What this reading says nothing about: statements that were not assessed, and topics that the model has no statement for. */
export function notAssessed(findings: readonly Finding[], measurements: Measurements | null): readonly string[] {
  if (findings.every(({ status }) => status === 'notAssessed')) return ['all statements of the network'];
  const skipped = grouped(findings).flatMap(({ group, title, present, disputed, quiet, notAssessed: own }) => {
    const whole = present.length + disputed.length + quiet.length === 0;
    return whole ? [group === 'superclass' ? 'diagnostic superclasses' : title] : own.map(({ label }) => label);
  });
  const codes = new Set(findings.map(({ code }) => code));
  const topics = TOPICS.filter((topic) => !topic.codes.some((code) => codes.has(code)))
    .filter(({ isMeasured }) => !(measurements && isMeasured?.(measurements)))
    .map(({ text }) => text);
  return [...skipped, ...topics];
}

/** NORM never stands alone. */
export function caution(findings: readonly Finding[], measurements: Measurements | null): string {
  const sinusRhythm = findings.some(({ code, status }) => code === 'SR' && status === 'present');
  return [
    `No statement above its threshold${sinusRhythm ? ' other than sinus rhythm' : ''}.`,
    'This does not exclude acute coronary syndrome or other emergencies.',
    `Not assessed: ${notAssessed(findings, measurements).join(', ')}.`,
  ].join(' ');
}
