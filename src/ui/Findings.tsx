import type { Finding, Measurements } from '../ecg';
import { caution, nothingPresent } from './conclusion';
import { FindingItem } from './FindingItem';
import { type FindingGroup, grouped } from './groups';

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly measurements: Measurements | null;
  readonly pending: boolean;
}

/** The network's statements: what is present stands out, what is absent waits quietly below. */
export function Findings({ findings, measurements, pending }: FindingsProps) {
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
        <Group key={group.group} {...group} />
      ))}
    </section>
  );
}

function Group({ group, title, present, quiet, notAssessed }: FindingGroup) {
  return (
    <section className="group" data-group={group}>
      <h2>
        {title}
        {present.length === 0 && <small>{quiet.length > 0 ? nonePresent(quiet) : 'not assessed'}</small>}
      </h2>
      <Rows findings={present} />
      {group === 'superclass' ? <Rows findings={quiet} /> : <Quiet title={`${quiet.length} absent`} findings={quiet} />}
      <Quiet title={notAssessedText(notAssessed)} findings={notAssessed} />
    </section>
  );
}

function Quiet({ title, findings }: { readonly title: string; readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <Rows findings={findings} />
    </details>
  );
}

function Rows({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul>
      {findings.map((finding) => (
        <FindingItem key={finding.code} finding={finding} />
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
