import type { Finding } from '../ecg';

/** What an ECG reader may expect an answer to, and the statements that would give one. */
const TOPICS: readonly { readonly text: string; readonly codes: readonly string[] }[] = [
  { text: 'ST elevation or depression', codes: ['STE_', 'STD_', 'ISC_'] },
  { text: 'site and age of an infarction', codes: ['IMI', 'AMI', 'ASMI', 'LMI'] },
  { text: 'long QT', codes: ['LNGQT'] },
  { text: 'pre-excitation', codes: ['WPW'] },
  { text: 'ventricular tachycardia', codes: ['VT'] },
  { text: 'pacemaker function', codes: ['PACE'] },
  { text: 'electrolyte disorders', codes: ['EL'] },
];

/** True where no statement but that of a normal ECG is present: then the page says what this does not mean. */
export const nothingPresent = (findings: readonly Finding[]) =>
  !findings.some(({ status, code }) => status === 'present' && code !== 'NORM');

/** What this reading says nothing about: statements that were not assessed, and topics that the model has no statement for. */
export function notAssessed(findings: readonly Finding[]): readonly string[] {
  const skipped = findings.filter(({ status }) => status === 'notAssessed').map(({ label }) => label);
  const codes = new Set(findings.map(({ code }) => code));
  const absent = TOPICS.filter((topic) => !topic.codes.some((code) => codes.has(code))).map(({ text }) => text);
  return [...(skipped.length === findings.length ? ['all statements of the network'] : skipped), ...absent];
}

/** NORM never stands alone. */
export const caution = (findings: readonly Finding[]) =>
  `No statement above its threshold. This does not exclude acute coronary syndrome or other emergencies. Not assessed: ${notAssessed(
    findings,
  ).join(', ')}.`;
