import type { Reading, ReportStatement } from '../ecg';
import { statementText, type Words } from '../words';

/** Said of a healthy heart: they lead no conclusion to the abnormal. */
const NORMAL = ['NORM', 'SR'];

/**
 * One sentence from what stands in the report: the network's statements that the reader left, in their order, as the reader has them,
 * and what the reader wrote; where there is none, an alert that stands is pointed to. A superclass is named only where no statement of its section stands before it.
 */
export function conclusion(words: Words, reading: Reading, statements: readonly ReportStatement[]): string {
  const standing = statements.filter(({ state }) => state !== 'rejected');
  const named = standing.filter(
    ({ coding, section, origin }, i) =>
      origin === 'reader' ||
      (coding &&
        !NORMAL.includes(coding.code) &&
        (coding.system !== 'ptb-xl-superclass' ||
          !standing.slice(0, i).some((other) => other.section === section && other.coding))),
  );
  if (named.length > 0) return named.map((statement) => shortened(words, reading, statement)).join(' ');
  const { measuredAlone, normal, nothingStated, alertsAlone } = words.sentences;
  const norm = reading.findings.find(({ code }) => code === 'NORM');
  if (reading.findings.every(({ status }) => status === 'notAssessed')) {
    return measuredAlone;
  }
  if (standing.some(({ id }) => id.startsWith('alert.'))) return alertsAlone;
  if (norm?.status === 'present' && norm.conflicts.length === 0) {
    return normal(norm.probability ?? Number.NaN);
  }
  return nothingStated;
}

/** The statement in a few words: as the reader wrote it, else its name, and whether something speaks against it. */
function shortened(words: Words, { findings }: Reading, { text, drafted, coding }: ReportStatement): string {
  const finding = findings.find(({ code }) => code === coding?.code);
  if (text !== drafted || !finding) return text;
  const label = statementText(words, finding);
  return finding.conflicts.length > 0 ? words.sentences.conflicting(label) : words.sentences.statement(label);
}
