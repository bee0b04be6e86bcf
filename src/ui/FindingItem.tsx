import type { Finding, Measurements, Ranges } from '../ecg';
import { sentence, statementText } from '../words';
import { FactList } from './FactList';
import { isProminent, isUnreadable } from './groups';
import { useWords } from './hooks';
import { LookButton } from './LookButton';

export interface FindingItemProps {
  readonly finding: Finding;
  readonly measurements: Measurements | null;
  readonly ranges: Ranges;
}

/**
 * One statement: in words, with its calibrated probability on a bar that shows its threshold, what conflicts with it, and what was
 * measured for and against it.
 */
export function FindingItem({ finding, measurements, ranges }: FindingItemProps) {
  const {
    shift,
    code,
    system,
    snomed,
    probability,
    threshold,
    status,
    reason,
    reasonSaying,
    operatingPoint,
    evidence,
    conflicts,
  } = finding;
  const words = useWords();
  const say = words.findings;
  const label = statementText(words, finding);
  return (
    <li
      className="finding"
      data-testid="finding"
      data-code={code}
      data-probability={probability ?? ''}
      data-status={status}
      data-prominent={isProminent(finding)}
      data-conflicts={conflicts.map((conflict) => conflict.code).join(' ')}
    >
      <span className="finding-label">
        {label} <abbr title={snomed ? say.codesSnomed(code, snomed) : say.codes(code)}>{code}</abbr>
      </span>
      <span className="finding-status">{isUnreadable(finding) ? say.cannotBeRead : say.status[status]}</span>
      {probability === null ? (
        <span className="finding-reason">{reason && sentence(words, reason, reasonSaying)}</span>
      ) : (
        <>
          <ProbabilityBar probability={probability} threshold={threshold} />
          <span className="finding-number" title={say.threshold(threshold, operatingPoint)}>
            {words.percent(probability)}
          </span>
        </>
      )}
      {shift && (
        <p className="finding-reason" data-testid="shift">
          {say.shifted(shift)}
        </p>
      )}
      {conflicts.map((conflict) => (
        <p key={conflict.message} className="conflict" data-testid="conflict" data-code={conflict.code}>
          <span aria-hidden="true">≠</span> {sentence(words, conflict.message, conflict.saying)}
        </p>
      ))}
      <FactList
        facts={evidence}
        told={conflicts.map(({ message }) => message)}
        measurements={measurements}
        ranges={ranges}
      />
      {probability !== null && system !== 'cinc2017' && (
        <LookButton code={code} label={label} brief={!isProminent(finding)} />
      )}
    </li>
  );
}

/** SVG, so that a length needs no inline style. */
function ProbabilityBar({ probability, threshold }: { readonly probability: number; readonly threshold: number }) {
  const { probability: say } = useWords().findings;
  return (
    <svg
      className="bar"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      role="img"
      aria-label={say(probability, threshold)}
    >
      <rect className="bar-track" y="1" width="100" height="4" />
      <rect className="bar-value" y="1" width={Math.max(1, probability * 100)} height="4" />
      <line className="bar-threshold" x1={threshold * 100} x2={threshold * 100} y1="0" y2="6" />
    </svg>
  );
}
