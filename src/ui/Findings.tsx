import type { ReactNode } from 'react';
import type { Finding, Reading } from '../ecg';
import { caution, nothingPresent } from './conclusion';
import { FindingItem } from './FindingItem';
import { type FindingGroup, grouped } from './groups';

interface FindingsProps {
  readonly reading: Reading;
  readonly pending: boolean;
}

/** The network's statements: what is present stands out, what is absent waits quietly below. */
export function Findings({ reading, pending }: FindingsProps) {
  const { findings, measurements } = reading;
  return (
    <section className="findings" aria-label="Findings" data-testid="findings">
      {findings.length === 0 && (
        <p className="findings-none">{pending ? 'The network is reading…' : 'The network did not read this ECG.'}</p>
      )}
      {findings.length > 0 && nothingPresent(findings) && (
        <p className="caution" role="note" data-testid="caution">
          {caution(findings, measurements)}
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

function Group({ group: { group, title, present, disputed, quiet, notAssessed }, reading }: GroupProps) {
  const shown = (findings: readonly Finding[]) => <Rows findings={findings} reading={reading} />;
  return (
    <section className="group" data-group={group}>
      <h2>
        {title}
        {present.length + disputed.length === 0 && (
          <small>{quiet.length > 0 ? nonePresent(quiet) : 'not assessed'}</small>
        )}
      </h2>
      {shown(present)}
      {shown(disputed)}
      {group === 'superclass'
        ? shown(quiet)
        : quiet.length > 0 && <Folded title={`${quiet.length} absent`}>{shown(quiet)}</Folded>}
      {notAssessed.length > 0 && <Folded title={notAssessedText(notAssessed)}>{shown(notAssessed)}</Folded>}
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

const nonePresent = (quiet: readonly Finding[]) =>
  quiet.some(({ status }) => status === 'present') ? 'no abnormality above its threshold' : 'none above its threshold';

/** `5 not assessed: leads V1–V6 missing`, where one reason holds for all of them. */
function notAssessedText(findings: readonly Finding[]): string {
  const reasons = new Set(findings.map(({ reason }) => reason));
  const [reason] = reasons;
  return `${findings.length} not assessed${reasons.size === 1 && reason ? `: ${reason}` : ''}`;
}
