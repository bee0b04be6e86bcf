import type { ReactNode } from 'react';
import type { Finding, Reading } from '../ecg';
import { sentence, type Words } from '../words';
import { caution, nothingPresent } from './conclusion';
import { FindingItem } from './FindingItem';
import { type FindingGroup, grouped } from './groups';
import { useWords } from './hooks';

interface FindingsProps {
  readonly reading: Reading;
  readonly pending: boolean;
}

/** The network's statements: what is present stands out, what is absent waits quietly below. */
export function Findings({ reading, pending }: FindingsProps) {
  const words = useWords();
  const say = words.findings;
  const { findings, measurements } = reading;
  return (
    <section className="findings" aria-label={say.label} data-testid="findings">
      {findings.length === 0 && <p className="findings-none">{pending ? say.pending : say.notRead}</p>}
      {findings.length > 0 && nothingPresent(findings) && (
        <p className="caution" role="note" data-testid="caution">
          {caution(words, findings, measurements)}
        </p>
      )}
      {grouped(findings).map((group) => (
        <Group key={group.group} group={group} reading={reading} />
      ))}
    </section>
  );
}

interface GroupProps {
  readonly group: FindingGroup;
  readonly reading: Reading;
}

function Group({ group: { group, present, disputed, quiet, notAssessed }, reading }: GroupProps) {
  const all = useWords();
  const words = all.findings;
  const shown = (findings: readonly Finding[]) => <Rows findings={findings} reading={reading} />;
  return (
    <section className="group" data-group={group}>
      <h2>
        {words.groups[group]}
        {present.length + disputed.length === 0 && (
          <small>{quiet.length > 0 ? nonePresent(words, quiet) : words.status.notAssessed}</small>
        )}
      </h2>
      {shown(present)}
      {shown(disputed)}
      {group === 'superclass'
        ? shown(quiet)
        : quiet.length > 0 && <Folded title={words.absent(quiet.length)}>{shown(quiet)}</Folded>}
      {notAssessed.length > 0 && <Folded title={notAssessedText(all, notAssessed)}>{shown(notAssessed)}</Folded>}
    </section>
  );
}

function Folded({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function Rows({ findings, reading }: { readonly findings: readonly Finding[]; readonly reading: Reading }) {
  if (findings.length === 0) return null;
  return (
    <ul>
      {findings.map((finding) => (
        <FindingItem key={finding.code} finding={finding} measurements={reading.measurements} ranges={reading.ranges} />
      ))}
    </ul>
  );
}

const nonePresent = (words: Words['findings'], quiet: readonly Finding[]) =>
  quiet.some(({ status }) => status === 'present') ? words.noAbnormality : words.nonePresent;

/** `5 not assessed: leads V1–V6 missing`, where one reason holds for all of them. */
function notAssessedText(words: Words, findings: readonly Finding[]): string {
  const reasons = new Set(findings.map(({ reason, reasonSaying }) => reason && sentence(words, reason, reasonSaying)));
  const [reason] = reasons;
  return reasons.size === 1 && reason
    ? words.findings.notAssessedFor(findings.length, reason)
    : words.findings.notAssessed(findings.length);
}
