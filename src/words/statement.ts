import { ENGLISH, type Words } from './languages';

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
