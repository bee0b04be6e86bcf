import type { Reading, ReportStatement } from '../ecg';
import { percent } from './sentences';

const NOT_EXCLUDED = 'This does not exclude acute coronary syndrome or other emergencies.';
/** Said of a healthy heart: they lead no conclusion to the abnormal. */
const NORMAL = ['NORM', 'SR'];

/**
 * One sentence from what stands in the report: the network's statements that the reader left, in their order, as the reader has them,
 * and what the reader wrote. A superclass is named only where no statement of its section stands before it.
 */
export function conclusion(reading: Reading, statements: readonly ReportStatement[]): string {
  const standing = statements.filter(({ state }) => state !== 'rejected');
  const named = standing.filter(
    ({ coding, section, origin }, i) =>
      origin === 'reader' ||
      (coding &&
        !NORMAL.includes(coding.code) &&
        (coding.system !== 'ptb-xl-superclass' ||
          !standing.slice(0, i).some((other) => other.section === section && other.coding))),
  );
  if (named.length > 0) return named.map((statement) => shortened(reading, statement)).join(' ');
  const norm = reading.findings.find(({ code }) => code === 'NORM');
  if (reading.findings.every(({ status }) => status === 'notAssessed')) {
    return 'The network did not read this ECG: what was measured stands alone.';
  }
  if (norm?.status === 'present' && norm.conflicts.length === 0) {
    return `Normal ECG (network ${percent(norm.probability ?? Number.NaN)}). ${NOT_EXCLUDED}`;
  }
  return `No statement above its threshold. ${NOT_EXCLUDED}`;
}

/** The statement in a few words: as the reader wrote it, else its name, and whether something speaks against it. */
function shortened({ findings }: Reading, { text, drafted, coding }: ReportStatement): string {
  const finding = findings.find(({ code }) => code === coding?.code);
  if (text !== drafted || !finding) return text;
  return finding.conflicts.length > 0 ? `${finding.label}, with conflicting evidence.` : `${finding.label}.`;
}
