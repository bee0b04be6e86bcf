import type { Finding } from '../ecg';
import { caution, nothingPresent } from './conclusion';
import { FindingItem } from './FindingItem';
import { type FindingGroup, grouped } from './groups';

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly pending: boolean;
}

/** The network's statements: what is present stands out, what is absent waits quietly below. */
export function Findings({ findings, pending }: FindingsProps) {
  return (
    <section className="findings" aria-label="Findings" data-testid="findings">
      {findings.length === 0 && (
        <p className="findings-none">{pending ? 'The network is reading…' : 'The network did not read this ECG.'}</p>
      )}
      {findings.length > 0 && nothingPresent(findings) && (
        <p className="caution" role="note" data-testid="caution">
          {caution(findings)}
        </p>
      )}
      {grouped(findings).map((group) => (
        <Group key={group.group} {...group} />
      ))}
    </section>
  );
}

function Group({ group, title, present, others }: FindingGroup) {
  return (
    <section className="group" data-group={group}>
      <h2>
        {title}
        {present.length === 0 && <small>{emptyText(others)}</small>}
      </h2>
      <Rows findings={present} />
      {group === 'superclass' ? (
        <Rows findings={others} />
      ) : (
        others.length > 0 && (
          <details>
            <summary>{othersText(others)}</summary>
            <Rows findings={others} />
          </details>
        )
      )}
    </section>
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

const assessed = (findings: readonly Finding[]) => findings.filter(({ status }) => status === 'absent');

const emptyText = (others: readonly Finding[]) =>
  assessed(others).length > 0 ? 'nothing above its threshold' : 'not assessed';

function othersText(others: readonly Finding[]): string {
  const absent = assessed(others).length;
  const skipped = others.length - absent;
  return [absent > 0 && `${absent} absent`, skipped > 0 && `${skipped} not assessed`].filter(Boolean).join(', ');
}
