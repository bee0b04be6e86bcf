import {
  NO_REPORT_EDITS,
  REPORT_SECTIONS,
  type Reading,
  type Report,
  type ReportEdits,
  type ReportSection,
  type ReportStatement,
  type StatementState,
} from '../ecg';
import { ENGLISH, type Words } from '../words';
import { conclusion } from './conclusion';
import { draft } from './draft';

/**
 * The report of a reading with what the reader did to it; confirmed only while it says exactly what was confirmed.
 *
 * @param words of the language that it is written in; a confirmation holds in every language, for it is the English draft that is compared
 */
export function reportOf(reading: Reading, edits: ReportEdits = NO_REPORT_EDITS, words: Words = ENGLISH): Report {
  const statements = statementsOf(words, reading, edits);
  const { confirmed } = edits;
  const holds = confirmed !== null && confirmed.text === fingerprint(statementsOf(ENGLISH, reading, edits));
  return { statements, confirmation: holds ? { by: confirmed.by, at: confirmed.at } : null };
}

function statementsOf(words: Words, reading: Reading, edits: ReportEdits): readonly ReportStatement[] {
  const drafted = draft(words, reading).map((statement) => ({ ...statement, ...edits.changed[statement.id] }));
  const added = edits.added.map(
    ({ id, section, text }): ReportStatement => ({
      id,
      section,
      text,
      drafted: null,
      origin: 'reader',
      state: 'confirmed',
      coding: null,
      ...edits.changed[id],
    }),
  );
  const written = [...drafted, ...added];
  const summary = conclusion(
    words,
    reading,
    written.filter(({ section }) => section !== 'conclusion'),
  );
  const first: ReportStatement = {
    id: 'conclusion',
    section: 'conclusion',
    text: summary,
    drafted: summary,
    origin: 'network',
    state: 'proposed',
    coding: null,
    ...edits.changed.conclusion,
  };
  return REPORT_SECTIONS.flatMap((section) => [
    ...(section === 'conclusion' ? [first] : []),
    ...written.filter((statement) => statement.section === section),
  ]);
}

/** The sentences that stand, a section a line: for a page, a letter, a clipboard. */
export function reportText({ statements }: Report): string {
  return REPORT_SECTIONS.map((section) =>
    statements
      .filter((statement) => statement.section === section && statement.state !== 'rejected')
      .map(({ text }) => text)
      .join(' '),
  )
    .filter((line) => line !== '')
    .join('\n');
}

/** An edit of one statement; an empty text, or the drafted one, is none. Whatever is changed is not confirmed any more. */
export function changeStatement(
  edits: ReportEdits,
  { id, drafted }: Pick<ReportStatement, 'id' | 'drafted'>,
  change: { readonly text?: string; readonly state?: StatementState },
): ReportEdits {
  const { text, ...rest } = { ...edits.changed[id], ...change };
  const isOwn = text !== undefined && text.trim() !== '' && text !== drafted;
  return {
    ...edits,
    changed: { ...edits.changed, [id]: { ...rest, ...(isOwn && { text: text.trim() }) } },
    confirmed: null,
  };
}

/** A statement of the reader's own. */
export function addStatement(edits: ReportEdits, section: ReportSection, text: string): ReportEdits {
  const id = `added.${1 + edits.added.length}`;
  return { ...edits, added: [...edits.added, { id, section, text: text.trim() }], confirmed: null };
}

/**
 * The reader stands behind what the report says now; what was only proposed is confirmed with it.
 *
 * @param at ISO 8601
 */
export function confirmReport(reading: Reading, edits: ReportEdits, by: string | null, at: string): ReportEdits {
  const proposed = statementsOf(ENGLISH, reading, edits).filter(({ state }) => state === 'proposed');
  const changed = { ...edits.changed };
  for (const { id } of proposed) changed[id] = { ...changed[id], state: 'confirmed' };
  const all = { ...edits, changed };
  return { ...all, confirmed: { by, at, text: fingerprint(statementsOf(ENGLISH, reading, all)) } };
}

/** Back to unconfirmed, with every edit kept. */
export const reopenReport = (edits: ReportEdits): ReportEdits => ({ ...edits, confirmed: null });

const fingerprint = (statements: readonly ReportStatement[]) =>
  JSON.stringify(statements.map(({ id, text, state }) => [id, text, state]));
