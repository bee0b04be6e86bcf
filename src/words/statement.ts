import type { ErrorRecord, Saying, Warning } from '../ecg';
import { ENGLISH, type Words } from './languages';
import { spoken } from './say';

/** A statement as a model names it. */
interface Statement {
  readonly code: string;
  readonly label: string;
}

/** What a statement is called; what another model calls otherwise keeps that model's words. */
export function statementText({ statements }: Words, { code, label }: Statement): string {
  const [own, english]: readonly Readonly<Partial<Record<string, string>>>[] = [statements, ENGLISH.statements];
  return english?.[code] === label ? (own?.[code] ?? label) : label;
}

/** A sentence of a reading in the page's language; in English as the reading has it, and where nothing else says it. */
export function sentence(words: Words, english: string, saying: Saying | null | undefined): string {
  if (!saying || words.language === 'en') return english;
  return spoken(words.said, (statement) => statementText(words, statement), ownDemo(words, saying)) ?? english;
}

/** A demo's file names it in English; another simulated ECG keeps what its file says. */
function ownDemo({ demos }: Words, saying: Saying): Saying {
  if (saying.id !== 'simulated') return saying;
  const own: Readonly<Partial<Record<string, readonly string[]>>> = demos;
  const [id = ''] = Object.entries(ENGLISH.demos).find(([, [title]]) => title === saying.values.what) ?? [];
  return { ...saying, values: { what: own[id]?.[0] ?? saying.values.what ?? '' } };
}

/** A warning; where only English knows its details, what its code means and then the English sentence. */
export function warningText(words: Words, { code, message, saying }: Warning): string {
  return saying ? sentence(words, message, saying) : explained(words, words.warnings[code], message);
}

/** Codes whose English sentence says no more than what the code means. */
const SAY_ALL: readonly ErrorRecord['code'][] = [
  'EMPTY_FILE',
  'NOT_AS_BUILT',
  'OUT_OF_MEMORY',
  'HISTORY_LOCKED',
  'HISTORY_FULL',
  'HISTORY_DAMAGED',
  'HISTORY_UNAVAILABLE',
  'ABORTED',
  'INTERNAL',
];

/** An error: what its code means, and the English details behind it where there are any. */
export function errorText(words: Words, { code, message }: Pick<ErrorRecord, 'code' | 'message'>): string {
  if (words.language === 'en') return message;
  return SAY_ALL.includes(code) ? words.errors[code] : explained(words, words.errors[code], message);
}

const explained = ({ language, withEnglish }: Words, meaning: string, english: string) =>
  language === 'en' ? english : withEnglish(meaning, english);
